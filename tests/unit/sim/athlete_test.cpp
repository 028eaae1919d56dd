#include "sim/athlete/athlete.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

AthleteSpec spec_of(const std::string& text) {
  AthleteSpec spec;
  std::string error;
  EXPECT_TRUE(parse_athlete(text, spec, error)) << error;
  return spec;
}

/// A machine without a controller: lamp and load are set by the test.
struct Gym {
  Athlete athlete;
  Rig rig{DriveRating{}, CableParams{}, athlete, 0};
  Panel panel;
  std::uint16_t seq = 0;
  std::vector<double> path;

  Gym(const AthleteSpec& spec, std::uint64_t seed) : athlete(spec, seed) {}

  void run(hal::Lamp lamp, double load_kg, double seconds) {
    panel.lamp = lamp;
    run_at(rig.drive(), seq, load_kg * 9.80665, static_cast<int>(seconds * 1000), [this] {
      rig.step(panel);
      path.push_back(rig.cable().handle_m);
    });
  }
  /// One set from the rest position until the athlete is home again, at most two minutes.
  std::uint32_t set(double load_kg) {
    run(hal::Lamp::kReady, 5.0, 3.0);
    EXPECT_STREQ(athlete.truth().doing, "holding");
    run(hal::Lamp::kActive, load_kg, 1.0);
    for (int i = 0; i < 240 && std::string(athlete.truth().doing) != "resting"; ++i) run(hal::Lamp::kActive, load_kg, 0.5);
    EXPECT_STREQ(athlete.truth().doing, "resting");
    return athlete.truth().reps;
  }
};

TEST(Athlete, RowsItsPrescriptionInAGoodTime) {
  Gym gym(AthleteSpec{}, 1);
  gym.run(hal::Lamp::kRest, 2.0, 1.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "holding");
  EXPECT_NEAR(gym.rig.cable().handle_m, 0.15, 0.005);
  EXPECT_NEAR(gym.rig.cable().handle_mps, 0.0, 0.01);
  double seconds = 0.0;
  while (std::string(gym.athlete.truth().doing) != "resting" && seconds < 60.0) {
    gym.run(hal::Lamp::kActive, 20.0, 0.1);
    seconds += 0.1;
  }
  EXPECT_EQ(gym.athlete.truth().reps, 8U);
  EXPECT_GT(seconds, 19.0);
  EXPECT_LT(seconds, 28.0);
}

TEST(Athlete, PullsTheWholeRangeUnderLoad) {
  Gym gym(AthleteSpec{}, 3);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.path.clear();
  gym.run(hal::Lamp::kActive, 30.0, 20.0);
  std::vector<double> peaks;
  for (std::size_t i = 50; i + 50 < gym.path.size(); ++i) {
    if (gym.path[i] > 0.5 && gym.path[i] >= gym.path[i - 50] && gym.path[i] > gym.path[i + 50] && gym.path[i] >= gym.path[i - 1] &&
        gym.path[i] > gym.path[i + 1])
      peaks.push_back(gym.path[i]);
  }
  ASSERT_GE(peaks.size(), 5U);
  for (const double peak : peaks) EXPECT_NEAR(peak, 0.65, 0.03);
}

