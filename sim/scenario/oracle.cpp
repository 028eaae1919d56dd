#include "sim/scenario/oracle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sheave::sim {

namespace {

using State = safety::MachineState;

constexpr std::int64_t kMs_ns = 1'000'000;
constexpr std::size_t kMostKept = 16;
constexpr double kEpsilon_n = 1e-6;

constexpr double kTakeUp_n = 20.0;
constexpr double kReady_n = 50.0;
constexpr double kLoaded_n = 50.0;
constexpr double kEmpty_n = 30.0;
constexpr double kEccentricMost = 1.5;      // no more of the base load is asked for
constexpr double kCompensationMost_n = 40;  // friction that may be added for the returning handle
constexpr double kAtHome_m = 0.005;
constexpr double kAtHomeMost_n = 150.0;  // "little near home": a hand at the pulley must be able to stay there
constexpr double kRetractMargin_mps = 0.25;
constexpr double kRestRetract_mps = 0.25;
constexpr double kService_n = 50.0, kServiceRise_nps = 50.0, kServiceRetract_mps = 0.15;

constexpr std::int64_t kSettled_ns = 500 * kMs_ns;  // after a change of state
constexpr std::int64_t kStopWithin_ns = 400 * kMs_ns;
constexpr std::int64_t kStopSeen_ns = 5 * kMs_ns;
constexpr std::int64_t kSilentFalls_ns = 110 * kMs_ns;
constexpr std::int64_t kSilentEmpty_ns = 400 * kMs_ns;
constexpr std::int64_t kStoWithin_ns = 20 * kMs_ns;
// A handle let go: fingers, recognition, and the ramp of 300 ms. What is light runs home slower, and is known for it later.
constexpr double kLightHandle_n = 100.0;
constexpr std::int64_t kFreeEmpty_ns = 600 * kMs_ns;
constexpr std::int64_t kLightFreeEmpty_ns = 2'500 * kMs_ns;
constexpr std::int64_t kCommandLag_ns = 20 * kMs_ns;   // from the main thread's word to the command
constexpr std::int64_t kSessionLag_ns = 500 * kMs_ns;  // a session that ends under load: the ramp

bool is_loaded(State s) { return s == State::kEngage || s == State::kActive || s == State::kSpot || s == State::kUnload; }
bool is_off(State s) { return s == State::kBoot || s == State::kSafeOff || s == State::kEstop; }
bool takes_down(State s) { return s == State::kSpot || s == State::kUnload || s == State::kFaultStop; }
bool at_rest(State s) { return s == State::kIdle || s == State::kRetract; }

double most_n(State s, double force_max_n) {
  switch (s) {
    case State::kBoot:
    case State::kSafeOff:
    case State::kEstop:
      return 0.0;
    case State::kIdle:
    case State::kRetract:
      return kTakeUp_n;
    case State::kReady:
    case State::kCalibrate:
      return kReady_n;
    case State::kService:
      return kService_n;
    default:
      return force_max_n;
  }
}

double fastest_rise_nps(State s) {
  switch (s) {
    case State::kEngage:
      return 500.0;
    case State::kActive:
      return 2000.0;
    case State::kIdle:
    case State::kRetract:
    case State::kReady:
    case State::kCalibrate:
      return 100.0;
    case State::kService:
      return kServiceRise_nps;
    default:
      return 0.0;
  }
}

/// The state chart, as specified.
bool may_follow(State from, State to) {
  if (to == State::kFaultStop || to == State::kSafeOff || to == State::kEstop) return true;
  switch (to) {
    case State::kIdle:
      return from == State::kSafeOff || from == State::kRetract;
    case State::kReady:
    case State::kCalibrate:
      return at_rest(from);
    case State::kEngage:
      return from == State::kReady;
    case State::kActive:
      return from == State::kEngage;
    case State::kSpot:
      return from == State::kActive;
    case State::kUnload:
      return from == State::kReady || from == State::kCalibrate || from == State::kEngage || from == State::kActive ||
             from == State::kSpot || from == State::kService;
    case State::kRetract:
      return from == State::kUnload;
    case State::kService:
      return at_rest(from);
    default:
      return false;
  }
}

}  // namespace

