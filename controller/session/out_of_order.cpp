// A machine that a person has taken out of use: what it still does, and how that outlives a restart.

#include <utility>

#include "controller/session/session_manager.hpp"

namespace sheave::session {

namespace {
constexpr std::int64_t kOrderRetry_ns = kNsPerS;
}  // namespace

void SessionManager::set_out_of_order(const OutOfOrder& order, Done<OutOfOrder> done) {
  order_ = order;
  order_->since = deps_.wall_clock.now();
  ledger_.put_order(*order_, [done = std::move(done), stored = *order_](const Status& status) {
    if (status.ok()) return done(stored);
    done(Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                       std::string(stored.active ? "the machine is out of order" : "the machine is given back") +
                           " from now on, and this is stored once the store writes again: " + status.message));
  });
  leave_when_out_of_order();
  publish();
}

/// Until the journal has said how things stand nothing begins: a machine with a worn cable must not be used because its disk is slow.
void SessionManager::fetch_order() {
  order_again_ns_ = now_ns_ + kOrderRetry_ns;
  deps_.journal.order([this, alive = std::weak_ptr<int>(alive_)](Result<OutOfOrder> order) {
    if (alive.expired() || order_ || !order) return;
    order_ = *std::move(order);
  });
}

/// A set is let go on to its end; whatever else the session does ends.
void SessionManager::leave_when_out_of_order() {
  if (!order_ || !order_->active || !run_ || run_->over() || run_->finishing() || run_->set_running()) return;
  run_->end({"OUT_OF_ORDER", "The machine was taken out of order.", {}});
}

Status SessionManager::refuse_when_out_of_order() const {
  if (!order_) {
    return Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                         "the store has not said yet whether the machine is in order; try again in a second, or look at its disk");
  }
  if (!order_->active) return {};
  return Status::error(StatusCode::kFailedPrecondition, "OUT_OF_ORDER",
                       "this machine is out of order (" + order_->reason + "); use another one until it is given back");
}

}  // namespace sheave::session
