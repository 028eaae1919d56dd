#pragma once
// How many reps a person can do over the load, as a curve of their own. Nobody's is known beforehand: by Epley's relation (1985) a tenth
// less weight is four reps more at eight, by Lombardi's (1989) ten; people lie between and beyond. Both agree on what ten reps are of
// one, and differ in the slope there, which is what a step of weight is reckoned by.

namespace sheave::progressions {

class Curve {
 public:
  /// @param epley from 0, Lombardi's shape, to 1, Epley's; a little beyond either, -0.1 to 1.2, is a curve too.
  explicit Curve(double epley = 1.0) : epley_(epley) {}

  /// ln(1RM / load) where `reps` can be done. Fewer than half a rep are half a rep.
  double log_share(double reps) const;
  /// Of log_share, per rep; > 0.
  double slope(double reps) const;
  /// Of log_share, by the share of Epley's shape.
  static double slope_by_epley(double reps);
  /// The reps at which log_share() is that; at most kMostReps.
  double reps(double log_share) const;

  static constexpr double kMostReps = 200.0;

 private:
  double epley_;
};

}  // namespace sheave::progressions
