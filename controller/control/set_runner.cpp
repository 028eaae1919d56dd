#include "controller/control/set_runner.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::control {

namespace {

using safety::MachineState;

constexpr double kRack_m = 0.03, kRackStill_mps = 0.02, kOut_m = 0.10;
constexpr std::int64_t kRackFor_ns = kNsPerS;
// A set that becomes lighter does so over about a breath, from a low point on: felt, and never as the floor going.
constexpr double kEase_s = 0.5, kLowShare = 0.3;
// Let go of within this share of the range, the handle was put down, if rudely: the reps are done.
constexpr double kPutDownShare = 0.2;

Event event_of(EventKind kind, const SetPlan& plan, const TickTime& time) noexcept {
  Event event;
  event.kind = kind;
  event.plan_id = plan.id;
  event.time_ns = time.now_ns;
  return event;
}

Rom mean_rom(const SetPlan& plan) noexcept {
  Rom mean{0.0, 0.0};
  int count = 0;
  for (std::size_t i = 0; i < kMaxAxes; ++i) {
    if ((plan.axis_mask >> i & 1U) == 0) continue;
    if (!plan.rom[i].known()) return {};
    mean.start_m += plan.rom[i].start_m;
    mean.end_m += plan.rom[i].end_m;
    ++count;
  }
  if (count == 0) return {};
  return {mean.start_m / count, mean.end_m / count};
}

bool has_reps(MachineState state) noexcept {
  return state == MachineState::kCalibrate || state == MachineState::kActive || state == MachineState::kSpot;
}

}  // namespace

void SetRunner::begin(SetPlan& plan, bool calibrates, double most_n) noexcept {
  *this = SetRunner();
  plan_ = &plan;
  calibrates_ = calibrates;
  rom_ = mean_rom(plan);
  load_n_ = std::clamp(plan.load_per_axis_n, 0.0, most_n);
  start_detector();
}

void SetRunner::start_detector() noexcept {
  detector_.reset({.min_rom_m = plan_->min_rep_rom_m, .rom = rom_});
  judge_.reset();
  effort_.reset(plan_->last_reps, plan_->speed_loss_end, plan_->lighten);
  since_update_ns_ = 0;
}

bool SetRunner::set_load(double load_n, double most_n, bool may_raise) noexcept {
  if (plan_ == nullptr || !std::isfinite(load_n) || load_n < 0.0) return false;
  if (load_n > load_n_ && !may_raise) return false;
  load_n_ = std::min(load_n, most_n);
  effort_.load_changed();
  return true;
}

std::int64_t SetRunner::hold_ns() const noexcept {
  if (plan_ == nullptr || load_n_ > safety::kLight_n) return 0;
  return std::clamp<std::int64_t>(plan_->hold_ns, 0, kLongestHold_ns);
}

void SetRunner::wish_to_end(SetEndReason reason) noexcept {
  if (plan_ != nullptr && wanted_end_ == SetEndReason::kUnknown) wanted_end_ = reason;
}

bool SetRunner::runs_plugins(MachineState state) const noexcept {
  if (plan_ == nullptr) return false;
  return stage_ == Stage::kClosing || state == MachineState::kEngage || has_reps(state);
}

void SetRunner::detect(const JudgedMotion& motion, MachineState state, const TickTime& time, EventList& events) noexcept {
  if (stage_ != Stage::kClosing) candidate_count_ = 0;  // closing: the last movement still waits for its verdict
  phase_ = plan_ == nullptr ? Phase::kRest : phase_;
  if (plan_ == nullptr || stage_ == Stage::kClosing || !has_reps(state)) return;
  since_update_ns_ += time.dt_ns;
  if (!motion.valid) return;
  ease(motion, time);

  DetectorInput in;
  in.extension_m = motion.extension_m;
  in.velocity_mps = motion.velocity_mps;
  in.acceleration_mps2 = motion.acceleration_mps2;
  in.commanded_n = motion.commanded_n;
  in.measured_n = motion.measured_n;
  in.now_ns = time.now_ns;
  in.dt_ns = since_update_ns_;
  in.assisted = state == MachineState::kSpot;
  in.sides_apart = motion.sides_apart;
  since_update_ns_ = 0;
  last_extension_m_ = motion.extension_m;
  take(detector_.update(in), time, events);
  watch_rack(motion, state, time.dt_ns);
}

void SetRunner::take(const RepDetector::Output& seen, const TickTime& time, EventList& events) noexcept {
  phase_ = seen.phase;
  if (!seen.candidate) return;
  Rep rep = seen.candidate->rep;
  rep.axis = rep_axis();
  if (plan_->exercise != nullptr) {
    candidate_ = judge_.ask(rep, seen.candidate->detail);
    candidate_count_ = 1;
    return;
  }
  judge_.count(rep);
  emit_rep(rep, time, events);
}

RepAxis SetRunner::rep_axis() const noexcept {
  if (plan_->axis_mask == 1U) return RepAxis::kLeft;
  return plan_->axis_mask == 2U ? RepAxis::kRight : RepAxis::kBoth;
}

void SetRunner::watch_rack(const JudgedMotion& motion, MachineState state, std::int64_t dt_ns) noexcept {
  been_out_ = been_out_ || motion.extension_m > kOut_m;
  const bool racked = been_out_ && motion.extension_m < kRack_m && std::abs(motion.velocity_mps) < kRackStill_mps;
  racked_ns_ = racked ? racked_ns_ + dt_ns : 0;
  // Between two calibration pulls a handle may well rest at home; the session ends that when it has seen enough.
  if (racked_ns_ >= kRackFor_ns && state != MachineState::kCalibrate) wish_to_end(SetEndReason::kRacked);
}

