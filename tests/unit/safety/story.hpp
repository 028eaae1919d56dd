#pragma once
// Walks a supervisor through simulated time. The cable does what it is told, the person what the test says.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "controller/safety/supervisor.hpp"

namespace sheave::test {

constexpr std::int64_t operator""_ms(unsigned long long ms) { return static_cast<std::int64_t>(ms) * kNsPerMs; }
constexpr std::int64_t operator""_s(unsigned long long s) { return static_cast<std::int64_t>(s) * kNsPerS; }

using safety::MachineState;
using safety::Reaction;

struct Story {
  static constexpr double kForceMax_n = 900.0;
  static constexpr double kOut_mps = 0.8, kBack_mps = 0.25;

  explicit Story(std::size_t axis_count = 1) : supervisor(config(), 4.0) {
    in.axis_count = axis_count;
    in.verified = true;
    in.realtime = true;
    in.session_open = true;
    for (auto& axis : in.axes) {
      axis.fresh = axis.usable = axis.active = true;
      axis.drive = hal::DriveState::kSwitchOnDisabled;
    }
    in.person.motion_valid = true;
    in.person.rom = {0.15, 0.65};
    set_load(600.0);
  }

  static safety::EnvelopeConfig config() { return {.force_max_n = kForceMax_n, .retract_limit_mps = 1.0, .travel_m = 2.5}; }

  void set_load(double n) {
    for (auto& axis : in.axes) axis.request_n = n;
    request_n = n;
  }

  /// Sends the handle there at a speed that no check minds; it stays there.
  void head_for(double extension_m) { goal_m = extension_m; }
  /// And waits until it is there, and still.
  void place(double extension_m) {
    head_for(extension_m);
    while (goal_m >= 0.0) tick();
    tick();
  }

  void tick() {
    now += 1_ms;
    in.now_ns = now;
    in.dt_ns = first ? 0 : 1_ms;
    first = false;
    move();
    in.person.rom_share = in.person.rom.share(in.person.extension_m);

    supervisor.step(in, out);
    in.request = safety::Request::kNone;
    in.stop = in.lower = in.reset = false;
    in.jog = {};
    for (std::size_t i = 0; i < out.change_count; ++i) changes.push_back(out.changes[i]);
    if (out.stop_confirmed) stop_confirmed = true;
    if (out.request_refused) ++refused;
    if (out.reset_refused) ++resets_refused;

    in.envelope_capped = false;
    for (std::size_t i = 0; i < in.axis_count; ++i) {
      auto& axis = in.axes[i];
      const double requests[] = {0.0, safety::kTakeUp_n, safety::kReady_n, axis.request_n, axis.commanded_n, out.cap_n[i]};
      safety::EnvelopeInput envelope;
      envelope.request_n = requests[static_cast<std::size_t>(out.load)];
      envelope.last_n = axis.commanded_n;
      envelope.cap_n = out.cap_n[i];
      envelope.slew_up_nps = out.slew_up_nps;
      envelope.slew_down_nps = out.slew_down_nps;
      envelope.retract_limit_mps = out.retract_limit_mps;
      envelope.never_rise = out.never_rise;
      envelope.drive_enabled = axis.drive == hal::DriveState::kOperationEnabled;
      envelope.dt_ns = in.dt_ns;
      const safety::EnvelopeOutput result = safety::apply_envelope(config(), envelope);
      axis.commanded_n = result.tension_n;
      in.envelope_capped = in.envelope_capped || result.capped;
      if (!tension_stuck) axis.tension_n = axis.commanded_n;
      if (drive_follows) {
        axis.drive = out.target == hal::DriveTarget::kForce ? hal::DriveState::kOperationEnabled : hal::DriveState::kSwitchOnDisabled;
      }
    }
  }

  void move() {
    if (arrived) moving_mps = 0.0;
    arrived = false;
    if (goal_m >= 0.0) {
      const double left_m = goal_m - in.axes[0].extension_m;
      moving_mps = std::clamp(left_m * 1e3, -kBack_mps, kOut_mps);
      arrived = std::abs(left_m - moving_mps * 1e-3) < 1e-9;
      if (arrived) goal_m = -1.0;
    }
    moving_mps = std::max(moving_mps - falling_mps2 * 1e-3, -0.95);  // the drive's limiter
    for (auto& axis : in.axes) {
      if (hold_second_home && &axis == &in.axes[1]) continue;
      axis.extension_m = std::max(0.0, axis.extension_m + moving_mps * 1e-3);
      axis.velocity_mps = axis.motion_mps = moving_mps;
    }
    in.person.extension_m = in.axes[0].extension_m;
    in.person.velocity_mps = moving_mps;
  }

  void run(std::int64_t duration_ns) {
    for (std::int64_t left = duration_ns; left > 0; left -= 1_ms) tick();
  }
  /// Ticks until a state, at most `limit_ns`; the time it took, negative if never.
  std::int64_t run_until(MachineState state, std::int64_t limit_ns) {
    for (std::int64_t passed = 0; passed <= limit_ns; passed += 1_ms) {
      if (supervisor.state() == state) return passed;
      tick();
    }
    return -1;
  }

  void to_idle() {
    run(5_ms);
    in.reset = true;
    run(5_ms);
  }
  void arm() {
    in.request = safety::Request::kArm;
    tick();
  }
  void to_ready() {
    to_idle();
    arm();
  }
  void to_engage() {
    to_ready();
    place(0.15);
    run_until(MachineState::kEngage, 1_s);
  }
  void to_active() {
    to_engage();
    run_until(MachineState::kActive, 5_s);
  }

  /// One call of a press, made now.
  void call(std::uint64_t press, safety::JogMotion motion = safety::JogMotion::kWindIn, std::uint32_t cable = 0) {
    in.jog = {press, cable, motion, now + safety::kJogAlive_ns};
    tick();
  }
  /// Calls every 100 ms, as a page does, for as long as the finger is on.
  void press_for(std::int64_t duration_ns, std::uint64_t press, safety::JogMotion motion = safety::JogMotion::kWindIn,
                 std::uint32_t cable = 0) {
    for (std::int64_t left = duration_ns; left > 0; left -= 100_ms) {
      call(press, motion, cable);
      run(99_ms);
    }
  }

  MachineState state() const { return supervisor.state(); }
  double commanded_n() const { return in.axes[0].commanded_n; }
  bool saw(FaultCode fault, Reaction reaction) const {
    return std::any_of(changes.begin(), changes.end(), [&](const auto& c) { return c.on && c.fault == fault && c.reaction == reaction; });
  }

  safety::Supervisor supervisor;
  safety::SafetyInput in;
  safety::SafetyOutput out;
  std::int64_t now = 1_s;
  bool first = true;
  bool drive_follows = true, tension_stuck = false;
  bool hold_second_home = false, arrived = false;
  double falling_mps2 = 0.0;
  double moving_mps = 0.0;
  double goal_m = -1.0;  // negative: none
  double request_n = 0.0;
  std::vector<safety::FaultChange> changes;
  bool stop_confirmed = false;
  int refused = 0, resets_refused = 0;
};

}  // namespace sheave::test