void Oracle::judge(const OracleSample& s) {
  dt_ns_ = last_ns_ < 0 ? 0 : s.now_ns - last_ns_;
  last_ns_ = s.now_ns;
  judge_states(s);
  silent_ns_ = s.link_silent ? silent_ns_ + dt_ns_ : 0;
  no_session_ns_ = s.session_open ? 0 : no_session_ns_ + dt_ns_;
  for (std::size_t i = 0; i < s.axis_count; ++i) {
    judge_command(s, i);
    judge_plant(s, i);
  }
  judge_stop(s);
}

void Oracle::judge_states(const OracleSample& s) {
  if (s.state != state_) {
    if (!may_follow(state_, s.state)) broken(15, s, "a state follows another that it must not", static_cast<double>(state_), 0.0);
    if (s.state == State::kService && s.session_open) broken(6, s, "a technician moves a cable while a session is open", 1.0, 0.0);
    state_ = s.state;
    in_state_ns_ = 0;
  } else {
    in_state_ns_ += dt_ns_;
  }
  const bool set_runs = is_loaded(s.state) && s.state != State::kUnload;  // from UNLOAD on it is the next set's
  if (set_runs && s.set_load_n > set_load_n_ + kEpsilon_n && set_load_n_ > 0.0) {
    broken(11, s, "the set's load rises while it is on", s.set_load_n, set_load_n_);
  }
  set_load_n_ = set_runs ? s.set_load_n : 0.0;
  lowered_ns_ = s.set_load_n < load_limit_n_ ? lowered_ns_ + dt_ns_ : 0;
  if (lowered_ns_ == 0 || lowered_ns_ > kCommandLag_ns) load_limit_n_ = s.set_load_n;
}

void Oracle::judge_command(const OracleSample& s, std::size_t axis) {
  Axis& a = axes_[axis];
  const double n = s.commands[axis].target == hal::DriveTarget::kForce ? s.commands[axis].tension_n : 0.0;
  if (!std::isfinite(n) || n < 0.0) return broken(1, s, "the command is no tension", n, 0.0);
  const double before_n = a.commanded_n;
  a.commanded_n = n;
  const bool rises = n > before_n + kEpsilon_n;

  double limit_n = most_n(s.state, force_max_n_);
  const double set_most_n = s.set_most_n > 0.0 ? s.set_most_n : kEccentricMost * load_limit_n_ + s.own_force_n;
  if (is_loaded(s.state) && s.set_load_n > 0.0) limit_n = std::min(limit_n, set_most_n + kCompensationMost_n);
  if (s.plant[axis].extension_m < kAtHome_m) limit_n = std::min(limit_n, kAtHomeMost_n);
  if (n > limit_n + kEpsilon_n && (rises || is_off(s.state))) broken(1, s, "the command is above what the state allows", n, limit_n);

  const double fastest_n = before_n + fastest_rise_nps(s.state) * period_s_;
  if (rises && n > fastest_n + kEpsilon_n) broken(2, s, "the command rises too fast", n, fastest_n);
  if (rises && takes_down(s.state)) broken(3, s, "the command rises while the load is taken off", n, before_n);
  if (at_rest(s.state) && rises && n > kTakeUp_n + kEpsilon_n) broken(3, s, "the command rises above take-up at rest", n, kTakeUp_n);
  if (n > kLoaded_n && rises && !is_loaded(s.state)) broken(6, s, "a load comes outside the loaded states", n, kLoaded_n);
  if (n > kLoaded_n && no_session_ns_ > kSessionLag_ns) broken(6, s, "a load without a session", n, kLoaded_n);
  if (rises && !s.verified && a.unverified_before) broken(7, s, "the command rises on a drive whose settings are not known", n, before_n);
  a.unverified_before = !s.verified;
}

