#pragma once
// Kept out of tuning and run once, to judge the coach; since then how much the count weighs against the speed was chosen with these
// people's figures in view, so that the next judgement needs another law.
//
// Written from published measurements, apart from how anything is estimated:
// - Two things tire, not one: strength, which a rep takes and a rest gives back, and what builds up near failure, makes every later rep
//   dearer and every rest slower, and lasts for most of the visit. So a set after a rest begins almost as fast as the first and ends
//   sooner (Miras-Moreno 2022: reps read off a set's speed are about one too many once tired), long sets recover more slowly than short
//   ones (Froyd 2020, Felippe 2020), and warm-ups take next to nothing (Ribeiro 2014).
// - Speed is a straight line of the load over the strength of the moment, everybody's own (Sanchez-Medina 2013, Garcia-Ramos 2019), and
//   the speed of the last rep is another one in each set (Garcia-Ramos 2020).
// - Some days are bad beyond the usual spread (Craven 2022), endurance has days of its own (Mitter 2022), and gains are a logarithm of
//   training age (Steele 2022).
// - Answers are too few, more so further from failure (Halperin 2022, Remmert 2023), with a bias of a person's own. Who failed knows.

#include <cstdint>
#include <optional>

#include "sim/random.hpp"
#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class MeasuredLaw {
 public:
  struct Numbers {
    double top_speed_mps = 1.5, limit_speed_mps = 0.45;  ///< Unloaded, and at the 1RM.
    double limit_spread = 0.14;                          ///< Of the last rep's speed from set to set, relative.
    double slow_start = 0.02;                            ///< What the first rep of a set lacks, relative.
    double endurance = 1.0;                              ///< Reps over those of most people.
    double endurance_spread = 0.07;                      ///< The same, from day to day.
    double load_power = 0.8;                             ///< Of a rep's cost over the load.
    double build_up = 0.036;                             ///< By a rep that leaves none.
    double recovery_s = 38.0;                            ///< Of strength, as long as nothing has built up.
  };
  /// Somebody whole: days, answers and pace too.
  static TraineeSpec draw(Draw& draw, bool light);

  /// @param seed of what differs from day to day and from set to set.
  MeasuredLaw(const Numbers& numbers, std::uint64_t seed) : numbers_(numbers), random_(seed) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  void begin_set();

  Numbers numbers_;
  sim::Random random_;
  double usual_kg_ = 0.0, endurance_ = 1.0;
  double spent_ = 0.0;     // share of strength that is gone
  double built_up_ = 0.0;  // what makes reps dearer and rests slower
  double limit_speed_mps_ = 0.0;
  bool first_ = true;
};

}  // namespace sheave::test
