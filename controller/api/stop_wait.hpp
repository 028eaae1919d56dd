#pragma once
// Stop and Lower: set one atomic, then wait for the measured tension without any help of the main thread.

#include <cstdint>
#include <functional>
#include <optional>

#include "controller/control/port.hpp"

namespace sheave::api {

inline constexpr float kConfirmedTension_n = 30.0F;                // what a person holds without effort; DESIGN section 6
inline constexpr std::int64_t kConfirmWithin_ns = 400 * kNsPerMs;  // the budget from Stop to 30 N
inline constexpr std::int64_t kConfirmPoll_ns = 5 * kNsPerMs;      // a few ticks, so that the tick has seen the request

struct StopOutcome {
  std::optional<double> measured_force_n;  ///< Unknown where the link gave none.
  bool confirmed = false;
  safety::MachineState state = safety::MachineState::kBoot;
};

/// What to answer `waited_ns` after the request; nothing: wait on. Confirmed needs a measured tension of at most 30 N in a state
/// that cannot raise it again: right after the request a set may still be ramping up from 0. Pure.
std::optional<StopOutcome> judge_stop(float measured_tension_n, safety::MachineState state, std::int64_t waited_ns) noexcept;

/// Calls `done` with the outcome, from a gRPC thread, within kConfirmWithin_ns and a poll. [transport]
void await_stop(const control::Port& port, std::function<void(const StopOutcome&)> done);

}  // namespace sheave::api
