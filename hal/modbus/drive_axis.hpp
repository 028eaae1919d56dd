#pragma once
// One drive on the control thread: what is asked of it each period, what came of it, and whether it is still the drive that was
// commissioned. Beside the cycle at most one more request per period: the panel, or a look at the settings.

#include "hal/cable_stack.hpp"
#include "hal/modbus/commission.hpp"
#include "hal/modbus/cycle_plan.hpp"
#include "hal/modbus/link.hpp"
#include "hal/modbus/pulley.hpp"

namespace sheave::hal::modbus {

class DriveAxis {
 public:
  /// `link` and `profile` outlive the axis. [main]
  DriveAxis(Link& link, const DeviceProfile& profile, std::uint8_t unit, const DriveFacts& facts, Pulley pulley);

  /// Starts this period's requests. After Link::begin(), before Link::flush(). [control]
  void begin(const AxisCommand& command) noexcept;

  /// Starts what goes beside them, if there is something and room for it. After begin() of every axis of the link: the cycle comes
  /// first. Returns whether it did. [control]
  bool begin_beside() noexcept;

  /// Judges what came and fills `state`. [control]
  void finish(AxisState& state) noexcept;

  /// False while a new connection has not shown that it leads to the drive that was commissioned, with its settings; for ever
  /// once they were seen to differ. Meanwhile the set-point may only fall and the drive is not switched on. [control]
  bool verified() const noexcept { return !differs_ && !reconnected_; }

  bool enabled() const noexcept { return state_.drive == DriveState::kOperationEnabled; }
  bool has_panel() const noexcept { return has_panel_; }
  void set_panel(const PanelCommand& command) noexcept { panel_wanted_ = command; }
  PanelState panel() const noexcept { return panel_; }

  std::uint64_t exchanges() const noexcept { return exchanges_; }
  std::uint64_t missed() const noexcept { return missed_; }
  std::uint64_t stale() const noexcept { return stale_; }

 private:
  enum class Beside : std::uint8_t { kNothing, kLamp, kInputs, kCheck, kApart, kReadBack };

  std::uint16_t next_controlword(const AxisCommand& command) noexcept;
  bool start(Beside what, const Request& request) noexcept;
  void finish_beside() noexcept;
  void finish_check() noexcept;
  bool wants_read_back() const noexcept;
  bool start_read_back() noexcept;
  void finish_read_back() noexcept;
  bool start_panel_outputs() noexcept;
  bool panel_changed() const noexcept;

  Link& link_;
  const DeviceProfile& profile_;
  Pulley pulley_;
  CyclePlan plan_;
  std::vector<Check> checks_;
  bool has_panel_;

  std::array<Transaction, 2> cycle_{};
  Transaction beside_{};
  Beside beside_what_ = Beside::kNothing;
  std::uint32_t periods_since_beside_ = 0;
  std::size_t next_look_ = 0;  // at the checks, then at the fields apart
  bool panels_turn_ = false;   // the panel's inputs come every other time: a button must not wait for a round of checks
  std::vector<Request> look_requests_;
  Request panel_inputs_request_{}, panel_outputs_request_{};

  Request read_back_request_{};
  std::uint32_t periods_since_read_back_ = 0;
  std::uint32_t read_back_dice_ = 1;
  std::array<std::uint8_t, kMaxPdu>
      held_{};  // what the drive should give back: the write before, or on a serial line after which it is asked
  std::uint32_t foreign_periods_left_ = 0;

  std::uint16_t seq_ = 0;
  double tension_sent_n_ = 0.0;  // at the handle; of the last command that left
  bool reset_was_high_ = false;
  bool resetting_ = false;
  AxisState state_{};

  std::uint32_t generation_;
  bool reconnected_ = false;
  bool walking_up_ = false;
  bool suspected_ = false;       // a check differed once
  bool differs_ = false;         // and again
  std::size_t checks_good_ = 0;  // in a row since the walk up was asked for, or since the reconnect

  PanelCommand panel_wanted_{}, panel_sent_{};
  bool panel_known_ = false;  // the drive shows panel_sent_
  PanelState panel_{};

  std::uint64_t exchanges_ = 0, missed_ = 0, stale_ = 0;
};

}  // namespace sheave::hal::modbus
