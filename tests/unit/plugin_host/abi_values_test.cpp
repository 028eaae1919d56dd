// The controller's own words for what the ABI says have the same values: they cross by cast.

#include <gtest/gtest.h>

#include "controller/control/port.hpp"
#include "controller/core/motion.hpp"
#include "controller/session/records.hpp"
#include "hal/cable_stack.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave {
namespace {

template <typename A, typename B>
constexpr bool same(A a, B b) {
  return static_cast<std::uint32_t>(a) == static_cast<std::uint32_t>(b);
}

static_assert(kMaxAxes == SHEAVE_MAX_AXES && hal::kMaxAxes == SHEAVE_MAX_AXES);

static_assert(same(Phase::kRest, SHEAVE_PHASE_REST));
static_assert(same(Phase::kConcentric, SHEAVE_PHASE_CONCENTRIC));
static_assert(same(Phase::kPeak, SHEAVE_PHASE_PEAK));
static_assert(same(Phase::kEccentric, SHEAVE_PHASE_ECCENTRIC));

static_assert(same(RepVerdict::kCounted, SHEAVE_VERDICT_COUNTED));
static_assert(same(RepVerdict::kPartial, SHEAVE_VERDICT_PARTIAL));
static_assert(same(RepVerdict::kRejected, SHEAVE_VERDICT_REJECTED));

using control::SetEndReason;
static_assert(same(SetEndReason::kUnknown, SHEAVE_SET_END_UNKNOWN));
static_assert(same(SetEndReason::kRacked, SHEAVE_SET_END_RACKED));
static_assert(same(SetEndReason::kFailed, SHEAVE_SET_END_FAILED));
static_assert(same(SetEndReason::kExercise, SHEAVE_SET_END_EXERCISE));
static_assert(same(SetEndReason::kLeft, SHEAVE_SET_END_LEFT));
static_assert(same(SetEndReason::kStopped, SHEAVE_SET_END_STOPPED));
static_assert(same(SetEndReason::kLeaseLost, SHEAVE_SET_END_LEASE_LOST));
static_assert(same(SetEndReason::kFault, SHEAVE_SET_END_FAULT));
static_assert(same(SetEndReason::kInterrupted, SHEAVE_SET_END_INTERRUPTED));
static_assert(same(SetEndReason::kFinished, SHEAVE_SET_END_FINISHED));

static_assert(same(session::SetKind::kWorking, SHEAVE_SET_WORKING));
static_assert(same(session::SetKind::kWarmUp, SHEAVE_SET_WARM_UP));
static_assert(same(session::SetKind::kProbe, SHEAVE_SET_PROBE));

static_assert(same(session::StopAnswer::kNone, SHEAVE_STOP_ANSWER_NONE));
static_assert(same(session::StopAnswer::kTired, SHEAVE_STOP_ANSWER_TIRED));
static_assert(same(session::StopAnswer::kInterrupted, SHEAVE_STOP_ANSWER_INTERRUPTED));
static_assert(same(session::StopAnswer::kPain, SHEAVE_STOP_ANSWER_PAIN));

TEST(AbiValues, EventHeadersComeFirstSoThatAHeaderPointerIsTheEvent) {
  EXPECT_EQ(offsetof(sheave_rep_candidate_t, h), 0u);
  EXPECT_EQ(offsetof(sheave_rep_verdict_t, h), 0u);
  EXPECT_EQ(offsetof(sheave_event_cue_t, h), 0u);
  EXPECT_EQ(offsetof(sheave_event_set_end_t, h), 0u);
  EXPECT_EQ(offsetof(sheave_event_param_t, h), 0u);
}

}  // namespace
}  // namespace sheave
