#pragma once
// A second variant of the simulated people: what differs between them, from day to day and from rep to rep is of the same kinds, and all
// the forms are others. Kept out of tuning and run once, to judge the coach; since looked at.
//
// - The back begins a pull and the arms end it, each with a strength of its own; the weaker one now is what fails. Arms tire sooner: at
//   80 % of the 1RM people curl 7.6 times and pull down 9.8 times (Hoeger 1990). So the back mostly ends heavy sets, and light ones either.
// - A rep takes from each by a power of that one's effort, so that reps follow from load^-power less load: at a power of 0 the straight line
//   of Brzycki (1993). With people's own powers and arms about those of Nuzzo (2024).
// - What each set took fades by a power of the time since, apart from every other set: most of it in a minute or two, the rest hardly
//   within the visit. Parts of seconds to many minutes are known (Carroll 2017); that one power spans them is plain plausibility. While it
//   lasts reps are dearer, so that a set ends sooner than its first speed tells (Miras-Moreno 2022).
// - Each joint's speed falls with its effort by an exponential, bent one's own way; half of the way is each one's, so that the tired one
//   slows the whole late in a set. At the 1RM as published for rows (Perez-Castilla 2021).
// - Days come in stretches of good and bad ones. Answers level off with what is left (after Halperin 2022), are a visit's own amount off
//   besides, and on some visits there are none. Sizes of these are plain plausibility.

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class JointedLaw {
 public:
  struct Numbers {
    double limit_speed_mps = 0.365, top_speed_mps = 1.55;  ///< Of a joint at its limit, and unloaded.
    double bend = 0.3;                                     ///< Of speed over what is to spare; near 0: a straight line.
    double arms = 1.10;                                    ///< Their strength over the back's.
    double back_tires = 0.0275, arms_tire = 0.0358;        ///< Share of its strength, by a rep that leaves none.
    double by_effort = 1.8;                                ///< Less by this power of effort.
    double fades_s = 36.0;                                 ///< What a set took begins to fade, and how soon.
  };
  /// Of somebody who has what everybody has.
  static void draw(Draw& draw, TraineeSpec& spec);

  explicit JointedLaw(const Numbers& numbers);

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  static constexpr std::size_t kJoints = 2;  // back and arms

  struct Set {
    std::array<double, kJoints> took{};  ///< Share of a joint's strength.
    double ago_s = 0.0;
  };

  /// Of what this visit's earlier sets took.
  double lasting(std::size_t joint) const;

  Numbers numbers_;
  std::array<double, kJoints> fresh_{}, tires_{};  // fresh: over the 1RM, and the weaker is 1
  double usual_kg_ = 0.0;
  std::vector<Set> before_;
  Set now_;
};

}  // namespace sheave::test
