// A machine that a person takes out of use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using safety::MachineState;
using ::testing::HasSubstr;

OutOfOrder worn_cable() { return {true, "cable worn", "Kim", {}}; }

Result<OutOfOrder> set(SessionBench& bench, const OutOfOrder& order) {
  Result<OutOfOrder> answer = Status::error(StatusCode::kInternal, "NONE", "no answer");
  bench.manager->set_out_of_order(order, [&](Result<OutOfOrder> done) { answer = std::move(done); });
  return answer;
}

bool is_out(const SessionBench& bench) { return bench.snapshot().order && bench.snapshot().order->active; }

TEST(OutOfOrder, LetsARunningSetGoOnAndEndsTheSessionAfterIt) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(0.1);
  ASSERT_TRUE(set(bench, worn_cable()).ok());
  bench.run_for(5);
  EXPECT_EQ(bench.snapshot().stage, Stage::kWorking);
  EXPECT_TRUE(bench.snapshot().out_of_order_pending);
  bench.control->pull(0.2, 0.8);
  bench.run_for(1);
  EXPECT_EQ(bench.snapshot().counted_reps, 1U);

  bench.control->end(control::SetEndReason::kRacked);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  EXPECT_FALSE(bench.snapshot().out_of_order_pending);
  EXPECT_EQ(bench.journal.sessions().front().end_note, "The machine was taken out of order.");
  EXPECT_EQ(bench.journal.sets_of(bench.session_id).front().counted, 1U);
}

TEST(OutOfOrder, EndsASessionAtRestAtOnce) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  bench.do_set(7);
  ASSERT_EQ(bench.snapshot().stage, Stage::kResting);
  ASSERT_TRUE(set(bench, worn_cable()).ok());
  EXPECT_TRUE(bench.run_until_stage(Stage::kFinished, 0.1));
}

TEST(OutOfOrder, NothingBeginsUntilItIsGivenBack) {
  SessionBench bench;
  const auto prepared = bench.create({});
  ASSERT_TRUE(prepared.ok());
  ASSERT_TRUE(set(bench, worn_cable()).ok());
  EXPECT_EQ(bench.create({}).status().reason, "OUT_OF_ORDER");
  const auto refused = bench.activate(prepared->id);
  EXPECT_EQ(refused.status().reason, "OUT_OF_ORDER");
  EXPECT_THAT(refused.status().message, HasSubstr("cable worn"));

  ASSERT_TRUE(set(bench, {false, "", "Kim", {}}).ok());
  EXPECT_FALSE(is_out(bench));
  EXPECT_TRUE(bench.activate(prepared->id).ok());
}

TEST(OutOfOrder, ItOutlivesARestart) {
  SessionBench bench;
  ASSERT_TRUE(set(bench, worn_cable()).ok());
  bench.restart();
  bench.run_for(0.1);
  ASSERT_TRUE(is_out(bench));
  EXPECT_EQ(bench.snapshot().order->who, "Kim");
  EXPECT_EQ(bench.create({}).status().reason, "OUT_OF_ORDER");
}

TEST(OutOfOrder, NothingBeginsBeforeTheStoreHasSaidHowThingsStand) {
  SessionBench bench;
  bench.journal.set_deferred(true);
  bench.restart();
  EXPECT_EQ(bench.create({}).status().reason, "STORE_UNAVAILABLE");
  bench.journal.set_deferred(false);
  bench.journal.deliver();
  EXPECT_TRUE(bench.create({}).ok());
}

TEST(OutOfOrder, HoldsAtOnceAlsoWhereItCannotBeStored) {
  SessionBench bench;
  bench.journal.set_failing(true);
  const auto answer = set(bench, worn_cable());
  EXPECT_EQ(answer.status().reason, "STORE_UNAVAILABLE");
  EXPECT_TRUE(is_out(bench));
  bench.journal.set_failing(false);
  bench.run_for(2);  // tried again
  bench.restart();
  bench.run_for(0.1);
  EXPECT_TRUE(is_out(bench));
}

TEST(Recovery, AFaultThatNobodySawEndIsEndedAtTheNextStart) {
  SessionBench bench;
  bench.run_for(0.1);
  FaultRecord fault;
  fault.code = FaultCode::kLinkLost;
  fault.active = true;
  bench.journal.add_fault(fault, [](const auto&) {});
  bench.restart();
  bench.run_for(0.1);
  std::vector<FaultRecord> open;
  bench.journal.open_faults([&](Result<std::vector<FaultRecord>> found) { open = *found; });
  EXPECT_TRUE(open.empty());
  ASSERT_EQ(bench.journal.log().back().kind, LogEntry::Kind::kFault);
  EXPECT_FALSE(bench.journal.log().back().fault.active);
  EXPECT_EQ(bench.journal.log().back().fault.code, FaultCode::kLinkLost);
}

}  // namespace
}  // namespace sheave::session::test
