#include "controller/control/tick.hpp"

#include <algorithm>

#include "controller/control/float_mode.hpp"

namespace sheave::control {

namespace {

using safety::MachineState;

safety::Steering steering(LeaseHealth lease) noexcept {
  if (lease == LeaseHealth::kLost) return safety::Steering::kLost;
  return lease == LeaseHealth::kSilent ? safety::Steering::kSilent : safety::Steering::kAlive;
}

}  // namespace

Tick::Tick(const Machine& machine, const hal::StackInfo& info, plugin_host::CallTimer& timer)
    : axis_count_(std::min(info.axis_count, kMaxAxes)),
      peak_force_n_(info.peak_force_n),
      load_max_n_(newton_from_kg(machine.load_max_total_kg)),
      friction_n_(machine.friction_n),
      travel_m_(machine.travel_m),
      standstill_ns_(info.simulated ? machine.standstill_ns : 0),
      envelope_(safety::make_envelope_config(machine, info)),
      checks_{SignalCheck(machine, info), SignalCheck(machine, info)},
      chain_(timer),
      supervisor_(envelope_, info.max_speed_mps) {}

void Tick::step(const TickInput& in, TickOutput& out) noexcept {
  const FloatMode float_mode;
  out.events.clear();
  take_commands(in, out.events);

  check_signals(in);
  estimate(in);
  const JudgedMotion motion = judged_motion(out);
  runner_.detect(motion, supervisor_.state(), in.time, out.events);
  run_chain(in, out.events);  // the exercise, then the load profiles
  feed_forward(in.time);
  bound_by_set();
  supervise(in, motion, out);
  follow(in, out.events);
  command(in, out);  // the envelope is the last arithmetic

  report(in, out);
}

void Tick::check_signals(const TickInput& in) noexcept {
  for (std::size_t i = 0; i < axis_count_; ++i) {
    axes_[i].fresh = in.axes[i].fresh;
    axes_[i].check = checks_[i].check(in.axes[i], in.time.dt_ns);
    axes_[i].active = runner_.is_active(i);
    if (axes_[i].check.usable) axes_[i].tension_n = std::max(0.0, in.axes[i].tension_n);
  }
}

void Tick::estimate(const TickInput& in) noexcept {
  const auto motion = [&](MotionEstimator& estimator, std::size_t i) {
    return axes_[i].check.usable ? estimator.update(in.axes[i], in.time.now_ns, in.time.dt_ns) : estimator.predict(in.time.now_ns);
  };
  for (std::size_t i = 0; i < axis_count_; ++i) {
    axes_[i].motion = motion(estimators_[i], i);
    if (feed_forward_[i].needs_acceleration()) axes_[i].swift_mps2 = motion(swift_[i], i).acceleration_mps2;
  }
}

JudgedMotion Tick::judged_motion(const TickOutput& out) const noexcept {
  JudgedMotion mean;
  mean.valid = true;
  int count = 0;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    if (!axes_[i].active) continue;
    ++count;
    mean.valid = mean.valid && axes_[i].motion.valid;
    mean.extension_m += axes_[i].motion.extension_m;
    mean.velocity_mps += axes_[i].motion.velocity_mps;
    mean.acceleration_mps2 += axes_[i].motion.acceleration_mps2;
    // Of the last tick: what this sample answers. What was taken out for friction is in the hand, so it is added back here.
    mean.commanded_n += out.commands[i].tension_n - axes_[i].correction_n;
    mean.measured_n += axes_[i].tension_n - axes_[i].correction_n;
  }
  if (count == 0) return {};
  mean.extension_m /= count;
  mean.velocity_mps /= count;
  mean.acceleration_mps2 /= count;
  if (count == 2) mean.sides_apart = share(0) - share(1);
  return mean;
}

double Tick::share(std::size_t axis) const noexcept {
  const SetPlan* plan = runner_.plan();
  if (plan == nullptr || !plan->rom[axis].known()) return kUnknown;
  return plan->rom[axis].share(axes_[axis].motion.extension_m);
}

std::uint32_t Tick::flags(const Axis& axis) const noexcept {
  std::uint32_t flags = 0;
  if (axis.check.usable) flags |= SHEAVE_AXIS_VALID;
  if (axis.active) flags |= SHEAVE_AXIS_ACTIVE;
  if (capped_ || slewed_) flags |= SHEAVE_AXIS_LIMITED;
  return flags;
}

