#pragma once
// What each load profile promises the hand, written a second time from its description alone: of where the handle really is and how it
// really moves, as a witness beside the machine would see it. Shares no code with plugins, tick or estimator.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sheave::test {

/// One millisecond of the truth. `place_m` is the cable's at the drum, which is what a machine can hold; the handle's differs by the
/// stretch of the rope.
struct Moved {
  double place_m = 0.0, speed_mps = 0.0, acceleration_mps2 = 0.0;
};

/// The range of motion that the set was run with.
struct Range {
  double start_m = 0.0, end_m = 1.0;
  double share(double place_m) const { return (place_m - start_m) / (end_m - start_m); }
};

/// What the profile adds to the load, tick by tick; remembers what it must.
class IntendedCurve {
 public:
  virtual ~IntendedCurve() = default;
  /// @return the tension that is promised [N]. Called once per millisecond.
  virtual double force_n(const Moved& now) = 0;
};

struct CurveSetting {
  double load_n = 0.0;
  double own_mass_kg = 0.0;  ///< The machine's, with the handle's.
  Range range;
  std::map<std::string, double> params;  ///< As given to the profile; what is missing is the profile's default.
};

/// Null for a profile that this witness does not know.
std::unique_ptr<IntendedCurve> intended_curve(const std::string& profile, const CurveSetting& setting);

}  // namespace sheave::test
