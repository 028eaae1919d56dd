#include "controller/safety/person_monitor.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::safety {

namespace {

constexpr double kOut_m = 0.10, kReadyStill_mps = 0.10;
constexpr std::int64_t kReadyFor_ns = 500 * kNsPerMs;
constexpr double kHome_m = 0.03, kHomeStill_mps = 0.05;
constexpr std::int64_t kHomeFor_ns = 200 * kNsPerMs;
constexpr double kStall_mps = 0.025;               // slowest completed lifts are at 0.1 m/s and above
constexpr double kBandLow = 0.1, kBandHigh = 0.9;  // a pause at either end of the range is no stall
// Between where a peak may lie (0.8, an honest short rep) and the band's end a hold and a stall look alike, and rows stick at 0.85:
// nobody is asked to hold for longer than this.
constexpr std::int64_t kLongestHold_ns = 2 * kNsPerS;
constexpr double kLoweredShare = 0.25, kLowered_m = 0.06, kLoweredStill_mps = 0.02;
constexpr double kLowPointShare = 0.15;
constexpr std::int64_t kStillFor_ns = 500 * kNsPerMs;
constexpr std::int64_t kMainSlow_ns = 2 * kNsPerS, kMainLost_ns = 10 * kNsPerS;

bool stalled(const PersonInput& person, std::int64_t still_ns) noexcept {
  const bool stuck = person.phase == Phase::kConcentric || (person.phase == Phase::kPeak && still_ns >= kLongestHold_ns);
  if (!person.motion_valid || !stuck || std::abs(person.velocity_mps) >= kStall_mps) return false;
  if (still_ns < person.hold_ns) return false;
  // Without a calibrated range there is no band: stuck anywhere in a pull is stuck.
  return std::isnan(person.rom_share) || (person.rom_share > kBandLow && person.rom_share < kBandHigh);
}

bool lowered(const PersonInput& person) noexcept {
  if (!person.motion_valid || std::abs(person.velocity_mps) >= kLoweredStill_mps || !person.rom.known()) return false;
  return person.extension_m < person.rom.start_m - std::min(kLoweredShare * person.rom.length_m(), kLowered_m);
}

}  // namespace

bool PersonMonitor::ready() const noexcept { return ready_ns_ >= kReadyFor_ns; }
bool PersonMonitor::home() const noexcept { return home_ns_ >= kHomeFor_ns; }

void PersonMonitor::step(const SafetyInput& in, MachineState state, std::int64_t state_age_ns, ConditionSet& found) noexcept {
  bool out_and_still = state == MachineState::kReady, any_active = false, all_home = true;
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    const AxisInput& axis = in.axes[i];
    all_home = all_home && axis.usable && axis.extension_m < kHome_m && std::abs(axis.velocity_mps) < kHomeStill_mps;
    if (!axis.active) continue;
    any_active = true;
    out_and_still = out_and_still && axis.usable && axis.extension_m >= kOut_m && std::abs(axis.motion_mps) < kReadyStill_mps;
  }
  ready_ns_ = out_and_still && any_active ? ready_ns_ + in.dt_ns : 0;
  home_ns_ = all_home ? home_ns_ + in.dt_ns : 0;
  const bool still = in.person.motion_valid && std::abs(in.person.velocity_mps) < kStall_mps;
  still_ns_ = still ? still_ns_ + in.dt_ns : 0;

  found.set(Condition::kStall, stalled(in.person, still_ns_));
  found.set(Condition::kLowered, lowered(in.person));

  // Calibrating, time counts only while the handle is home: taking long over three pulls is no reason to stop.
  idle_ns_ = state == MachineState::kCalibrate && all_home && state_age_ns > 0 ? idle_ns_ + in.dt_ns : 0;
  found.set(Condition::kNotReady, (state == MachineState::kReady && state_age_ns > in.person.arm_timeout_ns) ||
                                      (state == MachineState::kCalibrate && idle_ns_ > in.person.arm_timeout_ns));

  // A lost client's load goes where it can be let go of: at a low point, or when nothing moves.
  const bool low_point = in.person.motion_valid && (in.person.phase == Phase::kRest || in.person.rom_share < kLowPointShare);
  found.set(Condition::kLeaseSilent, in.steering != Steering::kAlive);
  found.set(Condition::kLeaseLost, in.steering == Steering::kLost && (low_point || still_ns_ >= kStillFor_ns || !is_loaded(state)));
  found.set(Condition::kMainSlow, in.main_age_ns >= kMainSlow_ns);
  found.set(Condition::kMainLost, in.main_age_ns >= kMainLost_ns);
  found.set(Condition::kNoSession, is_loaded(state) && !in.session_open);
}

}  // namespace sheave::safety
