#include "sim/scenario/witness.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::sim {

namespace {

using State = safety::MachineState;

constexpr double kMoving_mps = 0.05;
constexpr int kWindow_ms = 10;

bool is_loaded(State s) { return s == State::kEngage || s == State::kActive || s == State::kSpot || s == State::kUnload; }

}  // namespace

void Witness::watch(State state, const CableState* cables, std::size_t axis_count, const Truth& person) {
  const bool loaded = is_loaded(state) && (running_ || state == State::kEngage);
  if (loaded && !running_) begin(person);
  if (!loaded && running_) end();
  if (!running_) return;

  double motor_n = 0.0, hand_n = 0.0;
  for (std::size_t i = 0; i < axis_count; ++i) {
    motor_n += cables[i].motor_force_n;
    hand_n += cables[i].hand_force_n;
  }
  now_.reps = std::max(now_.reps, person.reps);
  now_.strength_after_n = person.strength_n;
  now_.highest_m = std::max(now_.highest_m, cables[0].handle_m);
  now_.most_hand_n = std::max(now_.most_hand_n, hand_n);
  if (++window_ms_ >= kWindow_ms) {
    if (!std::isnan(window_start_n_))
      now_.steepest_hand_nps = std::max(now_.steepest_hand_nps, (hand_n - window_start_n_) / (kWindow_ms * kStep_s));
    window_start_n_ = hand_n;
    window_ms_ = 0;
  }
  if (state != State::kActive) return;
  now_.active_s += kStep_s;
  if (cables[0].handle_mps > kMoving_mps) {
    pull_s_ += kStep_s;
    now_.mean_pull_motor_n += (motor_n - now_.mean_pull_motor_n) * (kStep_s / pull_s_);
    now_.mean_pull_hand_n += (hand_n - now_.mean_pull_hand_n) * (kStep_s / pull_s_);
  } else if (cables[0].handle_mps < -kMoving_mps) {
    return_s_ += kStep_s;
    now_.mean_return_hand_n += (hand_n - now_.mean_return_hand_n) * (kStep_s / return_s_);
  }
}

void Witness::begin(const Truth& person) noexcept {
  now_ = SetTruth{};
  now_.strength_before_n = person.strength_n;
  running_ = true;
  pull_s_ = return_s_ = 0.0;
  window_start_n_ = std::nan("");  // until the first window is over
  window_ms_ = 0;
}

void Witness::end() {
  running_ = false;
  if (now_.active_s > 0.0) sets_.push_back(now_);
}

}  // namespace sheave::sim
