// That these people are as the sources say people are. Nothing here knows how anything is estimated.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "tests/support/laws/population.hpp"
#include "tests/support/trainee.hpp"

namespace sheave::test {
namespace {

constexpr Law kLaw = Law::kMeasured;

const MeasuredLaw::Numbers& body(const TraineeSpec& spec) { return std::get<MeasuredLaw::Numbers>(spec.numbers); }

TEST(MeasuredTrainee, WhatIsLeftIsWhatWouldBePulled) {
  of_everybody(kLaw, [](const TraineeSpec& spec, Trainee trainee) {
    trainee.pull(0.7 * spec.one_rm_kg);
    const int left = trainee.reps_left(0.7 * spec.one_rm_kg);
    EXPECT_EQ(left, to_failure(trainee, 0.7 * spec.one_rm_kg));
    return 0.0;
  });
}

// Sanchez-Medina 2013, Garcia-Ramos 2019 (median r 0.986 of one person's line), Perez-Castilla 2021.
TEST(MeasuredTrainee, SpeedFallsInAStraightLineToASpeedOfOnesOwn) {
  std::vector<double> limits_mps, light_mps, bends;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Trainee trainee(quiet(draw_trainee(kLaw, false, person)), person);
    trainee.come();
    const double at40 = fresh_speed_mps(trainee, 0.40), at625 = fresh_speed_mps(trainee, 0.625), at85 = fresh_speed_mps(trainee, 0.85);
    limits_mps.push_back(fresh_speed_mps(trainee, 0.999));
    light_mps.push_back(at40);
    bends.push_back(std::abs(at625 - 0.5 * (at40 + at85)) / (at40 - at85));
  }
  EXPECT_GT(spread(limits_mps).mean, 0.40);
  EXPECT_LT(spread(limits_mps).mean, 0.52);
  EXPECT_NEAR(spread(limits_mps).deviation, 0.10, 0.03);
  EXPECT_NEAR(spread(light_mps).mean, 1.1, 0.12);
  EXPECT_LT(spread(bends).mean, 0.04);
}

// Garcia-Ramos 2020: the last rep's speed is near that of the 1RM in the mean, and differs from set to set by about a fifth in the bench
// press, whose last reps are slower than a row's.
TEST(MeasuredTrainee, TheLastRepIsAsSlowAsTheLimitAndAnotherInEachSet) {
  std::vector<double> over_limit, variations;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    const TraineeSpec spec = draw_trainee(kLaw, false, person);
    if (spec.pace_mps < kAnySpeed_mps) continue;
    Trainee trainee(spec, person);
    std::vector<double> lasts_mps;
    for (int set = 0; set < 12; ++set) {
      trainee.come();
      double last_mps = 0.0;
      while (const auto speed_mps = trainee.pull(0.8 * trainee.one_rm_kg())) last_mps = *speed_mps;
      lasts_mps.push_back(last_mps);
    }
    over_limit.push_back(spread(lasts_mps).mean / body(spec).limit_speed_mps);
    variations.push_back(spread(lasts_mps).deviation / spread(lasts_mps).mean);
  }
  EXPECT_NEAR(spread(over_limit).mean, 1.05, 0.07);
  EXPECT_NEAR(spread(variations).mean, 0.14, 0.04);
}

// Garcia-Ramos 2019: 2.6 to 7.6 % from test to test, and 6 % at the 1RM.
TEST(MeasuredTrainee, OneRepsSpeedIsNoisierWhenSlow) {
  EXPECT_NEAR(speed_variation(kLaw, 0.4), 0.0255, 0.006);
  EXPECT_NEAR(speed_variation(kLaw, 0.999), 0.06, 0.015);
}

// Miras-Moreno 2022: at the same speed about one rep less once tired.
TEST(MeasuredTrainee, ATiredSetBeginsFastAndEndsSooner) {
  std::vector<double> fewer;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Trainee trainee(quiet(draw_trainee(kLaw, false, person)), person);
    trainee.come();
    const double load_kg = 0.75 * trainee.one_rm_kg() * trainee.form();
    to_failure(trainee, load_kg);
    trainee.rest(180.0);
    const double once_kg = trainee.once_kg();
    Trainee fresh(quiet(draw_trainee(kLaw, false, person)), person);
    fresh.come();
    const double as_heavy_kg = load_kg / once_kg * fresh.one_rm_kg() * fresh.form();  // as fast when fresh
    fewer.push_back(fresh.reps_left(as_heavy_kg) - trainee.reps_left(load_kg));
  }
  EXPECT_NEAR(spread(fewer).mean, 1.2, 0.8);
}

// Ribeiro 2014: no fewer reps after any warm-up than after none.
TEST(MeasuredTrainee, WarmUpsTakeNextToNothing) {
  const double lost = spread(of_everybody(kLaw, [](const TraineeSpec& spec, Trainee trainee) {
                        const int rested = trainee.reps_left(0.75 * spec.one_rm_kg);
                        for (const auto& [share, reps] : {std::pair{0.40, 8}, std::pair{0.55, 5}, std::pair{0.68, 3}}) {
                          for (int rep = 0; rep < reps; ++rep) trainee.pull(share * spec.one_rm_kg);
                          trainee.rest(90.0);
                        }
                        return static_cast<double>(rested - trainee.reps_left(0.75 * spec.one_rm_kg));
                      })).mean;
  EXPECT_GE(lost, 0.0);
  EXPECT_LT(lost, 0.9);
}

