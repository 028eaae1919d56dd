#pragma once
// Whether what a drive says can be true at all, before anything is computed from it.

#include <cstdint>

#include "controller/core/machine.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::control {

/// One per cable. [control]
class SignalCheck {
 public:
  SignalCheck(const Machine& machine, const hal::StackInfo& info) noexcept;

  struct Result {
    bool usable = false;   ///< Fresh, finite, in range, and where a cable can have got to since the last good sample.
    bool jumping = false;  ///< The third sample in a row that is not.
  };

  /// @param dt_ns host time since the last tick.
  Result check(const hal::AxisState& state, std::int64_t dt_ns) noexcept;

 private:
  bool plausible(const hal::AxisState& state) const noexcept;

  double travel_m_, speed_max_mps_, tension_max_n_;
  bool has_last_ = false;
  double last_extension_m_ = 0.0;
  std::uint32_t last_sample_time_us_ = 0;
  std::int64_t since_last_ns_ = 0;
  int rejected_ = 0;
};

}  // namespace sheave::control
