#pragma once
// As the simulator's athlete: sim/athlete/strength.hpp, whose force-velocity line sets every speed.

#include <optional>

#include "sim/athlete/strength.hpp"

namespace sheave::test {

class SimulatedLaw {
 public:
  struct Numbers {
    double top_speed_mps = 2.0;
    double intent_s = 0.45;       ///< Of an unloaded pull: as fast as it goes; longer: at a set pace.
    double per_rep = 1.0 / 30.0;  ///< Fatigue of one rep.
  };

  SimulatedLaw(const Numbers& numbers, double rom_m) : numbers_(numbers), rom_m_(rom_m) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  Numbers numbers_;
  double rom_m_;
  sim::Strength strength_{{}};
};

}  // namespace sheave::test
