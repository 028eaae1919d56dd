#include "controller/api/stop_wait.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>

namespace sheave::api {
namespace {

using safety::MachineState;

TEST(StopWait, ConfirmsALowTensionInAStateThatOnlyLowers) {
  const auto outcome = judge_stop(21.0F, MachineState::kUnload, 60 * kNsPerMs);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_TRUE(outcome->confirmed);
  EXPECT_FLOAT_EQ(static_cast<float>(*outcome->measured_force_n), 21.0F);
}

TEST(StopWait, WaitsWhileTheSetMayStillRampUp) {
  EXPECT_FALSE(judge_stop(5.0F, MachineState::kEngage, 5 * kNsPerMs).has_value());
  EXPECT_FALSE(judge_stop(400.0F, MachineState::kUnload, 399 * kNsPerMs).has_value());
}

TEST(StopWait, SaysSoWhenItCouldNotConfirm) {
  const auto high = judge_stop(400.0F, MachineState::kUnload, kConfirmWithin_ns);
  ASSERT_TRUE(high.has_value());
  EXPECT_FALSE(high->confirmed);
  const auto unknown = judge_stop(-1.0F, MachineState::kFaultStop, kConfirmWithin_ns);
  ASSERT_TRUE(unknown.has_value());
  EXPECT_FALSE(unknown->confirmed);
  EXPECT_FALSE(unknown->measured_force_n.has_value()) << "unknown is never 0";
}

TEST(StopWait, AnswersWithoutAnyHelpOfTheMainThread) {
  const auto port = std::make_unique<control::Port>();
  port->measured_tension_n = 12.0F;
  port->state = static_cast<std::uint8_t>(MachineState::kIdle);
  std::promise<StopOutcome> answer;
  await_stop(*port, [&](const StopOutcome& outcome) { answer.set_value(outcome); });
  EXPECT_TRUE(answer.get_future().get().confirmed);
}

// Each Stop used to leave its last alarm behind, which held the wait that held the alarm.
TEST(StopWait, NothingIsLeftOfIt) {
  const auto port = std::make_unique<control::Port>();
  port->measured_tension_n = 12.0F;
  port->state = static_cast<std::uint8_t>(MachineState::kIdle);
  std::promise<void> gone;
  std::shared_ptr<void> held(nullptr, [&](void*) { gone.set_value(); });
  await_stop(*port, [held](const StopOutcome&) {});
  held.reset();
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
}

}  // namespace
}  // namespace sheave::api
