// What create() refuses, and that the same request makes one session.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using ::testing::HasSubstr;

struct Refusal {
  const char* name;
  void (*change)(SessionBench&, CreateSession&);
  const char* reason;
  const char* says;
};

class CreateRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(CreateRefuses, WithAReasonAndARemedy) {
  SessionBench bench;
  CreateSession request;
  GetParam().change(bench, request);
  const Result<SessionRecord> made = bench.create(request);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.status().reason, GetParam().reason);
  EXPECT_THAT(made.status().message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    All, CreateRefuses,
    ::testing::Values(
        Refusal{"UnknownProgram", [](SessionBench&, CreateSession& r) { r.program_id = "squat"; }, "PROGRAM_NOT_FOUND", "squat"},
        Refusal{"MissingPlugin", [](SessionBench& b, CreateSession&) { b.plugins.missing = "cable-row"; }, "PLUGIN_UNKNOWN",
                "program \"cable-row\" needs the plugin \"cable-row\""},
        Refusal{"LoadAboveLimit", [](SessionBench&, CreateSession& r) { r.load_total_kg = 95.0; }, "LOAD_ABOVE_LIMIT", "limit of 90 kg"},
        Refusal{"LoadAboveTheDrive",
                [](SessionBench& b, CreateSession& r) {
                  b.machine.load_max_total_kg = 200.0;
                  b.restart();
                  r.load_total_kg = 95.0;
                },
                "LOAD_ABOVE_LIMIT", "91.75 kg or less"},
        Refusal{"LoadBetweenSteps", [](SessionBench&, CreateSession& r) { r.load_total_kg = 20.1; }, "LOAD_NOT_A_STEP", "20 or 20.25 kg"},
        Refusal{"LoadBelowTakeUp", [](SessionBench&, CreateSession& r) { r.load_total_kg = 0.0; }, "LOAD_NOT_A_STEP", "2.25 kg or more"},
        Refusal{"LoadNoNumber", [](SessionBench&, CreateSession& r) { r.load_total_kg = kUnknown; }, "LOAD_NOT_A_STEP", "no number"},
        Refusal{"RestNegative", [](SessionBench&, CreateSession& r) { r.rest_s = -1.0; }, "REST_RANGE", "0 to 1800"},
        Refusal{"NoSets", [](SessionBench&, CreateSession& r) { r.sets = 0; }, "SETS_RANGE", "1 to 20"},
        Refusal{"StoreDead", [](SessionBench& b, CreateSession&) { b.journal.set_failing(true); }, "STORE_UNAVAILABLE", "free space"}),
    [](const auto& param) { return param.param.name; });

TEST(Create, TheSameRequestIsTheSameSession) {
  SessionBench bench;
  CreateSession request;
  request.request_id = "r1";
  const std::string id = bench.create(request)->id;
  EXPECT_EQ(bench.create(request)->id, id);
  ASSERT_TRUE(bench.activate(id).ok());
  EXPECT_EQ(bench.create(request)->id, id);
  bench.restart();
  EXPECT_EQ(bench.create(request)->id, id);
  EXPECT_EQ(bench.journal.sessions().size(), 1U);
}

TEST(Create, TheSameRequestBeforeTheFirstAnswerIsTheSameSession) {
  SessionBench bench;
  bench.journal.set_deferred(true);
  CreateSession request;
  request.program_id = "cable-row";
  request.request_id = "r1";
  std::vector<std::string> ids;
  for (int i = 0; i < 2; ++i) bench.manager->create(request, [&](Result<SessionRecord> record) { ids.push_back(record->id); });
  EXPECT_TRUE(ids.empty());
  bench.journal.deliver();
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(ids[0], ids[1]);
}

TEST(Create, ALoadOnTheGridOfPoundsIsTakenFromRoundedKilograms) {
  SessionBench bench;
  bench.machine.increment_kg = 0.5 * kKgPerLb;
  bench.restart();
  CreateSession request;
  request.load_total_kg = 22.68;  // 50 lb
  bench.start_session(request);
  EXPECT_NEAR(bench.snapshot().load_total_kg, 50.0 * kKgPerLb, 1e-9);
}

TEST(Activate, AnUnknownSession) {
  SessionBench bench;
  EXPECT_EQ(bench.activate("nobody").status().reason, "SESSION_NOT_FOUND");
  EXPECT_EQ(bench.manager->arm("nobody").reason, "SESSION_NOT_FOUND");
}

TEST(Activate, TheStartingLoadOfTheRequestNeedsNoProposal) {
  SessionBench bench;
  CreateSession request;
  request.load_total_kg = 40.0;
  bench.start_session(request);
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kReady; }));
  EXPECT_NEAR(bench.armed_load_kg(), 40.0, 1e-9);
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kProposal), 0U);
}

TEST(Activate, APluginThatFailsAtTheStartHoldsTheSessionAndSaysSo) {
  SessionBench bench;
  bench.plugins.fail_parts = true;
  bench.start_session();
  bench.calibrate();
  bench.run_for(10);
  EXPECT_EQ(bench.snapshot().session->state, SessionState::kPaused);
  EXPECT_THAT(bench.snapshot().note, HasSubstr("did not start"));
}

}  // namespace
}  // namespace sheave::session::test
