#include "controller/api/stop_wait.hpp"

#include <grpcpp/alarm.h>

#include <chrono>
#include <memory>

namespace sheave::api {
namespace {

bool may_raise(safety::MachineState state) noexcept {
  switch (state) {
    case safety::MachineState::kReady:
    case safety::MachineState::kCalibrate:
    case safety::MachineState::kEngage:
    case safety::MachineState::kActive:
    case safety::MachineState::kService:
      return true;
    default:
      return false;
  }
}

std::int64_t monotonic_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Owns itself from start() until it called `done`.
class Wait : public std::enable_shared_from_this<Wait> {
 public:
  Wait(const control::Port& port, std::function<void(const StopOutcome&)> done)
      : port_(port), done_(std::move(done)), began_ns_(monotonic_ns()) {}

  void next_poll() {
    // A new alarm each time: setting one again from within its own callback would replace the function that runs.
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(std::chrono::system_clock::now() + std::chrono::nanoseconds(kConfirmPoll_ns),
                [self = shared_from_this()](bool) { self->poll(); });
  }

 private:
  void poll() {
    const auto state = static_cast<safety::MachineState>(port_.state.load(std::memory_order_relaxed));
    const auto outcome = judge_stop(port_.measured_tension_n.load(std::memory_order_relaxed), state, monotonic_ns() - began_ns_);
    if (!outcome) return next_poll();
    alarm_.reset();  // which holds this
    done_(*outcome);
  }

  const control::Port& port_;
  std::function<void(const StopOutcome&)> done_;
  std::int64_t began_ns_;
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace

std::optional<StopOutcome> judge_stop(float measured_tension_n, safety::MachineState state, std::int64_t waited_ns) noexcept {
  const bool known = measured_tension_n >= 0;
  const bool confirmed = known && measured_tension_n <= kConfirmedTension_n && !may_raise(state);
  if (!confirmed && waited_ns < kConfirmWithin_ns) return std::nullopt;
  StopOutcome outcome;
  if (known) outcome.measured_force_n = measured_tension_n;
  outcome.confirmed = confirmed;
  outcome.state = state;
  return outcome;
}

void await_stop(const control::Port& port, std::function<void(const StopOutcome&)> done) {
  std::make_shared<Wait>(port, std::move(done))->next_poll();
}

}  // namespace sheave::api