// Grgic 2020: from test to test 4.2 % in the median study, error of the test included; Craven 2022: bad days are worse than good ones good.
TEST(MeasuredTrainee, DaysDifferAndBadOnesMore) {
  std::vector<double> forms;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Trainee trainee(draw_trainee(kLaw, false, person), person);
    for (int day = 0; day < 12; ++day) {
      trainee.come();
      forms.push_back(trainee.form());
    }
  }
  std::ranges::sort(forms);
  EXPECT_NEAR(spread(forms).mean, 1.0, 0.01);
  EXPECT_NEAR(spread(forms).deviation, 0.036, 0.007);
  const double worst = 1.0 - forms[forms.size() / 20], best = forms[forms.size() - forms.size() / 20] - 1.0;
  EXPECT_GT(worst, 1.1 * best);
}

// Steele 2022: a logarithm of training age, 30 to 50 % in a first year.
TEST(MeasuredTrainee, TheNewestGainMostAndEverMoreSlowly) {
  std::vector<double> gains;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Trainee trainee(draw_trainee(kLaw, false, person), person);
    std::vector<double> one_rms_kg;
    for (int day = 0; day < 25; ++day) {
      trainee.come();
      one_rms_kg.push_back(trainee.one_rm_kg());
    }
    EXPECT_GE(one_rms_kg[12] / one_rms_kg[0], one_rms_kg[24] / one_rms_kg[12]);
    gains.push_back(one_rms_kg[12] / one_rms_kg[0] - 1.0);
  }
  std::ranges::sort(gains);
  EXPECT_LT(gains[gains.size() / 4], 0.012);
  EXPECT_GT(gains[gains.size() - gains.size() / 10], 0.04);
  EXPECT_LT(gains.back(), 0.16);
}

// Halperin 2022: 0.95 too few (0.17 to 1.73) over all, less near failure; Remmert 2023 the same in a seated row. "5+" takes the top off.
TEST(MeasuredTrainee, AnswersAreTooFewAndWilderFarFromFailure) {
  const Errors at1 = answers_off(kLaw, 1), at3 = answers_off(kLaw, 3), at5 = answers_off(kLaw, 5);
  EXPECT_NEAR(at1.mean, -0.2, 0.25);
  EXPECT_NEAR(at3.mean, -0.7, 0.3);
  EXPECT_NEAR(at5.mean, -1.35, 0.4);
  EXPECT_LT(at1.absolute, 0.75);
  EXPECT_GT(at3.absolute, at1.absolute + 0.2);
  EXPECT_GT(at5.absolute, at3.absolute + 0.2);
  EXPECT_GT(spread(at3.mean_of_people).deviation, 0.35) << "a bias of one's own";
}

TEST(MeasuredTrainee, WhoFailedKnowsAndSomeNeverAnswer) {
  std::size_t asked = 0, answered = 0, none = 0, silent = 0;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Trainee trainee(draw_trainee(kLaw, false, person), person);
    std::size_t said = 0;
    for (int day = 0; day < 12; ++day) {
      trainee.come();
      to_failure(trainee, 0.8 * trainee.one_rm_kg());
      for (int set = 0; set < 3; ++set, ++asked) {
        const auto answer = trainee.answer(0);
        said += answer.has_value(), none += answer == 0;
      }
    }
    answered += said, silent += said == 0;
  }
  const auto share = [](std::size_t part, std::size_t whole) { return static_cast<double>(part) / static_cast<double>(whole); };
  EXPECT_NEAR(share(answered, asked), 0.57, 0.08);
  EXPECT_GT(share(none, answered), 0.95);
  EXPECT_NEAR(share(silent, kPeople), 0.07, 0.03);
}

TEST(MeasuredTrainee, OneInTenKeepsAPaceUntilNearTheLimit) {
  double paced = 0.0, slowed = 0.0;
  std::vector<double> flat_shares;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    TraineeSpec spec = draw_trainee(kLaw, false, person);
    if (spec.pace_mps == kAnySpeed_mps) continue;
    ++paced;
    spec.speed_noise_mps = 0.0;
    Trainee trainee(spec, person);
    trainee.come();
    double flat = 0.0, reps = 0.0, last_mps = 0.0;
    while (const auto speed_mps = trainee.pull(0.75 * spec.one_rm_kg)) flat += *speed_mps == spec.pace_mps, ++reps, last_mps = *speed_mps;
    slowed += last_mps < spec.pace_mps;
    flat_shares.push_back(flat / reps);
  }
  EXPECT_NEAR(paced / static_cast<double>(kPeople), 0.10, 0.03);
  EXPECT_GT(slowed / paced, 0.85);
  EXPECT_GT(spread(flat_shares).mean, 0.4);
  EXPECT_LT(spread(flat_shares).mean, 0.95);
}

TEST(MeasuredTrainee, FacePullsAreLighterAndSlower) {
  const auto strength = [](const TraineeSpec& spec, const Trainee&) { return spec.one_rm_kg; };
  const auto speed = [](const TraineeSpec& spec, const Trainee&) { return body(spec).limit_speed_mps; };
  EXPECT_NEAR(spread(of_everybody(kLaw, strength)).mean, 68.0, 4.0);
  EXPECT_NEAR(spread(of_everybody(kLaw, strength, true)).mean, 26.0, 2.0);
  EXPECT_LT(spread(of_everybody(kLaw, speed, true)).mean, spread(of_everybody(kLaw, speed)).mean);
}

}  // namespace
}  // namespace sheave::test
