// That these bodies are as the sources, or the ranges that the simulated people have, say. Nothing here knows how anything is estimated.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/laws/population.hpp"
#include "tests/support/trainee.hpp"

namespace sheave::test {
namespace {

constexpr Law kLaw = Law::kJointed;

double todays_kg(const Trainee& trainee, double share) { return share * trainee.one_rm_kg() * trainee.form(); }

/// `figure` of everybody on a first day, as fast as they can and without noise.
template <typename Figure>
Spread of_quiet(Figure figure) {
  return spread(of_everybody(kLaw, [&](const TraineeSpec& spec, const Trainee&) {
    Trainee trainee(quiet(spec), 1);
    trainee.come();
    return static_cast<double>(figure(trainee));
  }));
}

// Nuzzo 2024, between the general table and that of the bench press; between people 2.5 reps at 80 % and 4.4 at 60, test and day included.
TEST(JointedTrainee, RepsToFailureAreThoseOfTheMetaRegression) {
  const auto at = [](double share) {
    return spread(
        of_everybody(kLaw, [share](const TraineeSpec& spec, const Trainee& one) { return one.reps_left(share * spec.one_rm_kg); }));
  };
  const Spread at60 = at(0.6), at70 = at(0.7), at80 = at(0.8), at90 = at(0.9);
  EXPECT_NEAR(at60.mean, 22.5, 2.0);
  EXPECT_NEAR(at70.mean, 14.8, 1.2);
  EXPECT_NEAR(at80.mean, 9.0, 0.8);
  EXPECT_NEAR(at90.mean, 4.5, 0.7);
  EXPECT_NEAR(at60.deviation, 5.2, 1.2);
  EXPECT_NEAR(at80.deviation, 2.5, 0.5);
  EXPECT_LT(at90.deviation, at80.deviation);
}

// Senna 2009: three sets of 10RM come to 7.9 in the mean after 2 min, 9.3 after 5. Miranda 2007: fewer after 1 min than after 3.
TEST(JointedTrainee, SetsToFailureShrinkByTheRestBetweenThem) {
  const auto one = sets_after(kLaw, 60.0, 3), two = sets_after(kLaw, 120.0, 3), five = sets_after(kLaw, 300.0, 3);
  EXPECT_NEAR(one[1], 0.60, 0.06);
  EXPECT_NEAR(two[1], 0.77, 0.05);
  EXPECT_NEAR(spread(two).mean, 0.80, 0.05);
  EXPECT_NEAR(spread(five).mean, 0.93, 0.04);
  for (const auto& sets : {one, two, five}) EXPECT_LT(sets[2], sets[1]);
}

TEST(JointedTrainee, TheLimitIsThe1RmAndALongRestGivesEverythingBack) {
  of_quiet([](Trainee trainee) {
    const double limit_kg = todays_kg(trainee, 1.0);
    EXPECT_NEAR(trainee.once_kg(), limit_kg, 0.001 * limit_kg);
    to_failure(trainee, 0.75 * limit_kg);
    EXPECT_LT(trainee.once_kg(), 0.75 * limit_kg);
    Trainee twice = trainee;
    trainee.rest(90.0);
    twice.rest(30.0), twice.rest(60.0);
    EXPECT_NEAR(twice.once_kg(), trainee.once_kg(), 0.001 * limit_kg);
    trainee.rest(7200.0);
    EXPECT_NEAR(trainee.once_kg(), limit_kg, 0.005 * limit_kg);
    return 0.0;
  });
}

// Ribeiro 2014: no fewer reps with 80 % after ten with half of the load.
TEST(JointedTrainee, AWarmUpTakesLittle) {
  const Spread lost = of_quiet([](Trainee trainee) {
    const double load_kg = todays_kg(trainee, 0.8);
    const int rested = trainee.reps_left(load_kg);
    for (int rep = 0; rep < 10; ++rep) trainee.pull(0.5 * load_kg);
    trainee.rest(90.0);
    return rested - trainee.reps_left(load_kg);
  });
  EXPECT_GE(lost.mean, 0.0);
  EXPECT_LT(lost.mean, 0.75);
}

// Miras-Moreno 2022: about one rep too many is read off the speed of somebody tired.
TEST(JointedTrainee, ASetAfterARestEndsSoonerThanItsFirstSpeedTells) {
  const Spread fewer = of_quiet([](Trainee trainee) {
    const double load_kg = todays_kg(trainee, 0.75);
    std::vector<double> fresh_mps;
    while (const auto speed_mps = trainee.pull(load_kg)) fresh_mps.push_back(*speed_mps);
    trainee.rest(120.0);
    const int left = trainee.reps_left(load_kg);
    const double first_mps = trainee.pull(load_kg).value_or(0.0);
    const auto told = std::count_if(fresh_mps.begin(), fresh_mps.end(), [&](double mps) { return mps <= first_mps; });
    return static_cast<double>(told) + 0.5 - left;  // half a rep: the speed is somewhere between two
  });
  EXPECT_GT(fewer.mean, 0.2);
  EXPECT_LT(fewer.mean, 1.5);
}

// Perez-Castilla 2021 at the 1RM. A tenth keep a pace, as of the simulated people, which is above the slowest they can.
TEST(JointedTrainee, SpeedFallsToThatOfRowsAtThe1Rm) {
  const auto at = [](double share) { return of_quiet([share](const Trainee& trainee) { return fresh_speed_mps(trainee, share); }); };
  const Spread limit = at(0.999);
  EXPECT_NEAR(limit.mean, 0.40, 0.02);
  EXPECT_NEAR(limit.deviation, 0.07, 0.015);
  EXPECT_NEAR(at(0.4).mean, 1.05, 0.08);
  of_quiet([](const Trainee& trainee) {
    for (double share = 0.1; share < 0.95; share += 0.1) {
      EXPECT_GT(fresh_speed_mps(trainee, share), fresh_speed_mps(trainee, share + 0.05));
    }
    return 0.0;
  });
  const auto paced = of_everybody(kLaw, [](const TraineeSpec& spec, const Trainee&) { return spec.pace_mps < kAnySpeed_mps ? 1.0 : 0.0; });
  EXPECT_NEAR(spread(paced).mean, 0.10, 0.03);
}

}  // namespace
}  // namespace sheave::test
