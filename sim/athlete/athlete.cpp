#include "sim/athlete/athlete.hpp"

#include <algorithm>
#include <utility>

namespace sheave::sim {

namespace {

constexpr double kGravity_mps2 = 9.80665;

// Arm and grip: stiff enough to follow an intent within millimetres on 7.5 kg, near critically damped. `kMemory_s` is how fast
// the arm learns the load it feels; it acts as an integrator and cannot wind up, because it learns from the force that was made.
constexpr double kStiffness_npm = 4000.0;
constexpr double kDamping_nspm = 350.0;
constexpr double kMemory_s = 0.08;
// A recording is followed more firmly: it is movement that happened.
constexpr double kTraceStiffness_npm = 30000.0;
constexpr double kTraceDamping_nspm = 900.0;
constexpr double kTraceMemory_s = 0.03;
constexpr double kTraceForce_n = 3000.0;
constexpr double kPush_n = 60.0;  // a hand can carry the handle back along a slack cable

constexpr double kMostLag_m = 0.03;  // intent waits for a hand that is this far behind
constexpr double kArrived_m = 0.008;
constexpr double kHome_m = 0.004;
constexpr double kHomeTarget_m = -0.002;  // a handle is set down against the stop
constexpr double kRelease_s = 0.06;       // fingers open; a hand is not a latch
constexpr double kStuck_mps = 0.02;
constexpr double kStuck_s = 0.6;
constexpr double kNoLoad_n = 12.0;  // with friction alone on the cable a person stops: the machine is off
constexpr double kNoLoad_s = 0.7;
constexpr double kSettle_s = 0.6;    // sits back and looks up before the first pull
constexpr double kTryAgain_s = 5.0;  // the lamp still asks for somebody
constexpr double kFailing_s = 4.0;   // then lowers by itself; a spotter has long acted
constexpr double kLongestHold_s = 90.0;
constexpr double kCarry_mps = 0.35;  // speed at which a handle is carried in and out
constexpr std::uint32_t kCalibrationPulls = 3;
constexpr double kCalibrationSlower = 1.4;
constexpr double kLetGoShare = 0.6;
constexpr double kReleaseAt_m = 1.0, kReleaseAfter_s = 0.8;

Strength strength_of(const AthleteSpec& spec, double share, Random& random) {
  const double drawn = 1.0 + 0.04 * random.normal();
  return Strength({.one_rm_n = spec.one_rm_kg * kGravity_mps2 * share, .day_form = spec.day_form > 0.0 ? spec.day_form : drawn});
}

}  // namespace

Athlete::Athlete(const AthleteSpec& spec, std::uint64_t seed, double share)
    : spec_(spec), random_(seed), strength_(strength_of(spec, share, random_)) {}

void Athlete::follow(Trace trace, bool at_once) {
  trace_ = std::move(trace);
  spec_.rom_m = trace_->rom_m();
  at_once_ = at_once;
  if (!at_once) return;
  wish_ = Wish::kLift;
  move_to(Doing::kTakingOut, {}, spec_.start_m + trace_->first_m(), 1.0);
}

void Athlete::let_go() noexcept {
  done_ = true;
  if (doing_ != Doing::kResting) begin(Doing::kLetGo);
}

Truth Athlete::truth() const noexcept {
  static constexpr const char* kNames[] = {"resting", "taking-out", "holding", "pulling", "peak-hold", "lowering",
                                           "bottom",  "failing",    "racking", "let-go",  "following"};
  return {.doing = spec_.absent ? "absent" : kNames[static_cast<std::size_t>(doing_)], .reps = reps_, .strength_n = strength_.left_n()};
}

Grip Athlete::grip(const Felt& felt) noexcept {
  if (spec_.absent) return {};
  perceive(felt.panel);
  doing_s_ += kStep_s;
  decide(felt);
  advance(felt);
  const double moved_share = (felt.extension_m - last_m_) / spec_.rom_m;
  last_m_ = felt.extension_m;
  if (doing_ == Doing::kPulling || doing_ == Doing::kPeakHold || doing_ == Doing::kLowering || doing_ == Doing::kFailing) {
    strength_.pull(doing_ == Doing::kPulling ? moved_share : 0.0, felt.force_n, felt.velocity_mps);
  } else {
    strength_.rest();
  }
  return hold(felt);
}

// A person acts on a light a quarter of a second after it changes.
void Athlete::perceive(const Panel& panel) noexcept {
  if (at_once_) return;
  if (panel.beep_seq != beep_seq_) {
    beep_seq_ = panel.beep_seq;
    if (panel.beep == hal::Beep::kEnd) end_heard_ = true;
  }
  if (panel.lamp != lamp_seen_) {
    lamp_seen_ = panel.lamp;
    reaction_s_ = 0.25 + 0.10 * random_.uniform();
  }
  if (lamp_ == lamp_seen_) return;
  reaction_s_ -= kStep_s;
  if (reaction_s_ > 0.0) return;
  const bool set_begins = lamp_seen_ == hal::Lamp::kCalibrate || lamp_seen_ == hal::Lamp::kReady || lamp_seen_ == hal::Lamp::kSelfTest;
  if (set_begins) {
    done_ = end_heard_ = false;
    reps_ = 0;
  }
  lamp_ = lamp_seen_;
  switch (lamp_) {
    case hal::Lamp::kCalibrate:
      wish_ = Wish::kCalibrate;
      break;
    case hal::Lamp::kReady:
    case hal::Lamp::kEngage:
      wish_ = Wish::kStart;
      break;
    case hal::Lamp::kActive:
      wish_ = Wish::kLift;
      break;
    case hal::Lamp::kSelfTest:
      wish_ = Wish::kRelease;
      break;
    default:
      wish_ = Wish::kHome;
      break;
  }
}

bool Athlete::enough() const noexcept {
  if (wish_ == Wish::kCalibrate) return reps_ >= kCalibrationPulls;
  return end_heard_ || (spec_.reps > 0 && reps_ >= spec_.reps);
}

void Athlete::decide(const Felt& felt) noexcept {
  const bool wants_handle = wish_ != Wish::kHome && !done_;
  const bool in_a_set = doing_ == Doing::kPulling || doing_ == Doing::kPeakHold || doing_ == Doing::kLowering || doing_ == Doing::kBottom;
  // Calibration is light on purpose: on the way back friction carries nearly all of it.
  no_load_s_ = in_a_set && wish_ != Wish::kCalibrate && felt.force_n < kNoLoad_n ? no_load_s_ + kStep_s : 0.0;
  if (no_load_s_ > kNoLoad_s) return rack(felt);
  switch (doing_) {
    case Doing::kResting:
      if (done_ && (wish_ == Wish::kCalibrate || wish_ == Wish::kStart) && doing_s_ > kTryAgain_s) {
        done_ = false;
        reps_ = 0;
      }
      if (wants_handle && wish_ != Wish::kLift) {
        const double start = wish_ == Wish::kRelease ? kReleaseAt_m : spec_.start_m + (trace_ ? trace_->first_m() : 0.0);
        move_to(Doing::kTakingOut, felt, start, std::max(0.8, start / kCarry_mps));
      }
      return;
    case Doing::kTakingOut:
      if (wish_ == Wish::kHome) return rack(felt);
      if (arrived(felt)) begin(Doing::kHolding);
      return;
    case Doing::kHolding:
      return decide_holding(felt);
    case Doing::kPulling:
      return decide_pulling(felt);
    case Doing::kPeakHold:
      if (wish_ == Wish::kHome) return rack(felt);
      if (doing_s_ >= pause_s_) {
        move_to(Doing::kLowering, felt, vary(spec_.start_m, 0.02), vary(spec_.tempo_eccentric_s, 0.05));
      }
      return;
    case Doing::kLowering:
      if (wish_ == Wish::kHome) return rack(felt);
      if (arrived(felt)) {
        begin(Doing::kBottom);
        pause_s_ = 0.10 + 0.15 * random_.uniform();
      }
      return;
    case Doing::kBottom:
      if (wish_ == Wish::kHome || doing_s_ >= pause_s_) after_rep(felt);
      return;
    case Doing::kFailing:
      if (wish_ == Wish::kHome || doing_s_ > kFailing_s) rack(felt);
      return;
    case Doing::kRacking:
      if (felt.extension_m < kHome_m && progress_ >= 1.0) begin(Doing::kResting);
      return;
    case Doing::kLetGo:
      if (felt.extension_m < kHome_m) begin(Doing::kResting);
      return;
    case Doing::kFollowing:
      if (wish_ == Wish::kHome || progress_ >= 1.0) rack(felt);
      return;
  }
}

void Athlete::decide_holding(const Felt& felt) noexcept {
  if (wish_ == Wish::kHome || doing_s_ > kLongestHold_s) return rack(felt);
  if (wish_ == Wish::kRelease) {
    if (doing_s_ > kReleaseAfter_s) let_go();
  } else if (wish_ == Wish::kLift && trace_) {
    trace_->rewind();
    begin(Doing::kFollowing);
    progress_ = 0.0;
  } else if (wish_ == Wish::kCalibrate) {
    if (enough() && doing_s_ > kTryAgain_s) reps_ = 0;
    if (!enough() && doing_s_ > kSettle_s) begin_rep(felt);
  } else if (wish_ == Wish::kLift) {
    enough() ? rack(felt) : begin_rep(felt);
  }
}

void Athlete::decide_pulling(const Felt& felt) noexcept {
  if (wish_ == Wish::kHome) return rack(felt);
  if (wish_ == Wish::kLift && reps_ + 1 == spec_.let_go_rep && felt.extension_m > spec_.start_m + kLetGoShare * spec_.rom_m) {
    return let_go();
  }
  if (arrived(felt)) {
    ++reps_;
    pause_s_ = spec_.hold_s > 0.0 ? vary(spec_.hold_s, 0.05) : 0.05;
    return begin(Doing::kPeakHold);
  }
  const bool stuck = felt.velocity_mps < kStuck_mps && reference_m_ - felt.extension_m > 0.5 * kMostLag_m;
  still_s_ = stuck ? still_s_ + kStep_s : 0.0;
  if (still_s_ > kStuck_s) {
    done_ = true;
    begin(Doing::kFailing);
    reference_m_ = felt.extension_m;
    reference_mps_ = 0.0;
  }
}

void Athlete::after_rep(const Felt& felt) noexcept {
  if (wish_ == Wish::kHome || (enough() && wish_ != Wish::kCalibrate)) return rack(felt);
  enough() ? begin(Doing::kHolding) : begin_rep(felt);
}

void Athlete::begin(Doing doing) noexcept {
  doing_ = doing;
  doing_s_ = 0.0;
  still_s_ = 0.0;
}

// From where the hand means to be, unless something carried it away from there.
void Athlete::move_to(Doing doing, const Felt& felt, double to_m, double duration_s) noexcept {
  begin(doing);
  from_m_ = std::clamp(reference_m_, felt.extension_m - kMostLag_m, felt.extension_m + kMostLag_m);
  to_m_ = to_m;
  duration_s_ = duration_s;
  progress_ = 0.0;
}

void Athlete::begin_rep(const Felt& felt) noexcept {
  const double slower = wish_ == Wish::kCalibrate ? kCalibrationSlower : 1.0;
  const double peak_m = spec_.start_m + vary(spec_.rom_m, 0.012);
  move_to(Doing::kPulling, felt, peak_m, slower * vary(spec_.tempo_concentric_s, 0.05));
}

void Athlete::rack(const Felt& felt) noexcept {
  if (wish_ != Wish::kHome) done_ = true;
  move_to(Doing::kRacking, felt, kHomeTarget_m, std::max(0.8, felt.extension_m / kCarry_mps));
}

double Athlete::vary(double value, double spread) noexcept { return value * (1.0 + spread * std::clamp(random_.normal(), -2.0, 2.0)); }

bool Athlete::arrived(const Felt& felt) const noexcept {
  const double off = felt.extension_m - to_m_;
  return progress_ >= 1.0 && off < kArrived_m && off > -kArrived_m;
}

// Where the hand means to be. Minimum jerk, 10 s^3 - 15 s^4 + 6 s^5 (Flash and Hogan 1985); progress waits while the hand lags
// behind, so that what is too heavy becomes slow instead of a jerk later.
void Athlete::advance(const Felt& felt) noexcept {
  switch (doing_) {
    case Doing::kTakingOut:
    case Doing::kPulling:
    case Doing::kLowering:
    case Doing::kRacking: {
      const double way = to_m_ - from_m_;
      const double behind = way > 0.0 ? reference_m_ - felt.extension_m : felt.extension_m - reference_m_;
      const double rate = std::clamp(1.0 - behind * (1.0 / kMostLag_m), 0.0, 1.0) / duration_s_;
      progress_ = std::min(1.0, progress_ + rate * kStep_s);
      const double s = progress_;
      const double r = 1.0 - s;
      reference_m_ = from_m_ + way * s * s * s * (10.0 - s * (15.0 - 6.0 * s));
      reference_mps_ = way * 30.0 * s * s * r * r * rate;
      return;
    }
    case Doing::kFollowing: {
      const Trace::Reference reference = trace_->at(doing_s_);
      reference_m_ = spec_.start_m + reference.position_m;
      reference_mps_ = reference.velocity_mps;
      if (reference.finished) progress_ = 1.0;
      return;
    }
    default:
      reference_mps_ = 0.0;
      return;
  }
}

Grip Athlete::hold(const Felt& felt) noexcept {
  const bool off_handle = doing_ == Doing::kResting || doing_ == Doing::kLetGo;
  const bool following = doing_ == Doing::kFollowing;
  force_memory_n_ += (felt.force_n - force_memory_n_) * (kStep_s / (following ? kTraceMemory_s : kMemory_s));
  if (off_handle) {
    if (doing_s_ > kRelease_s) {
      force_memory_n_ = 0.0;
      return {};
    }
    // Opening the fingers takes a moment; a cable that is freed at once would throw the handle by its own stretch.
    const double most = std::max(0.0, force_memory_n_ * (1.0 - doing_s_ * (1.0 / kRelease_s)));
    return {.force_n = most, .max_n = most, .eccentric_max_n = most};
  }
  Grip grip{.force_n = force_memory_n_, .position_m = reference_m_, .velocity_mps = reference_mps_, .push_n = kPush_n};
  if (following) {
    grip.stiffness_npm = kTraceStiffness_npm;
    grip.damping_nspm = kTraceDamping_nspm;
    grip.max_n = grip.eccentric_max_n = kTraceForce_n;
    return grip;
  }
  const double isometric = strength_.isometric_n((felt.extension_m - spec_.start_m) / spec_.rom_m);
  grip.stiffness_npm = kStiffness_npm;
  grip.damping_nspm = kDamping_nspm;
  grip.max_n = isometric;
  grip.fade_nspm = strength_.fade_nspm(isometric);
  grip.eccentric_max_n = strength_.eccentric_n(isometric);
  return grip;
}

}  // namespace sheave::sim
