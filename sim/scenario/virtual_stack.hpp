#pragma once
// A whole machine without wire and without time: hal::CableStack over drive, cable and athlete, where one exchange is one period.
// So the shipped control code runs as fast as it computes, and the same seed gives the same bits.

#include "sim/scenario/simulated_stack.hpp"

namespace sheave::sim {

class VirtualStack final : public SimulatedStack {
 public:
  explicit VirtualStack(const VirtualStackConfig& config) : SimulatedStack(config) {}

  hal::OpenError open(std::uint32_t timeout_ms) override;
  void close() noexcept override;
  const hal::StackInfo& info() const noexcept override { return info_; }
  /// Commands reach the drives, states are their latest samples, as on the wire; then one period passes. `deadline_ns` is not
  /// looked at.
  void exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept override;
  void pass() noexcept override { run_to(time_ns() + config_.period_ns); }
  void set_panel(const hal::PanelCommand& command) noexcept override;
  hal::PanelState panel() const noexcept override;
  bool verified() const noexcept override { return info_.verified; }
  hal::LinkCounters counters() const noexcept override { return counters_; }

 private:
  hal::StackInfo info_;
  hal::LinkCounters counters_;
};

}  // namespace sheave::sim
