// That people are who they are, and that the simulated ones are the simulator's athlete.

#include "tests/support/trainee.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "controller/core/units.hpp"
#include "tests/scenarios/gym.hpp"

namespace sheave::test {
namespace {

struct AthletesSet {
  std::vector<double> speeds_mps;  ///< As the journal has them.
  double hand_kg = 0.0;            ///< What the hand felt where the pull is hardest: load and friction.
};

/// One set to failure.
AthletesSet athletes_set(double load_kg) {
  sim::Scenario scenario(gym("one_rm_kg=60,reps=0,day_form=1,tempo_concentric_s=0.45"));
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = load_kg;
  create.sets = 1;
  EXPECT_TRUE(scenario.start(create).ok());
  EXPECT_TRUE(scenario.run_session());
  AthletesSet done;
  for (const Rep& rep : scenario.sets().at(0).reps) {
    if (rep.verdict == RepVerdict::kCounted && !rep.assisted) done.speeds_mps.push_back(rep.mean_speed_mps);
  }
  // Where a pull sticks, at its end, friction and load are all there; over the whole of it a little is given back by what moves.
  done.hand_kg = 1.03 * kg_from_newton(scenario.truths().at(0).mean_pull_hand_n);
  return done;
}

TEST(Trainee, TiresAndSlowsAsTheSimulatorsAthleteDoes) {
  for (const double load_kg : {38.0, 42.0, 46.0}) {
    SCOPED_TRACE(load_kg);
    const AthletesSet athlete = athletes_set(load_kg);
    TraineeSpec spec;
    spec.gain_per_visit = spec.day_spread = spec.speed_noise = 0.0;
    Trainee person(spec, 1);
    person.come();
    ASSERT_GE(athlete.speeds_mps.size(), 3u);
    EXPECT_NEAR(person.reps_left(athlete.hand_kg), static_cast<double>(athlete.speeds_mps.size()), 2.0);
    for (std::size_t i = 0; i + 2 < athlete.speeds_mps.size(); ++i) {
      EXPECT_NEAR(person.pull(athlete.hand_kg).value_or(0.0), athlete.speeds_mps[i], 0.25 * athlete.speeds_mps[i]) << "rep " << i + 1;
    }
  }
}

TEST(Trainee, TheSamePersonIsTheSameAgainAndEachLawIsAnother) {
  const auto speeds = [](Law law) {
    const TraineeSpec spec = draw_trainee(law, false, 7);
    Trainee person(spec, 3);
    person.come();
    std::vector<double> all;
    while (const auto speed = person.pull(0.8 * spec.one_rm_kg)) all.push_back(*speed);
    return all;
  };
  EXPECT_EQ(speeds(Law::kSimulated), speeds(Law::kSimulated));
  EXPECT_NE(speeds(Law::kSimulated), speeds(Law::kOther));
  EXPECT_NE(speeds(Law::kLombardi), speeds(Law::kOther));
  EXPECT_NE(speeds(Law::kMayhew), speeds(Law::kLombardi));
  EXPECT_NE(speeds(Law::kMeasured), speeds(Law::kMayhew));
  EXPECT_NE(speeds(Law::kStranger), speeds(Law::kMeasured));
  EXPECT_NE(speeds(Law::kImpulse), speeds(Law::kStranger));
  EXPECT_NE(speeds(Law::kJointed), speeds(Law::kRecruited));
  for (const Law law : {Law::kSimulated, Law::kOther, Law::kLombardi, Law::kMayhew, Law::kMeasured, Law::kStranger, Law::kImpulse}) {
    EXPECT_GE(speeds(law).size(), 3u);
    EXPECT_LE(speeds(law).size(), 20u);
  }
}

}  // namespace
}  // namespace sheave::test