void SetRunner::judge(const plugin_host::ExerciseOutcome& outcome, const TickTime& time, EventList& events) noexcept {
  // One cue at a time. While the spotter helps, that is what matters; then how much is left; then form.
  const bool silent = spotted_ || plan_->hold_ns > 0;
  std::uint32_t cue = silent ? std::uint32_t{SHEAVE_CUE_NONE} : outcome.cue;
  for (std::uint32_t i = 0; i < outcome.verdict_count; ++i) {
    Rep rep;
    if (!judge_.answer(outcome.verdicts[i], rep)) continue;
    emit_rep(rep, time, events);
    const EffortWatch::Seen seen = effort_.take(rep);
    if (seen.few_left && !silent) cue = SHEAVE_CUE_ONE_OR_TWO_LEFT;
    if (seen.lighter_share > 0.0 && !silent) {
      cue = lighten(seen.lighter_share, time, events) ? SHEAVE_CUE_LIGHTER : SHEAVE_CUE_ONE_OR_TWO_LEFT;
    }
    if (seen.speed_lost) wish_to_end(SetEndReason::kExercise);
  }
  if (cue != SHEAVE_CUE_NONE) {
    Event event = event_of(EventKind::kCue, *plan_, time);
    event.cue = cue;
    events.push(event);
  }
  if (outcome.end_set) wish_to_end(SetEndReason::kExercise);
}

/// Only ever down: what is asked for is at most what is in force, and ease() never goes the other way.
/// False: it is as light as the machine goes.
bool SetRunner::lighten(double share, const TickTime& time, EventList& events) noexcept {
  const double to_n = lightened_n(plan_->lighten, load_n_, share);
  if (!(to_n < load_n_)) return false;
  ease_to_n_ = to_n;
  ease_nps_ = (load_n_ - to_n) / kEase_s;
  easing_ = false;
  Event event = event_of(EventKind::kLoadLowered, *plan_, time);
  event.value = to_n;
  events.push(event);
  return true;
}

void SetRunner::ease(const JudgedMotion& motion, const TickTime& time) noexcept {
  if (!(ease_nps_ > 0.0)) return;
  const bool low = rom_.known() ? rom_.share(motion.extension_m) < kLowShare : phase_ != Phase::kConcentric;
  easing_ = easing_ || low;
  if (!easing_) return;
  load_n_ = std::min(load_n_, std::max(ease_to_n_, load_n_ - ease_nps_ * seconds(time.dt_ns)));
  if (load_n_ <= ease_to_n_) ease_nps_ = 0.0;
}

void SetRunner::emit_rep(const Rep& rep, const TickTime& time, EventList& events) noexcept {
  Event event = event_of(EventKind::kRep, *plan_, time);
  event.rep = rep;
  events.push(event);
}

bool SetRunner::follow(const safety::SafetyOutput& decided, const TickTime& time, EventList& events) noexcept {
  if (plan_ == nullptr) return false;
  if (stage_ == Stage::kClosing) {
    stage_ = Stage::kClosed;
    Event event = event_of(EventKind::kSetEnded, *plan_, time);
    event.end = end_;
    event.fault = decided.cause;
    events.push(event);
    return true;
  }
  spotted_ = spotted_ || decided.state == MachineState::kSpot;
  switch (decided.state) {
    case MachineState::kReady:
    case MachineState::kCalibrate:
    case MachineState::kEngage:
      return false;
    case MachineState::kActive:
    case MachineState::kSpot:
      if (stage_ == Stage::kWaiting) {
        stage_ = Stage::kRunning;
        start_detector();
        events.push(event_of(EventKind::kSetEngaged, *plan_, time));
      }
      return false;
    default:
      break;
  }
  // The load is on its way off. A movement that was under way is judged in the next tick, then the plan goes back.
  if (spotted_) {
    end_ = SetEndReason::kFailed;
  } else if (decided.cause != FaultCode::kNone) {
    end_ = reason_for(decided.cause);
  } else {  // nobody asked and nothing is wrong: the controller is being ended
    end_ = wants_end() ? wanted_end_ : SetEndReason::kInterrupted;
  }
  if (stage_ == Stage::kRunning || calibrates_) take(detector_.finish(time.now_ns), time, events);
  stage_ = Stage::kClosing;
  return false;
}

void SetRunner::release(const TickTime& time, EventList& events) noexcept {
  events.push(event_of(EventKind::kPlanReleased, *plan_, time));
  *this = SetRunner();
}

SetEndReason SetRunner::reason_for(FaultCode cause) const noexcept {
  switch (cause) {
    case FaultCode::kSpotter:
      return SetEndReason::kFailed;
    case FaultCode::kStopPressed:
      return SetEndReason::kStopped;
    case FaultCode::kLoweredByGesture:  // the person put it down where this machine's home is not 0
      return SetEndReason::kRacked;
    case FaultCode::kHandleDropped:
      return rom_.known() && rom_.share(last_extension_m_) < kPutDownShare ? SetEndReason::kRacked : SetEndReason::kLeft;
    case FaultCode::kReadinessTimeout:
    case FaultCode::kLeftMachine:
      return SetEndReason::kLeft;
    case FaultCode::kLeaseLost:
      return SetEndReason::kLeaseLost;
    default:
      return SetEndReason::kFault;
  }
}

}  // namespace sheave::control
