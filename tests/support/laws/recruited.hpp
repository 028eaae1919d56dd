#pragma once
// A variant of the simulated people in body alone: what differs between them, from day to day and from rep to rep is of the same kinds, and
// all the forms are others. Kept out of tuning and run once, to judge the coach; since
// looked at.
//
// - A muscle is a row of units, recruited from the smallest on until they hold the load (Henneman 1965); those that hold it tire, the larger
//   sooner, and others take over until none is left (after Potvin and Fuglevand 2017). Reps to failure follow from that alone: about those
//   of Nuzzo (2024), and between people his 2.5 at 80 % of the 1RM.
// - The larger a unit, the slower a rest gives it back, from a quarter of a minute to seven: such parts are known (Carroll 2017), that they
//   go by size is plain plausibility. So a light set, which the large ones sat out, is soon forgotten, and a hard one lasts.
// - Speed is a parabola of the load over the strength of the moment (Sanchez-Medina 2013), bent either way or straight, one's own; at the
//   1RM as published for rows (Perez-Castilla 2021).
// - Answers are a little too many near failure and too few far from it. Days resemble the day before somewhat.

#include <array>
#include <cstddef>
#include <optional>

#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class RecruitedLaw {
 public:
  struct Numbers {
    double limit_speed_mps = 0.40;           ///< At the 1RM.
    double slope_mps = 1.10;                 ///< More, by the share of strength to spare,
    double bend_mps = 0.0;                   ///< and by its square.
    double tires = 0.0367;                   ///< Of the largest unit's force, by a rep that it holds: about the share that goes.
    double by_size = 0.20;                   ///< Smaller ones tire by this power of their rank.
    double small_s = 15.0, large_s = 430.0;  ///< Recovery of the smallest unit, and how much longer that of the largest takes.
  };
  /// Of somebody who has what everybody has.
  static void draw(Draw& draw, TraineeSpec& spec);

  explicit RecruitedLaw(const Numbers& numbers);

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  static constexpr std::size_t kUnits = 16;

  double strength() const;  ///< Share of the fresh.

  Numbers numbers_;
  double usual_kg_ = 0.0;
  std::array<double, kUnits> tires_{}, recovery_s_{};
  std::array<double, kUnits> fresh_{};  // share of each one's force that is there, from the smallest on
};

}  // namespace sheave::test
