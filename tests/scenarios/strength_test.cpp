// A person's strength over the range: tested, found again, and felt in the next set.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "controller/session/strength_test.hpp"
#include "sim/athlete/strength.hpp"
#include "tests/scenarios/gym.hpp"

namespace sheave::test {
namespace {

using session::CreateSession;
using session::kCurvePlaces;
using session::SetRecord;
using session::StrengthTest;

/// Somebody of one exercise who tests and then trains.
struct Tested {
  const char* exercise;
  double one_rm_kg;    ///< In the tests: the drive has to match it.
  const char* trains;  ///< As an athlete, for one matched set of `load_kg`.
  double load_kg;
  double force_error_n;  ///< Of what the hand feels: friction is taken out to a share of itself, whatever the load.
};
void PrintTo(const Tested& tested, std::ostream* out) { *out << tested.exercise; }

constexpr Tested kRow{"cable-row", 42.0, "style=cable-row,one_rm_kg=70,day_form=1,reps=6,tempo_concentric_s=1.6", 30.0, 4.4};
constexpr Tested kFacePull{"face-pull", 28.0, "style=face-pull,one_rm_kg=45,day_form=1,reps=6,tempo_concentric_s=1.6", 15.0, 4.4};

/// Of the athlete, as the simulator has it: independent of what the controller makes of it.
double truth(double rom_share) { return sim::Strength({}).isometric_n(rom_share); }

/// Somebody comes once: a machine that has measured itself, one program, to its end.
class Visit {
 public:
  Visit(session::MemoryJournal& kept, std::string who, std::string member_id = "ann")
      : journal(kept), athlete(std::move(who)), member(std::move(member_id)) {}

  void run(const std::string& program, const std::function<void(sim::Scenario&)>& each_tick = {}, double load_kg = 0.0) {
    sim::ScenarioConfig config = gym(athlete);
    config.journal = &journal;
    sim::Scenario scenario(config);
    scenario.wall_clock().unix_ns += days * 86'400 * kNsPerS;
    ASSERT_TRUE(scenario.self_test());
    CreateSession create;
    create.program_id = program;
    create.member_id = member;
    create.rest_s = 30.0;
    if (load_kg > 0.0) create.load_total_kg = load_kg;
    if (load_kg > 0.0) create.sets = 1;
    const Status started = scenario.start(create);
    ASSERT_TRUE(started.ok()) << started.message;
    note = scenario.snapshot().note;
    session_id = scenario.snapshot().session->id;
    for (const double end_s = scenario.time_s() + 900.0;
         scenario.time_s() < end_s && scenario.snapshot().stage != session::Stage::kFinished;) {
      scenario.step();
      if (each_tick) each_tick(scenario);
    }
    scenario.run_for(2.0);  // the handle comes home
    log = training_log(scenario);
    sets = scenario.sets();
    truths = scenario.truths();
    EXPECT_EQ(scenario.snapshot().stage, session::Stage::kFinished) << log;
    expect_in_order(scenario);
  }

  /// The one that is known of `exercise`.
  StrengthTest only_test(const std::string& exercise) {
    std::vector<StrengthTest> found;
    session::fetch_strength_tests(journal, shipped_catalog(), member, session::set_up_key(*shipped_catalog().find(exercise)),
                                  [&](std::vector<StrengthTest> tests) { found = std::move(tests); });
    EXPECT_EQ(found.size(), 1u) << log;
    return found.empty() ? StrengthTest{} : found.front();
  }

