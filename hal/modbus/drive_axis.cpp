#include "hal/modbus/drive_axis.hpp"

#include <algorithm>

#include "hal/modbus/cia402.hpp"

namespace sheave::hal::modbus {

DriveAxis::DriveAxis(Link& link, const DeviceProfile& profile, const DriveFacts& facts, Pulley pulley)
    : link_(link),
      profile_(profile),
      pulley_(pulley),
      plan_(profile, facts.peak_force_n, facts.max_speed_mps),
      checks_(facts.checks),
      has_panel_(facts.panel_fitted),
      generation_(link.generation()) {
  for (std::size_t i = 0; i < plan_.request_count(); ++i) {
    cycle_[i].unit = profile.unit;
    cycle_[i].request = plan_.request(i);
  }
  beside_.unit = profile.unit;
  for (const Check& each : checks_) check_requests_.push_back(read_request(each.block));
  if (!has_panel_) return;
  panel_inputs_request_ = read_request({profile.panel.inputs, 1});
  panel_outputs_request_ = write_request({profile.panel.outputs, 2});
  panel_.present = true;
}

std::uint16_t DriveAxis::next_controlword(const AxisCommand& command) noexcept {
  // The bit stays high while the drive is in fault, so that a lost frame does not lose the edge; but one rise of the level is
  // one reset: a fault that comes back stays.
  if (command.fault_reset && !reset_was_high_) resetting_ = true;
  if (!command.fault_reset || (state_.fresh && state_.drive != DriveState::kFault)) resetting_ = false;
  reset_was_high_ = command.fault_reset;
  const bool may_enable = verified() && checks_good_ >= checks_.size();
  return controlword(state_.drive, command.target, may_enable, resetting_);
}

void DriveAxis::begin(const AxisCommand& command) noexcept {
  if (link_.generation() != generation_) {
    generation_ = link_.generation();
    reconnected_ = true;
    panel_known_ = false;
    checks_good_ = 0;
  }
  // Each walk up begins with a look at the settings: a drive that restarted unseen must not be switched on.
  if (!reconnected_ && (enabled() || command.target != DriveTarget::kForce)) checks_good_ = 0;

  AxisCommand asked = command;
  if (!enabled() || command.target != DriveTarget::kForce) asked.tension_n = 0.0;  // nothing waits for the moment it is on
  if (!verified()) asked.tension_n = std::min(asked.tension_n, tension_sent_n_);
  const AxisCommand drum = pulley_.to_drum(asked);
  const std::uint16_t word = next_controlword(command);
  std::uint8_t* written = cycle_[0].request.written();
  ++seq_;
  if (!plan_.put(written, seq_, word, drum)) {
    AxisCommand empty = drum;  // a command with a hole in it is not trusted with a load
    empty.tension_n = 0.0;
    plan_.put(written, seq_, word, empty);
    asked.tension_n = 0.0;
  }
  for (std::size_t i = 0; i < plan_.request_count(); ++i) link_.start(cycle_[i]);
  if (cycle_[0].outcome == Outcome::kPending) tension_sent_n_ = asked.tension_n;

  const bool walking_up = command.target == DriveTarget::kForce && !enabled();
  start_beside(!differs_ && (reconnected_ || walking_up) && checks_good_ < checks_.size());
}

void DriveAxis::start(const Request& request) noexcept {
  beside_.request = request;
  link_.start(beside_);
  periods_since_beside_ = 0;
}

bool DriveAxis::panel_changed() const noexcept {
  return !panel_known_ || panel_wanted_.lamp != panel_sent_.lamp || panel_wanted_.beep_seq != panel_sent_.beep_seq;
}

void DriveAxis::start_beside(bool wants_checks) noexcept {
  beside_what_ = Beside::kNothing;
  ++periods_since_beside_;
  if (!state_.fresh) return;  // a link in trouble carries the cycle only
  if (has_panel_ && panel_changed()) {
    beside_what_ = Beside::kPanelOutputs;
    panel_sent_ = panel_wanted_;
    std::uint8_t* written = panel_outputs_request_.written();
    written[0] = 0;
    written[1] = static_cast<std::uint8_t>(panel_sent_.lamp);
    written[2] = panel_sent_.beep_seq;
    written[3] = static_cast<std::uint8_t>(panel_sent_.beep);
    start(panel_outputs_request_);
    return;
  }
  if (!wants_checks && periods_since_beside_ < profile_.slow_every) return;
  if (next_check_ == checks_.size() && (wants_checks || !has_panel_)) next_check_ = 0;
  if (next_check_ < checks_.size()) {
    beside_what_ = Beside::kCheck;
    start(check_requests_[next_check_]);
  } else {
    beside_what_ = Beside::kPanelInputs;
    start(panel_inputs_request_);
  }
}

void DriveAxis::finish_check() noexcept {
  const std::vector<std::uint8_t>& expected = checks_[next_check_].expected;
  if (std::equal(expected.begin(), expected.end(), beside_.read())) {
    ++checks_good_;
    if (checks_good_ >= checks_.size()) reconnected_ = false;
  } else {
    differs_ = true;
  }
}

void DriveAxis::finish_beside() noexcept {
  const bool done = beside_.outcome == Outcome::kDone;
  switch (beside_what_) {
    case Beside::kNothing:
      return;
    case Beside::kPanelOutputs:
      // Refused once is refused for good; lost is sent again.
      panel_known_ = done || beside_.outcome == Outcome::kException;
      return;
    case Beside::kCheck:
      if (!done) return;  // ask the same again
      finish_check();
      ++next_check_;
      return;
    case Beside::kPanelInputs:
      next_check_ = 0;
      if (!done) return;
      const auto bits = static_cast<std::uint16_t>(beside_.read()[0] << 8 | beside_.read()[1]);
      panel_.handle_button = (bits & profile_.panel.handle_button) != 0;
      panel_.pedal = (bits & profile_.panel.pedal) != 0;
      return;
  }
}

void DriveAxis::finish(AxisState& state) noexcept {
  ++exchanges_;
  const Transaction& last = cycle_[plan_.request_count() - 1];
  bool fresh = last.outcome == Outcome::kDone;
  if (fresh && plan_.seq_echo(last.read()) != seq_) {
    ++stale_;
    fresh = false;
  }
  if (fresh) {
    plan_.get(last.read(), state_);
    pulley_.to_handle(state_);
    state_.missed = 0;
  } else {
    ++missed_;
    ++state_.missed;
  }
  state_.fresh = fresh;
  state = state_;
  finish_beside();
}

}  // namespace sheave::hal::modbus