TEST(Athlete, CalibratesWithThreePullsAndComesHome) {
  Gym gym(AthleteSpec{}, 2);
  gym.run(hal::Lamp::kCalibrate, 4.0, 15.0);
  EXPECT_EQ(gym.athlete.truth().reps, 3U);
  EXPECT_STREQ(gym.athlete.truth().doing, "holding");
  gym.run(hal::Lamp::kUnloading, 2.0, 4.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_NEAR(gym.rig.cable().handle_m, 0.0, 0.005);
}

TEST(Athlete, TakesTheHandleOutAMetreAndLetsGoWhenTheLampAsksForASelfTest) {
  Gym gym(AthleteSpec{}, 2);
  gym.run(hal::Lamp::kSelfTest, 3.0, 3.6);
  EXPECT_NEAR(gym.rig.cable().handle_m, 1.0, 0.02);
  bool let_go = false;
  for (int i = 0; i < 300 && !let_go; ++i) {
    gym.run(hal::Lamp::kSelfTest, 3.0, 0.01);
    let_go = std::string(gym.athlete.truth().doing) == "let-go";
  }
  EXPECT_TRUE(let_go);
  gym.run(hal::Lamp::kUnloading, 3.0, 5.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_NEAR(gym.rig.cable().handle_m, 0.0, 0.005);
}

TEST(Athlete, TheSameSeedGivesTheSameBits) {
  Gym one(AthleteSpec{}, 42);
  Gym two(AthleteSpec{}, 42);
  Gym other(AthleteSpec{}, 43);
  for (Gym* gym : {&one, &two, &other}) {
    gym->run(hal::Lamp::kCalibrate, 4.0, 15.0);
    gym->run(hal::Lamp::kRest, 2.0, 5.0);
    gym->set(35.0);
  }
  EXPECT_EQ(one.path, two.path);
  EXPECT_NE(one.path, other.path);
}

// Epley: load = 1RM / (1 + reps / 30). Friction of the machine is felt on top of the load, so it is part of it here.
TEST(Athlete, RepsToFailureFollowThePublishedCurve) {
  for (const double share : {0.65, 0.75, 0.85, 0.95}) {
    const double epley = 30.0 * (1.0 / share - 1.0);
    Gym gym(spec_of("one_rm_kg=80,reps=0,day_form=1"), 5);
    const double friction_kg = 18.5 / 9.80665;
    const std::uint32_t reps = gym.set(80.0 * share - friction_kg);
    EXPECT_NEAR(reps, epley, 2.0 + 0.15 * epley) << share;
  }
}

TEST(Athlete, TheStrongerOneDoesMore) {
  std::uint32_t before = 0;
  for (const char* spec : {"one_rm_kg=50,reps=0", "one_rm_kg=60,reps=0", "one_rm_kg=75,reps=0"}) {
    Gym gym(spec_of(spec), 9);
    const std::uint32_t reps = gym.set(40.0);
    EXPECT_GT(reps, before) << spec;
    before = reps;
  }
}

TEST(Athlete, IsSlowerWhenTiredAndRecoversInARest) {
  Gym gym(spec_of("one_rm_kg=60,reps=0"), 11);
  const double fresh_n = gym.athlete.truth().strength_n;
  const std::uint32_t first = gym.set(42.0);
  const double tired_n = gym.athlete.truth().strength_n;
  EXPECT_LT(tired_n, fresh_n * 0.9);
  gym.run(hal::Lamp::kRest, 2.0, 90.0);
  EXPECT_GT(gym.athlete.truth().strength_n, tired_n * 1.1);
  const std::uint32_t second = gym.set(42.0);
  EXPECT_LT(second, first);
  EXPECT_GE(second, 2U);
}

/// What is left after `reps` whole pulls at a share of the 1RM, or as many as succeed, and a rest.
double left_after(int reps, double load_share, double rest_s) {
  Strength strength({});
  const double fresh_n = strength.left_n();
  for (int i = 0; i < reps && strength.left_n() >= load_share * fresh_n; ++i) strength.pull(1.0, load_share * fresh_n, 0.5);
  for (double t_s = 0.0; t_s < rest_s; t_s += 0.5) strength.rest(0.5);
  return strength.left_n() / fresh_n;
}

TEST(Strength, OnlyRepsNearTheLimitLast) {
  constexpr double kRest_s = 180.0;
  EXPECT_GT(left_after(8, 0.5, kRest_s), 0.99);
  EXPECT_GT(left_after(3, 0.7, kRest_s), 0.99);
  EXPECT_LT(left_after(20, 0.75, kRest_s), 0.95);
  EXPECT_LT(left_after(20, 0.75, kRest_s), left_after(5, 0.75, kRest_s) - 0.03);
}

TEST(Athlete, FailsWhereItIsTooHeavyAndHoldsUntilTheLoadIsTaken) {
  Gym gym(spec_of("one_rm_kg=40,reps=0"), 4);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.run(hal::Lamp::kActive, 48.0, 3.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "failing");
  EXPECT_EQ(gym.athlete.truth().reps, 0U);
  gym.run(hal::Lamp::kUnloading, 2.0, 4.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
}

TEST(Athlete, FacePullHoldsAtThePeak) {
  Gym gym(spec_of("style=face-pull,reps=2"), 6);
  gym.run(hal::Lamp::kReady, 4.0, 3.0);
  gym.path.clear();
  gym.run(hal::Lamp::kActive, 8.0, 10.0);
  int near_peak_ms = 0;
  for (const double x : gym.path) near_peak_ms += x > 0.15 + 0.40 ? 1 : 0;
  EXPECT_EQ(gym.athlete.truth().reps, 2U);
  EXPECT_GT(near_peak_ms, 2 * 900);
}

TEST(Athlete, LetsGoOnDemandAndTheHandleComesHomeUnderTheLimit) {
  Gym gym(spec_of("let_go_rep=2"), 8);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.run(hal::Lamp::kActive, 30.0, 10.0);
  EXPECT_EQ(gym.athlete.truth().reps, 1U);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_NEAR(gym.rig.cable().handle_m, 0.0, 0.005);
}

TEST(Athlete, StopsAtTheEndBeepAndWhenAbsentDoesNothing) {
  Gym gym(AthleteSpec{}, 8);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.run(hal::Lamp::kActive, 20.0, 8.0);
  gym.panel.beep = hal::Beep::kEnd;
  ++gym.panel.beep_seq;
  gym.run(hal::Lamp::kActive, 20.0, 8.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_LT(gym.athlete.truth().reps, 5U);

  Gym nobody(spec_of("absent"), 8);
  nobody.run(hal::Lamp::kReady, 5.0, 5.0);
  EXPECT_STREQ(nobody.athlete.truth().doing, "absent");
  EXPECT_NEAR(nobody.rig.cable().handle_m, 0.0, 0.001);
}

// The controller died and the drive released: the lamp still says "pull", but there is nothing to pull.
TEST(Athlete, RacksWhenTheLoadIsGone) {
  Gym gym(AthleteSpec{}, 8);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.run(hal::Lamp::kActive, 40.0, 4.0);
  for (int i = 0; i < 6000; ++i) gym.rig.step(gym.panel);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_LT(gym.athlete.truth().reps, 4U);
  EXPECT_LT(gym.rig.cable().handle_m, 0.01);
}

// Drive faulted, no take-up: the person still puts the handle back.
TEST(Athlete, CarriesTheHandleHomeAlongASlackCable) {
  Gym gym(AthleteSpec{}, 8);
  gym.run(hal::Lamp::kReady, 5.0, 3.0);
  gym.rig.drive().trip(0x2310);
  gym.run(hal::Lamp::kFault, 0.0, 4.0);
  EXPECT_STREQ(gym.athlete.truth().doing, "resting");
  EXPECT_LT(gym.rig.cable().handle_m, 0.01);
}

TEST(AthleteSpec, NamesTheBadKeyAndTheRemedy) {
  AthleteSpec spec;
  std::string error;
  EXPECT_FALSE(parse_athlete("one_rm=5", spec, error));
  EXPECT_NE(error.find("no key \"one_rm\""), std::string::npos);
  EXPECT_NE(error.find("one_rm_kg"), std::string::npos);
  EXPECT_FALSE(parse_athlete("rom_m=abc", spec, error));
  EXPECT_NE(error.find("0.05 to 2"), std::string::npos);
  EXPECT_FALSE(parse_athlete("style=squat", spec, error));
  EXPECT_TRUE(parse_athlete("rom_m=0.3,style=face-pull", spec, error));
  EXPECT_DOUBLE_EQ(spec.rom_m, 0.3);
  EXPECT_DOUBLE_EQ(spec.hold_s, 1.0);
}

}  // namespace
}  // namespace sheave::sim
