// Live parameters of load profiles: what is changed in a session, from the person to the running set and to every set to come.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/paths.hpp"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session {
namespace {

using safety::MachineState;
using test::SessionBench;
using ::testing::HasSubstr;

class ProfileParameters : public ::testing::Test {
 protected:
  ProfileParameters() {
    bench_.catalog.programs[0].load_chain = {{"constant", {}}, {"eccentric", {{"return_share", 1.2}}}};
    bench_.restart();
    bench_.start_session();
    bench_.calibrate();
  }
  Status set(const std::string& profile, const std::string& parameter, double value) {
    return bench_.manager->set_profile_parameter(bench_.session_id, profile, parameter, value);
  }
  double made_with() const { return bench_.plugins.made_for.load_chain[1].params.at("return_share"); }
  bool armed() {
    return bench_.run_until([&] { return bench_.control->state() == MachineState::kReady; });
  }

  SessionBench bench_;
};

TEST_F(ProfileParameters, AChangeReachesTheRunningSetAndThoseToCome) {
  ASSERT_TRUE(armed());
  EXPECT_EQ(made_with(), 1.2);
  const std::uint64_t plan = bench_.control->plan()->id;
  bench_.control->engage();
  bench_.run_for(0.1);
  ASSERT_TRUE(set("eccentric", "return_share", 1.1).ok());
  bench_.run_for(0.1);
  const auto& sent = bench_.control->param_set();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->plan_id, plan);
  EXPECT_EQ(sent->link, 1U);
  EXPECT_EQ(sent->param, 1U);
  EXPECT_EQ(sent->value, 1.1);
  bench_.control->end(control::SetEndReason::kRacked);
  ASSERT_TRUE(armed());
  EXPECT_EQ(made_with(), 1.1);
  // Both sets say what they were: the first from the change on, the second from its beginning.
  bench_.do_set(7);
  const auto sets = bench_.journal.sets_of(bench_.session_id);
  ASSERT_EQ(sets.size(), 2U);
  ASSERT_EQ(sets[0].tuned.size(), 1U);
  EXPECT_EQ(sets[0].tuned[0].profile, "eccentric");
  EXPECT_EQ(sets[0].tuned[0].parameter, "return_share");
  EXPECT_EQ(sets[0].tuned[0].link, 1U);
  EXPECT_GT(sets[0].tuned[0].time_s, 0.0);
  EXPECT_LE(sets[0].tuned[0].time_s, sets[0].duration_s);
  ASSERT_EQ(sets[1].tuned.size(), 1U);
  EXPECT_EQ(sets[1].tuned[0].value, 1.1);
  EXPECT_EQ(sets[1].tuned[0].time_s, 0.0);
}

TEST_F(ProfileParameters, AtRestItIsTheNextSetsAndAnotherSessionBeginsAsTheProgramSays) {
  bench_.do_set(7);
  ASSERT_EQ(bench_.snapshot().stage, Stage::kResting);
  ASSERT_TRUE(set("eccentric", "return_share", 0.9).ok());
  EXPECT_FALSE(bench_.control->param_set());
  ASSERT_TRUE(armed());
  EXPECT_EQ(made_with(), 0.9);
  bench_.manager->finish(bench_.session_id, [](const Result<SessionRecord>&) {});
  ASSERT_TRUE(bench_.run_until_stage(Stage::kFinished));
  bench_.start_session();
  bench_.calibrate();
  ASSERT_TRUE(armed());
  EXPECT_EQ(made_with(), 1.2);
}

TEST_F(ProfileParameters, WhatCannotBeIsRefusedByNameAndChangesNothing) {
  const Status unknown = set("chains", "return_share", 1.1);
  EXPECT_EQ(unknown.reason, "PROFILE_UNKNOWN");
  EXPECT_THAT(unknown.message, HasSubstr("constant, eccentric"));
  EXPECT_EQ(set("eccentric", "fade_share", 0.2).reason, "PARAM_NOT_LIVE");
  EXPECT_EQ(set("eccentric", "return_share", 1.6).reason, "PARAM_RANGE");
  EXPECT_EQ(bench_.manager->set_profile_parameter("id-99", "eccentric", "return_share", 1.1).reason, "SESSION_NOT_FOUND");
  ASSERT_TRUE(armed());
  EXPECT_EQ(made_with(), 1.2);
}

TEST(LiveParam, IsOneThatTheShippedProfileDeclaresSo) {
  plugin_host::Registry registry;
  registry.scan({SHEAVE_PLUGIN_DIR});
  const RegistryPlugins plugins(registry, kNsPerMs);
  const auto share = plugins.live_param("eccentric", "return_share", 1.1);
  ASSERT_TRUE(share.ok()) << share.status().message;
  EXPECT_EQ(*share, 1U);
  EXPECT_EQ(plugins.live_param("eccentric", "return_share", 1.6).status().reason, "PARAM_RANGE");
  EXPECT_EQ(plugins.live_param("eccentric", "gain", 1.0).status().reason, "PARAM_UNKNOWN");
  const Status fixed = plugins.live_param("eccentric", "fade_share", 0.2).status();
  EXPECT_EQ(fixed.reason, "PARAM_NOT_LIVE");
  EXPECT_THAT(fixed.message, HasSubstr("live are return_share"));
}

}  // namespace
}  // namespace sheave::session