  session::MemoryJournal& journal;
  const std::string athlete, member;
  std::int64_t days = 0;
  std::string note, session_id, log;
  std::vector<SetRecord> sets;
  std::vector<sim::SetTruth> truths;
};

std::string all_out(const Tested& who) {
  return fmt::format("style={},one_rm_kg={},day_form=1,reps=3,tempo_concentric_s=1.0", who.exercise, who.one_rm_kg);
}
std::string holding(const Tested& who) {
  return fmt::format("style={},one_rm_kg={},day_form=1,reps=1,tempo_concentric_s=1.4", who.exercise, who.one_rm_kg);
}
std::string program(const Tested& who, const char* what) { return fmt::format("{}-{}", who.exercise, what); }

/// What was found at the places `first` to `last` against the athlete's own curve, both over the middle, where every test reaches.
void expect_shape(const session::StrengthCurve& found, double tolerance, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i) {
    const double ratio = found.force_n[i] / found.force_n[2], wanted = truth(kCurvePlaces[i]) / truth(0.5);
    EXPECT_NEAR(ratio, wanted, tolerance * wanted) << "at " << kCurvePlaces[i];
  }
}

class StrengthTests : public ::testing::TestWithParam<Tested> {};
INSTANTIATE_TEST_SUITE_P(Exercises, StrengthTests, ::testing::Values(kRow, kFacePull),
                         [](const auto& one) { return one.param.exercise == kRow.exercise ? "Row" : "FacePull"; });

TEST_P(StrengthTests, PullsAtASetSpeedFindThePersonsCurve) {
  const Tested& who = GetParam();
  session::MemoryJournal journal;
  Visit visit(journal, all_out(who));
  visit.run(program(who, "test"));
  ASSERT_EQ(visit.sets.size(), 2u) << visit.log;
  const StrengthTest test = visit.only_test(who.exercise);
  EXPECT_EQ(test.kind, session::TestKind::kIsokinetic);
  EXPECT_EQ(test.unknown_reason, "") << visit.log;
  EXPECT_EQ(test.efforts, 6u) << visit.log;
  EXPECT_TRUE(std::isnan(test.curve.force_n[0])) << "there the force still builds up";
  expect_shape(test.curve, 0.03, 2, 4);
  // At 0.25 of 2 m/s an eighth of the strength goes into the speed; each pull tires by a thirtieth.
  const double fresh_n = newton_from_kg(who.one_rm_kg) * (1.0 - 0.25 / 2.0) * truth(0.5) / truth(0.85);
  EXPECT_NEAR(test.curve.force_n[2], fresh_n * 30.0 / 31.0, 0.05 * fresh_n);
}

TEST_P(StrengthTests, HoldsFindTheCurveWhereTheyWereHeld) {
  const Tested& who = GetParam();
  session::MemoryJournal journal;
  Visit visit(journal, holding(who));
  visit.run(program(who, "test-holds"));
  ASSERT_EQ(visit.sets.size(), 3u) << visit.log;
  const StrengthTest test = visit.only_test(who.exercise);
  EXPECT_EQ(test.kind, session::TestKind::kIsometric);
  EXPECT_EQ(test.efforts, 3u) << visit.log;
  ASSERT_EQ(test.curve.known(), 3u) << visit.log;
  expect_shape(test.curve, 0.03, 1, 3);
  const double fresh_n = newton_from_kg(who.one_rm_kg) * truth(0.5) / truth(0.85);
  EXPECT_NEAR(test.curve.force_n[2], fresh_n, 0.06 * fresh_n);
  for (const SetRecord& set : visit.sets) EXPECT_NE(set.end, session::SetEndReason::kFault) << visit.log;
}

/// What the hand felt at each of kCurvePlaces, on the move.
class Feeler {
 public:
  void feel(sim::Scenario& scenario) {
    const sim::CableState& cable = scenario.machine().rig(0).cable();
    const Rom rom = scenario.snapshot().rom.empty() ? Rom{} : scenario.snapshot().rom[0];
    if (scenario.state() != safety::MachineState::kActive || !rom.known() || std::abs(cable.handle_mps) < 0.1) return;
    for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
      if (std::abs(rom.share(cable.handle_m) - kCurvePlaces[i]) < 0.02) sums_n_[i] += cable.hand_force_n, ++counts_[i];
    }
  }
  int count(std::size_t place) const { return counts_[place]; }
  double mean_n(std::size_t place) const { return sums_n_[place] / counts_[place]; }

 private:
  std::array<double, kCurvePlaces.size()> sums_n_{};
  std::array<int, kCurvePlaces.size()> counts_{};
};

TEST_P(StrengthTests, TheNextSetsForceFollowsThePersonsOwnCurve) {
  const Tested& who = GetParam();
  session::MemoryJournal journal;
  Visit holds(journal, holding(who)), pulls(journal, all_out(who)), matched(journal, who.trains);
  holds.run(program(who, "test-holds"));
  pulls.days = 3;
  pulls.run(program(who, "test"));
  matched.days = 7;
  Feeler felt;
  matched.run(
      program(who, "matched"), [&](sim::Scenario& scenario) { felt.feel(scenario); }, who.load_kg);
  ASSERT_EQ(matched.sets.size(), 1u) << matched.log;
  ASSERT_TRUE(matched.sets[0].curve);
  EXPECT_EQ(matched.sets[0].curve->test_session_id, pulls.session_id);
  EXPECT_NE(matched.note.find("as tested on 2023-11-17"), std::string::npos) << matched.note;
  const auto& shares = matched.sets[0].curve->shares.share;
  // The start is not known and goes on level from the quarter.
  const double wanted[] = {truth(0.25), truth(0.25), truth(0.5), truth(0.75), truth(1.0)};
  const double mean = (0.5 * wanted[0] + wanted[1] + wanted[2] + wanted[3] + 0.5 * wanted[4]) / 4.0;
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    EXPECT_NEAR(shares[i], wanted[i] / mean, 0.03) << "at " << kCurvePlaces[i];
    if (i == 0 || i == 4) continue;  // the handle turns around there, too slowly to tell
    ASSERT_GT(felt.count(i), 20);
    EXPECT_NEAR(felt.mean_n(i), newton_from_kg(who.load_kg) * shares[i], who.force_error_n) << "at " << kCurvePlaces[i];
  }
  EXPECT_NEAR(kg_from_newton(matched.truths.at(0).mean_pull_hand_n), who.load_kg, 1.0) << "a rep is the work of a load held level";
}

TEST(UntestedPeople, AGuestAndWhoeverWasErasedRowWithTheLoadHeldLevel) {
  session::MemoryJournal journal;
  Visit guest(journal, "one_rm_kg=70,day_form=1,reps=6", "");
  guest.run("cable-row-matched", {}, 30.0);
  ASSERT_EQ(guest.sets.size(), 1u) << guest.log;
  ASSERT_TRUE(guest.sets[0].curve);
  EXPECT_EQ(guest.sets[0].curve->test_session_id, "");
  for (const double share : guest.sets[0].curve->shares.share) EXPECT_EQ(share, 1.0);
  EXPECT_NE(guest.note.find("no test of yours is known"), std::string::npos) << guest.note;
  EXPECT_NE(guest.note.find("Cable row, strength test"), std::string::npos) << guest.note;
  EXPECT_NEAR(kg_from_newton(guest.truths.at(0).mean_pull_hand_n), 30.0, 0.5);
}

}  // namespace
}  // namespace sheave::test
