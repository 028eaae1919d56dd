#include "controller/session/lease.hpp"

#include <utility>

namespace sheave::session {

using control::LeaseHealth;

Status Lease::acquire(const std::string& client, bool kiosk, std::string token, std::int64_t now_ns) {
  const bool silent = now_ns - renewed_ns_ > kLeaseSilent_ns;
  if (!held_by_machine() && !(silent && client == client_)) {
    return Status::error(StatusCode::kFailedPrecondition, "LEASE_HELD",
                         "\"" + client_ + "\" steers this machine; end it there, or wait ten seconds after it went silent");
  }
  token_ = std::move(token);
  client_ = client;
  kiosk_ = kiosk;
  renewed_ns_ = now_ns;
  return {};
}

Status Lease::renew(const std::string& token, std::int64_t now_ns) {
  if (token.empty() || token != token_) {
    return Status::error(StatusCode::kFailedPrecondition, "LEASE_LOST", "this lease has ended; acquire a new one");
  }
  renewed_ns_ = now_ns;
  return {};
}

Status Lease::release(const std::string& token) {
  if (token.empty() || token != token_) {
    return Status::error(StatusCode::kFailedPrecondition, "LEASE_LOST", "this lease has ended already");
  }
  drop();
  return {};
}

LeaseHealth Lease::update(std::int64_t now_ns, bool set_running) {
  if (held_by_machine()) return LeaseHealth::kHeldByMachine;
  const std::int64_t age_ns = now_ns - renewed_ns_;
  if (age_ns <= kLeaseSilent_ns) return LeaseHealth::kHeld;
  if (age_ns <= kLeaseLost_ns) return LeaseHealth::kSilent;
  if (set_running) return kiosk_ ? LeaseHealth::kLost : LeaseHealth::kSilent;
  kiosk_lost_ = kiosk_;
  drop();
  return LeaseHealth::kHeldByMachine;
}

bool Lease::take_kiosk_lost() noexcept { return std::exchange(kiosk_lost_, false); }

void Lease::drop() noexcept {
  token_.clear();
  client_.clear();
}

}  // namespace sheave::session
