#pragma once
// Reps by a power of the load (Lombardi), speed by the logarithm of what is left, days that resemble the day before, answers that grow too
// slowly and slip, and one in six at a set pace.

#include <optional>

#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class LombardiLaw {
 public:
  struct Numbers {
    double top_speed_mps = 1.35, slowest_mps = 0.30;  ///< Slowest: of a rep that leaves none.
    double power = 0.10;                              ///< 1RM = load x reps^power.
  };
  /// Of somebody who has what everybody has.
  static void draw(Draw& draw, TraineeSpec& spec);

  explicit LombardiLaw(const Numbers& numbers) : numbers_(numbers) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  Numbers numbers_;
  double usual_kg_ = 0.0;
  double fast_ = 0.0, slow_ = 0.0;  // shares of strength that are gone
};

}  // namespace sheave::test