void Tick::run_chain(const TickInput& in, EventList& events) noexcept {
  safety_in_.plugins = chain_.verdict();  // of the ticks before this one
  const double light_n = std::min(runner_.set_load_n(), kCalibrateMax_n);
  for (std::size_t i = 0; i < axis_count_; ++i) axes_[i].request_n = axes_[i].active ? runner_.set_load_n() : 0.0;
  if (self_testing()) return run_self_test(in.time);
  if (!runner_.runs_plugins(supervisor_.state())) return;

  ChainInput chain;
  chain.time = in.time;
  chain.axis_count = static_cast<std::uint32_t>(axis_count_);
  chain.set_load_n = supervisor_.state() == MachineState::kCalibrate ? light_n : runner_.set_load_n();
  chain.no_raise = decided_.no_raise;
  chain.realtime = in.realtime;
  chain.candidates = runner_.candidates();
  for (std::size_t i = 0; i < axis_count_; ++i) {
    const Axis& axis = axes_[i];
    chain.axes[i] = {axis.motion.extension_m, axis.motion.velocity_mps, axis.tension_n, in.time.now_ns, flags(axis), 0};
    chain.rom_share[i] = share(i);
    chain.phase[i] = static_cast<std::uint32_t>(axis.active ? runner_.phase() : Phase::kRest);
  }
  std::array<double, kMaxAxes> request_n{};
  chain_.run(chain, std::span(request_n).first(axis_count_), outcome_);
  for (std::size_t i = 0; i < axis_count_; ++i) axes_[i].request_n = request_n[i];
  runner_.judge(outcome_, in.time, events);
}

bool Tick::self_testing() const noexcept {
  return runner_.busy() && runner_.plan()->self_test && supervisor_.state() == MachineState::kCalibrate;
}

void Tick::run_self_test(const TickTime& time) noexcept {
  bool done = true, gave_up = false;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    if (axes_[i].active && axes_[i].motion.valid) axes_[i].request_n = self_tests_[i].step(axes_[i].motion, time.dt_ns);
    done = done && (!axes_[i].active || self_tests_[i].done());
    gave_up = gave_up || self_tests_[i].gave_up();
  }
  if (done) runner_.end_self_test(gave_up);
}

/// While the person works or will; what takes the load down must not be added to.
void Tick::feed_forward(const TickTime& time) noexcept {
  const MachineState state = supervisor_.state();
  const bool works = state == MachineState::kActive || state == MachineState::kEngage || state == MachineState::kCalibrate;
  const bool on = works && !self_testing();
  for (std::size_t i = 0; i < axis_count_; ++i) {
    Axis& axis = axes_[i];
    axis.correction_n = 0.0;
    if (!on || !axis.active || !axis.motion.valid) continue;
    axis.correction_n = feed_forward_[i].step(axis.motion.velocity_mps, axis.swift_mps2, axis.request_n, chain_.own_mass(i), time.dt_ns);
    axis.request_n += axis.correction_n;
  }
}

/// Whatever the chain asks: no more than its profiles said that they would make of the load that a person agreed to.
void Tick::bound_by_set() noexcept {
  if (!runner_.busy()) return;
  const double most_n = runner_.plan()->bound.most_n(runner_.set_load_n()) + safety::kSetMargin_n;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    axes_[i].set_most_n = most_n + std::clamp(axes_[i].correction_n, 0.0, safety::kCompensationMost_n);
  }
}

