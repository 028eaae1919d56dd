#pragma once
// A variant of the simulated people, of other forms and numbers than every law beside it. Kept out of tuning and run once, to judge the
// coach; since then looked at, so that the next judgement needs another law.
//
// - What tires is impulse: the load times how long it is held. So slow reps are dear, which the last ones of a set are, and who keeps a
//   pace does fewer, most of all with light loads (Sakamoto and Sinclair 2006). What gathers in the muscle inhibits it in an S: little at
//   first, then much (after Allen, Lamb and Westerblad 2008).
// - A rest clears it the faster the more there is, by its square besides in proportion. Reps near the limit take something of the drive
//   (Gandevia 2001), for minutes: less strength, and every rep dearer, so that a set after a rest begins nearly as fast as the first and
//   ends sooner (Miras-Moreno 2022).
// - Speed falls with a power of effort, everybody's own: about the parabola measured in the bench pull (Sanchez-Medina 2013).
// - Half are women, who are slower with light loads and faster at their limit (Torrejon 2019), do as many reps with a share of the 1RM
//   (Nuzzo 2024) and recover somewhat sooner (Amdi 2021).
// - Now and then somebody stays away for a while, comes back weaker by about a twentieth (McMaster 2013: less in two weeks) and regains it.
// - Answers are off in proportion, to either side, and near the answer before, as judgements of amounts are (Beckstead 2008).

#include <cstdint>
#include <limits>
#include <optional>

#include "sim/random.hpp"
#include "tests/support/laws/draw.hpp"

namespace sheave::test {

struct TraineeSpec;

class ImpulseLaw {
 public:
  struct Numbers {
    bool woman = false;
    double top_speed_mps = 1.9, limit_speed_mps = 0.455;        ///< Unloaded, and at the 1RM.
    double bend = 0.6;                                          ///< Speed falls with effort to the power of this; 1: a straight line.
    double speed_spread = 0.018;                                ///< Of a visit's speeds, relative.
    double pace_mps = std::numeric_limits<double>::infinity();  ///< Never faster.
    double endurance = 1.0, endurance_spread = 0.075;           ///< Impulse over that of most people; from day to day, relative.
    double late = 1.69;                                         ///< How late in a set strength falls.
    double clears = 1.0;                                        ///< In a rest, over what most people's muscles do.
    double tires_drive = 0.0125;                                ///< Share of strength, by a rep that leaves none.
  };
  /// Somebody whole: days, breaks and answers too.
  static TraineeSpec draw(Draw& draw, bool light);

  /// @param seed of what differs from visit to visit.
  ImpulseLaw(const Numbers& numbers, double rom_m, std::uint64_t seed) : numbers_(numbers), rom_m_(rom_m), random_(seed) {}

  void come(double one_rm_kg, double form);
  void rest(double duration_s);
  std::optional<double> pull(double load_kg);

 private:
  Numbers numbers_;
  double rom_m_;
  sim::Random random_;
  double usual_kg_ = 0.0, endurance_ = 1.0, quick_ = 1.0;
  double gathered_ = 0.0;    // strength is half where this is 1
  double drive_lost_ = 0.0;  // share of strength
};

}  // namespace sheave::test
