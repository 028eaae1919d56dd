#pragma once
// Reps by an exponential of the load (Mayhew), strength that each set takes for the whole visit, speed by a power of what is to spare,
// people who say far too few or far too many, one in eight who says nothing at all, and one in ten at a set pace.

#include <optional>

#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class MayhewLaw {
 public:
  struct Numbers {
    double top_speed_mps = 1.6, slowest_mps = 0.26;  ///< Slowest: of a rep that leaves none.
    double span = 0.42, decay = 0.055;               ///< Load over 1RM falls by `span` e^-`decay` reps.
    double set_cost = 0.015;                         ///< Share of strength that a set takes for the rest of the visit.
  };
  /// Of somebody who has what everybody has.
  static void draw(Draw& draw, TraineeSpec& spec);

  explicit MayhewLaw(const Numbers& numbers) : numbers_(numbers) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  /// Load over what could be pulled once, where `reps` can be.
  double share_of(double reps) const;

  Numbers numbers_;
  double usual_kg_ = 0.0;
  double fast_ = 0.0, slow_ = 0.0;  // shares of strength that are gone
};

}  // namespace sheave::test
