#pragma once
// Whether one cable, its drive and its sensors behave as physics and their own words say.

#include <cstdint>

#include "controller/safety/envelope.hpp"
#include "controller/safety/input.hpp"

namespace sheave::safety {

/// One per cable. Pure: time comes with the input. [control]
class AxisMonitor {
 public:
  explicit AxisMonitor(const EnvelopeConfig& config, double max_speed_mps) noexcept : config_(config), max_speed_mps_(max_speed_mps) {}

  /// @param state the machine's, of the last tick.
  void step(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept;

 private:
  void check_drive(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept;
  void check_encoder(const AxisInput& axis, std::int64_t dt_ns, ConditionSet& found) noexcept;
  void check_speed(const AxisInput& axis, std::int64_t dt_ns, ConditionSet& found) noexcept;
  void check_handle(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept;

  EnvelopeConfig config_;
  double max_speed_mps_;
  bool was_enabled_ = false;
  std::int64_t enabling_ns_ = 0;
  bool has_last_ = false;
  double last_extension_m_ = 0.0;
  double moved_m_ = 0.0;      // leaky sum of position steps
  double predicted_m_ = 0.0;  // leaky sum of velocity x dt
  std::int64_t gap_ns_ = 0;   // since the last usable sample
  double allowed_mps_ = 0.0;
  std::int64_t at_limit_ns_ = 0;
  double follow_mps_ = 0.0;  // follows the speed down as fast as a person can return
};

}  // namespace sheave::safety
