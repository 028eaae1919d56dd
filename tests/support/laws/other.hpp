#pragma once
// Another curve of reps over load for everybody, speed that ends at a person's own slowest, another recovery, and one in five who pulls at
// a set pace until it hurts.

#include <optional>

#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class OtherLaw {
 public:
  struct Numbers {
    double top_speed_mps = 1.45, slowest_mps = 0.33;  ///< Slowest: of a rep that leaves none.
    double curve = 1.0;                               ///< Exponent of reps over load.
    double per_rep = 1.0 / 30.0;                      ///< Fatigue of one rep.
  };
  /// Of somebody who has what everybody has.
  static void draw(Draw& draw, TraineeSpec& spec);

  explicit OtherLaw(const Numbers& numbers) : numbers_(numbers) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  double capacity_reps(double load_kg) const;

  Numbers numbers_;
  double usual_kg_ = 0.0;
  double fast_ = 0.0, slow_ = 0.0;  // shares of strength that are gone
};

}  // namespace sheave::test
