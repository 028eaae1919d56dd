#pragma once
// How long the handle was held at the peak of a pull, measured tick by tick.

#include <cstdint>
#include <limits>

#include "handle.hpp"

namespace sheave::exercises {

/// What counts as holding.
struct HoldRule {
  double band = 0.05;      ///< Distance from the peak, in the unit of `position`: a share of the range, or metres.
  double slow_mps = 0.05;  ///< A slower handle is being held.
};

class PeakHold {
 public:
  /// The movement before was judged: the next tick begins another.
  void reset() noexcept { *this = PeakHold(); }

  /// @param position share of the range, or metres where no range is known.
  /// The time adds up over short trembles out of the rule; a further pull of more than the band begins the hold anew.
  void update(double position, double speed_mps, std::int64_t dt_ns, const HoldRule& rule) noexcept;

  /// The handle's next tick. @param rule its band as a share of the range; where none is known, 20 mm are held.
  void follow(const Handle& handle, std::int64_t dt_ns, const HoldRule& rule) noexcept;

  double hold_s() const noexcept { return hold_s_; }

 private:
  double peak_ = -std::numeric_limits<double>::infinity();
  double anchor_ = std::numeric_limits<double>::infinity();  // the peak when this hold began
  double hold_s_ = 0.0;
};

}  // namespace sheave::exercises
