// The shipped progression, seen through whole sessions of the shipped programs: what a person would lift.

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "tests/support/paths.hpp"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

class StepRules : public ::testing::Test {
 protected:
  StepRules() {
    registry.scan({SHEAVE_PLUGIN_DIR});
    bench.catalog = load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
    bench.restart();
  }

  /// The load of each set of a guest who does `reps(load)` reps.
  std::vector<double> loads(const std::string& program_id, double first_kg, const std::function<int(double load_kg)>& reps) {
    RegistryPlugins plugins(registry, bench.machine.period_ns);
    auto decider = plugins.make_decider(*bench.catalog.find(program_id));
    EXPECT_TRUE(decider.ok()) << decider.status().message;
    bench.plugins.decide = [decider = *decider](const sheave_progression_in_t& in) { return decider->decide(in); };
    CreateSession request;
    request.program_id = program_id;
    if (first_kg > 0) request.load_total_kg = first_kg;
    bench.start_session(request);
    bench.calibrate();
    while (bench.run_until(
        [&] { return bench.control->state() == safety::MachineState::kReady || bench.snapshot().stage == Stage::kFinished; })) {
      if (bench.snapshot().stage == Stage::kFinished) break;
      bench.do_set(reps(bench.armed_load_kg()));
    }
    std::vector<double> list;
    for (const SetRecord& set : bench.journal.sets_of(bench.session_id)) list.push_back(set.load_kg);
    return list;
  }

  plugin_host::Registry registry;
  SessionBench bench;
};

TEST_F(StepRules, TheArticleAddsTenPoundsPerSetForSomebodyTooStrong) {
  EXPECT_EQ(loads("cable-row-strength", 40.0, [](double) { return 6; }), (std::vector<double>{40.0, 44.5, 49.0, 53.5}));
}

TEST_F(StepRules, TheArticleTakesFivePoundsOffForSomebodyTooWeak) {
  EXPECT_EQ(loads("cable-row-strength", 40.0, [](double) { return 3; }), (std::vector<double>{40.0, 37.75, 35.5, 33.25}));
}

TEST_F(StepRules, TheArticleStaysOnceTheRangeFits) {
  EXPECT_EQ(loads("cable-row-strength", 40.0, [](double kg) { return kg < 44.0 ? 6 : 5; }), (std::vector<double>{40.0, 44.5, 44.5, 44.5}));
}

TEST_F(StepRules, AFacePullIsNeverRaisedByADeadliftsStep) {
  const std::vector<double> lifted = loads("face-pull", 4.0, [](double) { return 12; });
  ASSERT_EQ(lifted.size(), 3U);
  for (std::size_t i = 1; i < lifted.size(); ++i) {
    EXPECT_GE(lifted[i], lifted[i - 1]);
    EXPECT_LE(lifted[i] - lifted[i - 1], 0.5);
  }
}

TEST_F(StepRules, SomebodyUnknownBeginsWithAProbe) {
  const std::vector<double> lifted = loads("cable-row", 0.0, [](double) { return 5; });
  EXPECT_EQ(lifted.front(), 10.0);
  EXPECT_EQ(bench.journal.sets_of(bench.session_id).front().kind, SetKind::kProbe);
  EXPECT_GE(lifted.size(), 3U);
}

TEST_F(StepRules, EveryReasonOfTheShippedProgressionHasItsWords) {
  loads("cable-row", 0.0, [](double) { return 8; });
  loads("cable-row", 30.0, [](double) { return 4; });
  for (const LogEntry& entry : bench.journal.log()) {
    if (entry.kind != LogEntry::Kind::kProposal) continue;
    EXPECT_EQ(entry.set.proposal->text.find("(" + entry.set.proposal->reason + ")"), std::string::npos) << entry.set.proposal->text;
  }
}

}  // namespace
}  // namespace sheave::session::test
