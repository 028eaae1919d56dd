// Of the same people: that they are who they are, and that what differs from visit to visit, and what they say, is as meant.

#include <gtest/gtest.h>

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

// Halperin 2022: too few in the mean, hardly near failure. "5+" takes the top off.
TEST(JointedTrainee, AnswersAreOffByAboutARepAndTooFewFarFromFailure) {
  const Errors at1 = answers_off(kLaw, 1), at3 = answers_off(kLaw, 3);
  EXPECT_NEAR(at1.mean, 0.05, 0.2);
  EXPECT_NEAR(at3.mean, -0.4, 0.2);
  EXPECT_LT(at1.absolute, 0.85);
  EXPECT_GT(at3.absolute, at1.absolute + 0.1);
  EXPECT_GT(spread(at1.mean_of_people).deviation, 0.35) << "a bias of one's own";
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