void Tick::supervise(const TickInput& in, const JudgedMotion& motion, const TickOutput& out) noexcept {
  safety::SafetyInput& s = safety_in_;
  s.now_ns = in.time.now_ns;
  s.dt_ns = in.time.dt_ns;
  s.period_ns = in.time.period_ns;
  s.standstill_ns = standstill_ns_;
  s.axis_count = axis_count_;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    const hal::AxisState& state = in.axes[i];
    const Axis& axis = axes_[i];
    safety::AxisInput& a = s.axes[i];
    a.active = axis.active;
    a.fresh = axis.fresh;
    a.usable = axis.check.usable;
    a.jumping = axis.check.jumping;
    if (a.usable) {
      a.extension_m = state.extension_m;
      a.velocity_mps = state.velocity_mps;
    }
    a.motion_mps = axis.motion.velocity_mps;
    a.tension_n = axis.tension_n;
    a.commanded_n = out.commands[i].tension_n;
    a.retract_limit_mps = out.commands[i].retract_limit_mps;
    a.request_n = axis.active ? std::min(axis.request_n, axis.set_most_n) : axis.request_n;
    a.drive = state.drive;
    a.error_code = state.error_code;
    a.sto_active = state.sto_active;
    a.slack = state.slack;
    a.limited = state.limited;
    a.foreign_command = state.foreign_command;
    a.motor_temperature_c = state.motor_temperature_c;
    a.drive_temperature_c = state.drive_temperature_c;
    a.bus_voltage_v = state.bus_voltage_v;
  }
  const Rom& rom = runner_.judged_rom();
  s.person = {.motion_valid = motion.valid,
              .phase = runner_.phase(),
              .rom_share = rom.known() ? rom.share(motion.extension_m) : kUnknown,
              .extension_m = motion.extension_m,
              .velocity_mps = motion.velocity_mps,
              .rom = rom,
              .hold_ns = runner_.hold_ns(),
              .arm_timeout_ns = runner_.busy() ? runner_.plan()->arm_timeout_ns : s.person.arm_timeout_ns};
  s.verified = in.verified;
  s.realtime = in.realtime;
  s.session_open = session_open_;
  s.steering = steering(lease_);
  s.main_age_ns = in.main_age_ns;
  s.envelope_capped = capped_;
  s.envelope_slewed = slewed_;
  s.command_broken = command_broken_;
  const bool button = in.panel.present && (in.panel.handle_button || in.panel.pedal);
  s.stop = in.stop;
  s.lower = in.lower || (button && !button_down_);
  button_down_ = button;
  s.shutdown = in.shutdown;
  s.reset = reset_;
  s.jog = jog_;
  s.request = safety::Request::kNone;
  if (pending_arm_.kind != CommandKind::kNone) {
    s.request = pending_arm_.kind == CommandKind::kArm ? safety::Request::kArm : safety::Request::kCalibrate;
  } else if (runner_.wants_end()) {
    s.request = safety::Request::kEnd;
  }
  supervisor_.step(s, decided_);
}

void Tick::follow(const TickInput& in, EventList& events) noexcept {
  if (pending_arm_.kind != CommandKind::kNone) {
    if (decided_.request_accepted) {
      const bool calibrates = pending_arm_.kind == CommandKind::kCalibrate;
      runner_.begin(*pending_arm_.plan, calibrates, calibrates ? kCalibrateMax_n : load_max_n_);
      chain_.start(*pending_arm_.plan);
      for (std::size_t i = 0; i < axis_count_; ++i) {
        feed_forward_[i].begin(pending_arm_.plan->drag[i], friction_n_, in.time.period_ns);
        self_tests_[i].begin(travel_m_);
      }
    } else {
      refuse(pending_arm_, in.time, events);
    }
  }
  if (decided_.reset_refused) refuse({.kind = CommandKind::kReset, .value = 0.0, .plan = nullptr}, in.time, events);
  if (decided_.jog_refused) refuse({.kind = CommandKind::kJog, .plan_id = jog_.press}, in.time, events);

  // An event holds a whole rep: it is made only where there is something to tell.
  const auto tell = [&](EventKind kind, FaultCode fault, safety::Reaction reaction, double value = 0.0) {
    Event event;
    event.kind = kind;
    event.time_ns = in.time.now_ns;
    event.state = decided_.state;
    event.plan_id = runner_.busy() ? runner_.plan()->id : decided_.jog_press;
    event.fault = fault;
    event.reaction = reaction;
    event.value = value;
    events.push(event);
  };
  for (std::size_t i = 0; i < decided_.change_count; ++i) {
    const safety::FaultChange& change = decided_.changes[i];
    tell(change.on ? EventKind::kFaultOn : EventKind::kFaultOff, change.fault, change.reaction);
  }
  if (decided_.state_changed) tell(EventKind::kState, decided_.cause, decided_.reaction);
  if (decided_.stop_confirmed) tell(EventKind::kStopConfirmed, decided_.cause, decided_.reaction, decided_.stop_measured_n);
  if (runner_.follow(decided_, in.time, events)) {
    chain_.stop();
    runner_.release(in.time, events);
  }
}

}  // namespace sheave::control
