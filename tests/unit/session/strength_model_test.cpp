// The strength model against people whose strength is known, and against what must stay unknown.

#include "controller/session/strength_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "controller/control/effort_watch.hpp"
#include "controller/session/reserve_line.hpp"

namespace sheave::session::test {
namespace {

/// Somebody who pulls 100 kg once, at 0.2 m/s, and an empty handle at 1.4 m/s; 0.036 m/s slower for each rep that is not left.
struct Person {
  double one_rm_kg = 100.0, failure_mps = 0.2, per_kg_mps = -0.012, per_rep_mps = 0.036;
};

PastSet set_of(double load_kg, std::vector<double> speeds_mps, std::uint32_t visit, int answer = -1, SetKind kind = SetKind::kWorking) {
  PastSet set;
  set.load_kg = load_kg;
  set.speeds_mps = std::move(speeds_mps);
  set.visit = visit;
  set.days_ago = 3.5 * visit;
  set.answer = answer;
  set.kind = kind;
  return set;
}

/// `reps` that end with `left`, the first as fast as the load allows.
PastSet worked(const Person& person, double load_kg, int reps, int left, std::uint32_t visit, bool answered = true) {
  std::vector<double> speeds_mps;
  for (int i = reps - 1; i >= 0; --i) speeds_mps.push_back(person.failure_mps + person.per_rep_mps * (left + i));
  return set_of(load_kg, speeds_mps, visit, answered ? left : -1);
}

PastSet warmed(const Person& person, double load_kg, std::uint32_t visit, double form = 1.0) {
  const double speed_mps = person.failure_mps + person.per_kg_mps * (load_kg / form - person.one_rm_kg);
  return set_of(load_kg, {speed_mps, speed_mps, speed_mps, speed_mps}, visit, -1, SetKind::kWarmUp);
}

/// Visits 1 to `visits`: two warm-ups and a working set each.
std::vector<PastSet> trained(const Person& person, std::uint32_t visits, bool answered = true) {
  std::vector<PastSet> sets;
  for (std::uint32_t visit = 1; visit <= visits; ++visit) {
    sets.push_back(worked(person, 76.0, 7, 2, visit, answered));
    sets.push_back(warmed(person, 57.0, visit));
    sets.push_back(warmed(person, 38.0, visit));
  }
  return sets;
}

TEST(StrengthModel, FindsWhatCouldBePulledOnceFromTwoLoadsAndTheOwnSlowestSpeed) {
  const StrengthModel model = strength_model(trained({}, 3));
  ASSERT_TRUE(model.reserve);
  EXPECT_NEAR(model.reserve->failure_mps, 0.2, 0.02);
  EXPECT_NEAR(model.reserve->per_rep_mps, 0.036, 0.012);
  ASSERT_TRUE(model.by_speed_kg.known()) << model.by_speed_kg.unknown_reason;
  EXPECT_LE(model.by_speed_kg.low, 100.0);
  EXPECT_GE(model.by_speed_kg.high, 100.0);
  EXPECT_NEAR(model.by_reps_kg.value, 76.0 * 1.3, 1e-6);
  EXPECT_EQ(model.one_rm_kg.method, "load-velocity-and-reps");
  EXPECT_LT(model.one_rm_kg.high - model.one_rm_kg.low, model.by_reps_kg.high - model.by_reps_kg.low) << "two ways are surer than one";
}

// The speed at the end of a set is not all of the person: where it is far from most people's, the 1RM's is taken to be half as far.
TEST(StrengthModel, AnOwnSlowestSpeedUnlikeOthersIsBelievedByHalf) {
  for (const double failure_mps : {0.2, 0.35, 0.5}) {
    const Person person{.failure_mps = failure_mps};
    const StrengthModel model = strength_model(trained(person, 3));
    ASSERT_TRUE(model.by_speed_kg.known()) << model.by_speed_kg.unknown_reason;
    const double once_mps = 0.5 * (failure_mps + kFailurePrior_mps);
    EXPECT_NEAR(model.by_speed_kg.value, person.one_rm_kg + (once_mps - failure_mps) / person.per_kg_mps, 2.5) << failure_mps;
  }
}

TEST(StrengthModel, TheOwnSlowestSpeedIsAWidePriorUntilAnswersTell) {
  const StrengthModel silent = strength_model(trained({}, 3, false)), told = strength_model(trained({}, 3));
  EXPECT_EQ(silent.failure_mps.unknown_reason, kNotAnswered);
  ASSERT_TRUE(silent.one_rm_kg.known());
  EXPECT_EQ(silent.one_rm_kg.method, "load-velocity");
  EXPECT_GT(silent.by_speed_kg.high - silent.by_speed_kg.low, 1.3 * (told.by_speed_kg.high - told.by_speed_kg.low));
}

TEST(StrengthModel, SaysWhyThereIsNoNumber) {
  EXPECT_EQ(strength_model({}).one_rm_kg.unknown_reason, kNoSets);
  EXPECT_EQ(strength_model({worked({}, 76, 7, 2, 1), worked({}, 76, 7, 2, 2)}).by_speed_kg.unknown_reason, kOneLoad);
  const PastSet tempo = set_of(40, {0.5, 0.5, 0.5, 0.5}, 1), heavier = set_of(70, {0.6, 0.6, 0.6, 0.6}, 2);
  EXPECT_EQ(strength_model({tempo, heavier}).by_speed_kg.unknown_reason, kSpeedDoesNotFall);
  const std::vector<PastSet> scattered{set_of(40, {0.9, 0.9}, 1, -1, SetKind::kWarmUp), set_of(60, {0.3, 0.3}, 2, -1, SetKind::kWarmUp),
                                       set_of(80, {0.7, 0.7}, 3, -1, SetKind::kWarmUp)};
  EXPECT_EQ(strength_model(scattered).by_speed_kg.unknown_reason, kPoorFit);
  const PastSet even = set_of(40, {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, 1, 2);
  EXPECT_EQ(strength_model({even, even}).failure_mps.unknown_reason, kSpeedDoesNotFall);
  EXPECT_EQ(strength_model(trained({}, 3)).form_share.unknown_reason, kNoWarmUp);
  EXPECT_EQ(strength_model(trained({}, 3)).drift_kg_per_week.unknown_reason, kTooFewVisits);
}

TEST(StrengthModel, WhoHoldsATempoIsNotMadeIntoAGiant) {
  const PastSet light = set_of(12, {0.500, 0.501, 0.499, 0.500}, 1), heavier = set_of(20, {0.499, 0.498, 0.499, 0.498}, 0);
  const StrengthModel model = strength_model({heavier, light});
  EXPECT_EQ(model.by_speed_kg.unknown_reason, kSpeedDoesNotFall) << model.by_speed_kg.value;
  EXPECT_FALSE(model.one_rm_kg.known());
}

TEST(StrengthModel, HelpByTheSpotterCountsMoreThanAnAnswer) {
  const Person person;
  PastSet failed = worked(person, 76, 9, 0, 1, false);
  failed.helped = true;
  PastSet boasted = worked(person, 76, 7, 2, 2);
  boasted.answer = 4;  // says four, has two
  const StrengthModel model = strength_model({failed, boasted});
  ASSERT_TRUE(model.reserve);
  EXPECT_NEAR(model.reserve->failure_mps, 0.2, 0.03);
}

TEST(StrengthModel, ReadsTheRepsLeftOffTheLastReps) {
  const Person person;
  const StrengthModel model = strength_model(trained(person, 3));
  for (const int left : {0, 1, 3}) EXPECT_NEAR(reps_left(model, worked(person, 70, 6, left, 0)).value, left, 0.5);
  EXPECT_EQ(reps_left(model, set_of(70, {}, 0)).unknown_reason, kNoSets);
  EXPECT_EQ(reps_left(strength_model({}), worked(person, 70, 6, 2, 0)).unknown_reason, kNotAnswered);
}

TEST(StrengthModel, AnswersThatAreOffToEitherSideTeachTheirMiddle) {
  Person person;
  person.failure_mps = 0.35;  // as is usual
  std::vector<PastSet> sets;
  for (const int said : {0, 4, 1, 3, 2, 0, 4}) {
    sets.push_back(worked(person, 76, 7, 2, static_cast<std::uint32_t>(sets.size()) + 1));
    sets.back().answer = said;
  }
  const StrengthModel model = strength_model(sets);
  ASSERT_TRUE(model.reserve);
  EXPECT_NEAR(reps_left(model, worked(person, 76, 7, 2, 0)).value, 2.0, 0.25) << "what was said on the average";
}

// Published of the speed of the last rep: another one in each set, by a seventh. For such people a slow rep tells little.
TEST(StrengthModel, WhoseSetsEndAtAnotherSpeedEachIsNotReadOffTheirSpeed) {
  const auto error_reps = [](double spread_mps) {
    std::vector<PastSet> sets;
    for (std::uint32_t visit = 1; visit <= 12; ++visit) {
      sets.push_back(worked({}, 76, 7, 2, visit));
      for (double& mps : sets.back().speeds_mps) mps += visit % 2 == 0 ? spread_mps : -spread_mps;
    }
    const StrengthModel model = strength_model(sets);
    EXPECT_TRUE(model.reserve);
    EXPECT_EQ(reps_left(model, sets.front()).known(), spread_mps < 0.05) << "a number that may be two off is none";
    return model.reserve ? model.reserve->error_reps : 0.0;
  };
  EXPECT_LT(error_reps(0.0), 1.0);
  EXPECT_GT(error_reps(0.1), 1.6);
  EXPECT_LT(error_reps(0.02), 1.1) << "as far as answers are off it says nothing of the speed";
}

TEST(StrengthModel, ReadsASetAsTheWatchOfARunningSetDoes) {
  const std::vector<double> speeds_mps{0.50, 0.52, 0.47, 0.49, 0.41, 0.43, 0.33, 0.34, 0.26, 0.24};
  const StrengthModel model = strength_model(trained({}, 3));
  ASSERT_TRUE(model.reserve);
  control::EffortWatch watch;
  watch.reset({.speed_mps = model.reserve->speed_mps(2.0)}, {});
  bool said = false;
  for (std::size_t i = 0; i < speeds_mps.size(); ++i) {
    Rep rep;
    rep.index = static_cast<std::uint32_t>(i + 1);
    rep.mean_speed_mps = speeds_mps[i];
    said = watch.take(rep).few_left || said;
    const PastSet so_far = set_of(76, {speeds_mps.begin(), speeds_mps.begin() + static_cast<std::ptrdiff_t>(i) + 1}, 0);
    if (i == 0) continue;
    EXPECT_EQ(said, reps_left(model, so_far).value <= 2.0) << "rep " << i + 1;
  }
  EXPECT_TRUE(said);
}

/// Of somebody whose speed falls ever faster: `reps` that end with `left`.
PastSet collapsing(int reps, int left, std::uint32_t visit, bool answered = true) {
  std::vector<double> speeds_mps;
  for (int i = reps - 1; i >= 0; --i) speeds_mps.push_back(0.3 + 0.15 * std::log1p(left + i));
  return set_of(70, speeds_mps, visit, answered ? left : -1);
}

TEST(StrengthModel, SpeedMayFallEverFasterTowardTheEnd) {
  const StrengthModel model = strength_model({collapsing(8, 1, 1), collapsing(8, 2, 2), collapsing(8, 1, 3), collapsing(7, 2, 4)});
  ASSERT_TRUE(model.reserve);
  EXPECT_NEAR(model.reserve->failure_mps, 0.3, 0.08) << "it collapses faster than most people's";
  for (const int left : {1, 2}) EXPECT_NEAR(reps_left(model, collapsing(8, left, 0, false)).value, left, 0.6);
  EXPECT_GT(reps_left(model, collapsing(8, 8, 0, false)).value, 4.0) << "far from the end is known to be far, if not how far";
}

TEST(StrengthModel, SetsFarFromTheirEndDoNotTeachASlowOne) {
  std::vector<PastSet> near{collapsing(8, 1, 1), collapsing(8, 2, 2)}, both = near;
  for (std::uint32_t visit = 3; visit <= 8; ++visit) both.push_back(collapsing(8, 12, visit, false));
  const StrengthModel taught = strength_model(near), with_easy = strength_model(both);
  ASSERT_TRUE(taught.reserve && with_easy.reserve);
  EXPECT_GT(with_easy.reserve->per_rep_mps, 0.6 * taught.reserve->per_rep_mps);
}

TEST(StrengthModel, OneAnswerIsEnoughWhereSpeedFallsClearlyAndNoneWhereItHardlyDoes) {
  EXPECT_TRUE(strength_model({worked({}, 76, 7, 2, 1)}).reserve);
  Person even;
  even.per_rep_mps = 0.004;
  EXPECT_EQ(strength_model({worked(even, 76, 7, 2, 1), worked(even, 76, 7, 1, 2)}).failure_mps.unknown_reason, kSpeedDoesNotFall);
}

TEST(StrengthModel, WhoSaysManyWhereTheLineSaysNoneIsBelievedTheSecondTime) {
  const Person person;
  std::vector<PastSet> sets = trained(person, 3);
  const auto says_many = [&](std::uint32_t visit) {
    PastSet set = worked(person, 70, 4, 0, visit);
    set.answer = 5;
    return set;
  };
  sets.insert(sets.begin(), says_many(1));
  EXPECT_TRUE(strength_model(sets).reserve) << "once may be a slip of the finger";
  sets.insert(sets.begin(), says_many(1));
  EXPECT_FALSE(strength_model(sets).reserve);
}

TEST(StrengthModel, TellsTodaysFormFromTheWarmUps) {
  const Person person;
  std::vector<PastSet> sets = trained(person, 3);
  sets.insert(sets.begin(), {warmed(person, 57.0, 0, 0.93), warmed(person, 38.0, 0, 0.93)});
  const StrengthModel model = strength_model(sets);
  ASSERT_TRUE(model.form_share.known()) << model.form_share.unknown_reason;
  EXPECT_NEAR(model.form_share.value, 0.93, 0.02);
  EXPECT_LT(model.form_share.low, 0.93);
  EXPECT_GT(model.form_share.high, 0.93);
}

TEST(StrengthModel, DriftsWithTheWeeks) {
  std::vector<PastSet> sets;
  for (std::uint32_t visit = 1; visit <= 6; ++visit) {
    PastSet set = worked({}, 76.0 - visit, 7, 2, visit);  // a kilogram less each visit back, 3.5 days apart
    sets.push_back(set);
  }
  const Estimate drift = strength_model(sets).drift_kg_per_week;
  ASSERT_TRUE(drift.known());
  EXPECT_NEAR(drift.value, 2.0 * 1.3, 1e-6);
}

SetRecord record(SetEndReason end, StopAnswer answer = StopAnswer::kNone) {
  SetRecord set;
  set.session_id = "s";
  set.load_kg = 40;
  set.end = end;
  set.stop_answer = answer;
  for (int i = 0; i < 4; ++i) {
    Rep rep;
    rep.mean_speed_mps = 0.5;
    rep.rom_share = i == 3 ? 0.6 : 1.0;
    rep.assisted = i == 2;
    set.reps.push_back(rep);
  }
  return set;
}

TEST(PastSets, LeaveOutWhatWasCutShortAndRepsThatAreNone) {
  const WallTime now{};
  EXPECT_TRUE(past_sets({record(SetEndReason::kStopped), record(SetEndReason::kLeft), record(SetEndReason::kRacked, StopAnswer::kPain),
                         record(SetEndReason::kRacked, StopAnswer::kInterrupted)},
                        {}, now)
                  .empty());
  const auto sets = past_sets({record(SetEndReason::kRacked)}, {}, now);
  ASSERT_EQ(sets.size(), 1u);
  EXPECT_EQ(sets[0].speeds_mps.size(), 2u) << "neither the helped nor the short one";
  EXPECT_TRUE(sets[0].helped);
  EXPECT_EQ(sets[0].visit, 1u);
}

}  // namespace
}  // namespace sheave::session::test
