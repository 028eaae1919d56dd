#pragma once
// A whole machine without wire and without time: hal::CableStack over drive, cable and athlete, where one exchange is one period.
// So the shipped control code runs as fast as it computes, and the same seed gives the same bits.

#include <array>
#include <cstdint>
#include <memory>

#include "hal/cable_stack.hpp"
#include "sim/athlete/athlete.hpp"
#include "sim/plant/rig.hpp"

namespace sheave::sim {

struct VirtualStackConfig {
  std::size_t axis_count = 1;
  std::uint32_t period_ms = 1;  ///< Control period; the drive goes on at 1 kHz.
  AthleteSpec athlete;
  std::uint64_t seed = 1;
  DriveRating rating;
  DriveConfig drive;
  CableParams cable;
};

/// Not thread-safe; all on one thread.
class VirtualStack final : public hal::CableStack {
 public:
  explicit VirtualStack(const VirtualStackConfig& config);
  ~VirtualStack() override;

  hal::OpenError open(std::uint32_t timeout_ms) override;
  void close() noexcept override;
  const hal::StackInfo& info() const noexcept override { return info_; }
  /// Commands reach the drives, states are their latest samples, as on the wire; then one period passes. `deadline_ns` is not
  /// looked at.
  void exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept override;
  /// One period in which nothing reached the drives: their watchdogs run on.
  void pass() noexcept;
  void set_panel(const hal::PanelCommand& command) noexcept override;
  hal::PanelState panel() const noexcept override;
  bool verified() const noexcept override { return info_.verified; }
  hal::LinkCounters counters() const noexcept override { return counters_; }

  /// Virtual time since construction.
  std::int64_t time_ns() const noexcept { return time_ns_; }

  // The witness, and the hands that inject faults.
  Rig& rig(std::size_t axis) noexcept;
  const Rig& rig(std::size_t axis) const noexcept;
  Athlete& athlete(std::size_t axis) noexcept;

 private:
  struct Axis;

  VirtualStackConfig config_;
  hal::StackInfo info_;
  hal::LinkCounters counters_;
  Panel panel_;
  std::array<std::unique_ptr<Axis>, hal::kMaxAxes> axes_;
  std::int64_t time_ns_ = 0;
};

}  // namespace sheave::sim
