#pragma once
// Kept out of tuning and run once, to judge the coach; since then looked at, so that the next judgement needs another law.
//
// Two vessels of what a set is done with, after Margaria (1976) and Morton (2006), which follow recovery from hard bouts better than any
// single store (Weigend 2022):
// - A load above a person's critical one takes from the near vessel in proportion to what it is above; under it reps go on for ever
//   (Dinyer 2019, Bergstrom 2021). Strength ends at the critical load where the vessel is empty (Burnley 2009: 30 % of the fresh).
// - Breath fills the near vessel, which levels with a far one. So recovery is fast, then slow, and slower the more sets there were
//   (Chorley 2019 and 2022), and a set after a rest begins almost as strong as the first and ends sooner (Miras-Moreno 2022).
// - Strength holds until little is left, so that speed falls late in a set (after Gonzalez-Badillo 2017, about a third of its loss in the
//   first half).
// - Speed over effort is Hill's (1938) hyperbola, whose bend is one's own and small, as it is for many joints at once (Jaric 2015).
// - Novices are weaker, gain faster, are quicker at their limit (Zourdos 2016) and guess worse (Steele 2017), and more of them keep a pace.
// - Answers go to the middle: a little too many near failure, too few far from it (Halperin 2022; so do coaches', Emanuel 2022).

#include <cstdint>
#include <optional>

#include "sim/random.hpp"
#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class StrangerLaw {
 public:
  struct Numbers {
    double top_speed_mps = 1.82, limit_speed_mps = 0.45;  ///< Unloaded, and at the 1RM.
    double bend = 1.5;                                    ///< Of speed over effort; infinite: a straight line.
    double drive_spread = 0.02;                           ///< Of a set's speeds, relative.
    double critical = 0.30;                               ///< Load over the 1RM.
    double reserve_reps = 6.6;                            ///< At the 1RM and no less, were there strength for them, over 1 - critical.
    double reserve_spread = 0.07;                         ///< The same, from day to day, relative.
    double holds = 0.37;                                  ///< Strength above the critical is what is left to the power of this.
    double refill_s = 120.0, exchange_s = 150.0;          ///< Of the near vessel, by breath and with the far one.
    double far_size = 1.2;                                ///< Over the near vessel's.
  };
  /// Somebody whole: days, answers and pace too.
  static TraineeSpec draw(Draw& draw, bool light);

  /// @param seed of what differs from day to day and from set to set.
  StrangerLaw(const Numbers& numbers, std::uint64_t seed) : numbers_(numbers), random_(seed) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  void begin_set();
  /// Between the vessels and into the near one.
  void flow(double duration_s);

  Numbers numbers_;
  sim::Random random_;
  double usual_kg_ = 0.0, reserve_reps_ = 1.0;
  double near_ = 0.0, far_ = 0.0;  // what the vessels lack, 1: all
  double drive_ = 1.0;
};

}  // namespace sheave::test
