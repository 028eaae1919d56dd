#include "hal/modbus/drive_axis.hpp"

#include <algorithm>

#include "hal/modbus/cia402.hpp"

namespace sheave::hal::modbus {
namespace {

// Long enough to be seen by whoever decides, and for the next look: another master that is still there is seen again before it ends.
constexpr std::uint32_t kForeignPeriods = 64;

// A read-back whose number is one of the last we wrote was late, not another's: on a serial line it carries nothing else that tells.
constexpr std::uint16_t kRecentWrites = 64;

}  // namespace

DriveAxis::DriveAxis(Link& link, const DeviceProfile& profile, std::uint8_t unit, const DriveFacts& facts, Pulley pulley)
    : link_(link),
      profile_(profile),
      pulley_(pulley),
      plan_(profile, facts.peak_force_n, facts.max_speed_mps),
      checks_(facts.checks),
      has_panel_(facts.panel_fitted),
      generation_(link.generation()) {
  for (std::size_t i = 0; i < plan_.request_count(); ++i) {
    cycle_[i].unit = unit;
    cycle_[i].request = plan_.request(i);
  }
  cycle_[plan_.request_count() - 1].echo_at = plan_.echo_at();
  beside_.unit = unit;
  beside_.beside = true;
  const std::uint16_t held = link.cycle_first() ? std::min(profile.write.block.count, kMaxBesideRegisters) : profile.write.block.count;
  read_back_request_ = read_request({profile.write.block.address, held});
  for (const Check& each : checks_) look_requests_.push_back(read_request(each.block));
  for (const ApartField& each : profile.apart) look_requests_.push_back(read_request(each.block));
  if (!has_panel_) return;
  panel_inputs_request_ = read_request({profile.panel.inputs, 1});
  panel_outputs_request_ = write_request({profile.panel.outputs, kPanelOutputs});
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
  finish_beside();  // of the last period, where it came after that
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
  ++periods_since_read_back_;
  if (!link_.cycle_first() && wants_read_back()) start_read_back();
  const std::uint16_t word = next_controlword(command);
  std::uint8_t* written = cycle_[0].request.written();
  ++seq_;
  if (!plan_.put(written, seq_, word, drum)) {
    AxisCommand empty = drum;  // a command with a hole in it is not trusted with a load
    empty.tension_n = 0.0;
    plan_.put(written, seq_, word, empty);
    asked.tension_n = 0.0;
  }
  cycle_[plan_.request_count() - 1].echo = seq_;
  for (std::size_t i = 0; i < plan_.request_count(); ++i) link_.start(cycle_[i]);
  if (cycle_[0].outcome == Outcome::kPending) tension_sent_n_ = asked.tension_n;
  walking_up_ = command.target == DriveTarget::kForce && !enabled();
}

bool DriveAxis::start(Beside what, const Request& request) noexcept {
  beside_what_ = what;
  beside_.request = request;
  link_.start(beside_);
  periods_since_beside_ = 0;
  return true;
}

bool DriveAxis::panel_changed() const noexcept {
  return !panel_known_ || panel_wanted_.lamp != panel_sent_.lamp || panel_wanted_.beep_seq != panel_sent_.beep_seq;
}

bool DriveAxis::start_panel_outputs() noexcept {
  panel_sent_ = panel_wanted_;
  std::uint8_t* written = panel_outputs_request_.written();
  written[0] = 0;
  written[1] = static_cast<std::uint8_t>(panel_sent_.lamp);
  written[2] = panel_sent_.beep_seq;
  written[3] = static_cast<std::uint8_t>(panel_sent_.beep);
  return start(Beside::kLamp, panel_outputs_request_);
}

bool DriveAxis::begin_beside() noexcept {
  ++periods_since_beside_;
  if (!state_.fresh || beside_what_ != Beside::kNothing || !link_.has_room_beside()) return false;
  if (link_.cycle_first() && wants_read_back()) return start_read_back();
  if (has_panel_ && panel_changed()) return start_panel_outputs();
  const bool wants_checks = !differs_ && (suspected_ || ((reconnected_ || walking_up_) && checks_good_ < checks_.size()));
  if (!wants_checks) {
    if (periods_since_beside_ < profile_.slow_every) return false;
    panels_turn_ = has_panel_ && !panels_turn_;
    if (panels_turn_) return start(Beside::kInputs, panel_inputs_request_);
  }
  if (next_look_ == look_requests_.size() || (wants_checks && next_look_ >= checks_.size())) next_look_ = 0;
  return start(next_look_ < checks_.size() ? Beside::kCheck : Beside::kApart, look_requests_[next_look_]);
}

/// At uneven distances: looks in step with another master's writes would miss all of them.
bool DriveAxis::wants_read_back() const noexcept {
  const std::uint32_t every = profile_.write.read_back_every;
  return every != 0 && periods_since_read_back_ >= every - (read_back_dice_ >> 24U) % (every / 2 + 1) && state_.fresh &&
         beside_what_ == Beside::kNothing;
}

/// Called with the last write in the cycle's request that the drive will have taken when it answers this.
bool DriveAxis::start_read_back() noexcept {
  std::copy_n(cycle_[0].request.written(), 2 * std::size_t{profile_.write.block.count}, held_.begin());
  periods_since_read_back_ = 0;
  read_back_dice_ = read_back_dice_ * 1664525U + 1013904223U;
  const std::uint32_t periods = periods_since_beside_;  // panel and checks keep their turn
  start(Beside::kReadBack, read_back_request_);
  periods_since_beside_ = periods;
  return true;
}

void DriveAxis::finish_read_back() noexcept {
  const std::size_t size = read_back_request_.reply_size - read_back_request_.read_at;
  if (std::equal(beside_.read(), beside_.read() + size, held_.begin())) return;
  const auto seq = [&](const std::uint8_t* block) {
    return static_cast<std::uint16_t>(load_counts(block, profile_.write.seq, profile_.word_order));
  };
  const auto behind = static_cast<std::uint16_t>(seq(held_.data()) - seq(beside_.read()));
  if (behind >= 1 && behind <= kRecentWrites) return;
  foreign_periods_left_ = kForeignPeriods;
}

void DriveAxis::finish_check() noexcept {
  const std::vector<std::uint8_t>& expected = checks_[next_look_].expected;
  if (std::equal(expected.begin(), expected.end(), beside_.read())) {
    suspected_ = false;
    ++checks_good_;
    if (checks_good_ >= checks_.size()) reconnected_ = false;
    ++next_look_;
    return;
  }
  // Believed when it is read twice: on a serial line this answer has nothing that tells it from a late one.
  differs_ = suspected_;
  suspected_ = true;
  checks_good_ = 0;
}

void DriveAxis::finish_beside() noexcept {
  if (beside_.outcome == Outcome::kPending) return;  // it comes in the next period, or not
  const bool done = beside_.outcome == Outcome::kDone;
  const Beside what = beside_what_;
  beside_what_ = Beside::kNothing;
  switch (what) {
    case Beside::kNothing:
      return;
    case Beside::kLamp:
      // Refused once is refused for good; lost is sent again.
      panel_known_ = done || beside_.outcome == Outcome::kException;
      return;
    case Beside::kReadBack:
      if (done) finish_read_back();
      return;
    case Beside::kCheck:
      if (done) finish_check();  // otherwise ask the same again
      return;
    case Beside::kApart: {
      if (!done) return;
      const ApartField& apart = profile_.apart[next_look_ - checks_.size()];
      state_.*apart.to = load_value(beside_.read(), apart.field, profile_.word_order);
      ++next_look_;
      return;
    }
    case Beside::kInputs:
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
  finish_beside();
  if (foreign_periods_left_ > 0) --foreign_periods_left_;
  state_.foreign_command = foreign_periods_left_ > 0;
  state = state_;
}

}  // namespace sheave::hal::modbus
