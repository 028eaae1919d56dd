#pragma once
// A stack with a bad day: between the control code and the simulated machine, it loses exchanges and falsifies what sensors say.

#include <array>
#include <cstdint>

#include "sim/scenario/simulated_stack.hpp"

namespace sheave::sim {

/// How the drives' answers lie, on every cable.
enum class SensorFault : std::uint8_t {
  kNone,
  kNotANumber,  ///< Position and speed.
  kFrozen,      ///< Position stays, speed goes on.
  kJump,        ///< Position is 0.4 m off.
  kFlipped,     ///< Speed has the other sign.
};

/// In force until changed.
struct StackFaults {
  bool request_lost = false;  ///< Nothing reaches the drives, nothing comes back.
  bool answer_lost = false;   ///< The drives obey, and nobody hears of it.
  SensorFault sensor = SensorFault::kNone;
};

/// Not thread-safe; `inner` outlives it.
class FaultStack final : public hal::CableStack {
 public:
  explicit FaultStack(SimulatedStack& inner) : inner_(inner) {}

  StackFaults faults;

  /// As a power cycle of that drive: its settings are the factory's again, which a stack notices and says for good.
  void reboot_drive(std::size_t axis) noexcept;

  hal::OpenError open(std::uint32_t timeout_ms) override { return inner_.open(timeout_ms); }
  void close() noexcept override { inner_.close(); }
  const hal::StackInfo& info() const noexcept override { return inner_.info(); }
  void exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept override;
  void set_panel(const hal::PanelCommand& command) noexcept override { inner_.set_panel(command); }
  hal::PanelState panel() const noexcept override { return inner_.panel(); }
  bool verified() const noexcept override { return inner_.verified() && !settings_lost_; }
  hal::LinkCounters counters() const noexcept override;

  /// What the last exchange was given, whether or not it arrived.
  const hal::AxisCommand& sent(std::size_t axis) const noexcept { return sent_[axis]; }
  /// The most exchanges in a row without a fresh answer, of any cable.
  std::uint32_t longest_miss_run() const noexcept { return longest_run_; }
  /// Periods since a command last reached the drives.
  std::uint32_t silent_periods() const noexcept { return silent_periods_; }

 private:
  void deliver(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept;
  void falsify(hal::AxisState& state, std::size_t axis) noexcept;

  SimulatedStack& inner_;
  std::array<hal::AxisCommand, hal::kMaxAxes> sent_{};
  std::array<double, hal::kMaxAxes> honest_m_{};  // the last extension that was told as it was
  std::uint32_t silent_periods_ = 0;
  std::array<std::uint32_t, hal::kMaxAxes> missed_run_{};
  std::uint32_t longest_run_ = 0;
  std::uint64_t missed_ = 0, lost_ = 0;
  bool settings_lost_ = false;
};

}  // namespace sheave::sim
