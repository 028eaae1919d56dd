// That these people are who they are, and what is special about them as the sources say. Nothing here knows how anything is estimated.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "tests/support/laws/population.hpp"
#include "tests/support/trainee.hpp"

namespace sheave::test {
namespace {

constexpr Law kLaw = Law::kJointed;
constexpr int kVisits = 60;

TEST(JointedTrainee, TheSameSeedIsTheSamePerson) {
  const auto course = [](Law law, std::uint64_t seed) {
    Trainee trainee(draw_trainee(law, true, seed), seed);
    std::vector<double> all;
    for (int visit = 0; visit < 3; ++visit) {
      trainee.come();
      while (const auto speed_mps = trainee.pull(0.7 * trainee.one_rm_kg())) all.push_back(*speed_mps);
      all.push_back(trainee.answer(0).value_or(-1));
    }
    return all;
  };
  EXPECT_EQ(course(kLaw, 5), course(kLaw, 5));
  EXPECT_NE(course(kLaw, 5), course(kLaw, 6));
  EXPECT_NE(course(kLaw, 5), course(Law::kRecruited, 5));
}

// Hoeger 1990: 7.6 curls to 9.8 pulldowns at 80 % of either's 1RM, 15.3 to 19.7 at 60.
TEST(JointedTrainee, ArmsAloneDoFewerRepsThanTheBackAlone) {
  for (const double share : {0.6, 0.8}) {
    const auto reps_with = [share](double arms) {
      TraineeSpec spec;
      spec.gain_per_visit = spec.day_spread = 0.0;
      spec.numbers = JointedLaw::Numbers{.arms = arms};
      Trainee trainee(spec, 1);
      trainee.come();
      return static_cast<double>(trainee.reps_left(share * spec.one_rm_kg));
    };
    EXPECT_NEAR(reps_with(0.5) / reps_with(2.0), 0.78, 0.05) << share;
  }
}

// Miras-Moreno 2022: about one rep too many is read off the speed of somebody tired.
TEST(JointedTrainee, ASetAfterARestEndsSoonerThanItsFirstSpeedTells) {
  const Spread fewer = of_quiet(kLaw, [](Trainee trainee) {
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

// As wide as the simulated people's, whose days have nothing to do with each other.
TEST(JointedTrainee, DaysComeInStretches) {
  std::vector<double> after, forms;
  of_everybody(kLaw, [&](const TraineeSpec& spec, Trainee trainee) {
    double last = (trainee.form() - 1.0) / spec.day_spread;
    for (int visit = 1; visit < kVisits; ++visit, last = forms.back()) {
      trainee.come();
      forms.push_back((trainee.form() - 1.0) / spec.day_spread);
      after.push_back(last * forms.back());
    }
    return 0.0;
  });
  EXPECT_NEAR(spread(forms).mean, 0.0, 0.05);
  EXPECT_NEAR(spread(forms).deviation, 1.0, 0.05);
  EXPECT_NEAR(spread(after).mean, 0.30, 0.05);
}

// As many as of the simulated people; of who answers at all, half go by visits.
TEST(JointedTrainee, AnswersAreMissingAndOffByTheVisit) {
  constexpr int kAsked = 8;
  std::vector<double> silent, offs;
  const auto missing = of_everybody(kLaw, [&](const TraineeSpec& spec, Trainee trainee) {
    double none = 0.0;
    std::vector<double> of_visits;
    for (int visit = 0; visit < kVisits; ++visit, trainee.come()) {
      int answers = 0;
      double sum = 0.0;
      for (int set = 0; set < kAsked; ++set) {
        const std::optional<int> said = trainee.answer(3);
        if (said) ++answers, sum += *said;
      }
      none += 1.0 - answers / static_cast<double>(kAsked);
      if (spec.answering.missing < 1.0) silent.push_back(answers == 0 ? 1.0 : 0.0);
      if (answers > 4) of_visits.push_back(sum / answers);
    }
    if (!of_visits.empty()) offs.push_back(spread(of_visits).deviation);
    return none / kVisits;
  });
  EXPECT_NEAR(spread(missing).mean, 0.335, 0.04);
  EXPECT_NEAR(spread(silent).mean, 0.175, 0.02);
  EXPECT_GT(spread(offs).mean, 0.40);  // of seven answers whose noise is 0.95 the mean has 0.36
  EXPECT_LT(spread(offs).mean, 0.55);
}

}  // namespace
}  // namespace sheave::test