void Oracle::judge_plant(const OracleSample& s, std::size_t axis) {
  Axis& a = axes_[axis];
  const PlantSample& p = s.plant[axis];
  const bool resting = at_rest(s.state) && in_state_ns_ > kSettled_ns;
  const bool serviced = s.state == State::kService && in_state_ns_ > kSettled_ns;
  const double cap_mps = (serviced ? kServiceRetract_mps : resting ? kRestRetract_mps : retract_cap_mps_) + kRetractMargin_mps;
  if (p.drum_mps < -cap_mps) broken(4, s, "the cable runs in too fast", -p.drum_mps, cap_mps);
  if (is_off(s.state) && in_state_ns_ > kSettled_ns && p.motor_force_n > 1.0) {
    broken(7, s, "the motor pulls while the machine is off", p.motor_force_n, 0.0);
  }

  if (silent_ns_ == 0) a.silent_n = p.motor_force_n;
  if (silent_ns_ > kSilentFalls_ns && p.motor_force_n > a.silent_n + 1.0) {
    broken(5, s, "the motor's force rises on a silent link", p.motor_force_n, a.silent_n);
  }
  if (silent_ns_ > kSilentFalls_ns) a.silent_n = std::min(a.silent_n, p.motor_force_n);
  if (silent_ns_ > kSilentEmpty_ns && p.motor_force_n > kEmpty_n) {
    broken(5, s, "the motor pulls long after the link fell silent", p.motor_force_n, kEmpty_n);
  }

  a.sto_ns = p.sto ? (a.sto_ns < 0 ? 0 : a.sto_ns + dt_ns_) : -1;
  if (a.sto_ns > kStoWithin_ns && p.motor_force_n > 1.0) broken(5, s, "the motor pulls under safe torque off", p.motor_force_n, 0.0);

  a.free_ns = p.handle_free ? (a.free_ns < 0 ? 0 : a.free_ns + dt_ns_) : -1;
  if (a.free_ns <= 0) a.free_n = a.commanded_n;
  if (a.free_ns > (a.free_n < kLightHandle_n ? kLightFreeEmpty_ns : kFreeEmpty_ns) && is_loaded(s.state) && p.motor_force_n > kEmpty_n) {
    broken(5, s, "the motor pulls at a handle that nobody holds", p.motor_force_n, kEmpty_n);
  }
}

void Oracle::judge_stop(const OracleSample& s) {
  if (s.stop) {
    stop_ns_ = 0;
  } else if (stop_ns_ >= 0) {
    stop_ns_ += dt_ns_;
  }
  if (stop_ns_ < 0) return;
  const bool still_on = s.state == State::kEngage || s.state == State::kActive || s.state == State::kSpot;
  if (stop_ns_ > kStopSeen_ns && still_on) {
    broken(10, s, "the load is still on after a Stop", static_cast<double>(stop_ns_) * 1e-6, 5.0);
    stop_ns_ = -1;
    return;
  }
  if (stop_ns_ <= kStopSeen_ns) return;
  // Once it was off the Stop is done: what a person asks for after that is another matter.
  double most_n = 0.0;
  for (std::size_t i = 0; i < s.axis_count; ++i) most_n = std::max(most_n, s.plant[i].motor_force_n);
  if (most_n > kEmpty_n && stop_ns_ < kStopWithin_ns) return;
  if (most_n > kEmpty_n) broken(13, s, "the motor pulls 400 ms after a Stop", most_n, kEmpty_n);
  stop_ns_ = -1;
}

void Oracle::broken(int invariant, const OracleSample& s, const char* what, double value, double limit) {
  ++count_;
  const auto same = [&](const Violation& v) { return v.invariant == invariant && v.text.starts_with(what); };
  if (violations_.size() >= kMostKept || std::any_of(violations_.begin(), violations_.end(), same)) return;
  violations_.push_back({invariant, s.now_ns, fmt::format("{}: {:.3f} against {:.3f}, in {}", what, value, limit, safety::name(s.state))});
}

}  // namespace sheave::sim
