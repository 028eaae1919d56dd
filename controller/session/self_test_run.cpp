#include "controller/session/self_test_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "controller/control/self_test.hpp"

namespace sheave::session {

using control::EventKind;
using control::SetEndReason;

namespace {

constexpr std::size_t kMostSamples = 400'000;  // nearly seven minutes at 1 kHz; nobody waits longer, and memory has an end

Status stopped(const std::string& why) { return Status::error(StatusCode::kAborted, "SELF_TEST_STOPPED", why); }

Status why_ended(const control::Event& event) {
  switch (event.end) {
    case SetEndReason::kStopped:
      return stopped("The self-test was stopped.");
    case SetEndReason::kLeft:
      return stopped("Nobody took the handle out, or nobody let go of it. Test again and follow the lamp.");
    default: {
      const FaultText text = fault_text(event.fault);
      return stopped("The self-test was ended: " + std::string(text.meaning) + " " + std::string(text.remedy));
    }
  }
}

}  // namespace

SelfTestRun::SelfTestRun(const control::SetPlan& plan, std::size_t axis_count, Done done)
    : plan_id_(plan.id), cables_(axis_count), done_(std::move(done)) {}

void SelfTestRun::on_frames(const control::Frame* frames, std::size_t count) {
  for (const control::Frame* frame = frames; frame != frames + count; ++frame) {
    if (over_ || frame->plan_id != plan_id_ || frame->state != safety::MachineState::kCalibrate) continue;
    if (began_ns_ == 0) began_ns_ = frame->time_ns;
    for (std::size_t i = 0; i < cables_.size() && i < frame->axis_count; ++i) {
      const control::AxisFrame& axis = frame->axes[i];
      if (!axis.fresh || cables_[i].size() >= kMostSamples) continue;
      cables_[i].push_back(
          {seconds(frame->time_ns - began_ns_), axis.extension_m, axis.velocity_mps, axis.tension_n, axis.commanded_n, axis.phase});
    }
    const Phase phase = frame->axes[0].phase;
    if (phase == Phase::kEccentric && phase_ != Phase::kEccentric) ++runs_;
    phase_ = phase;
  }
}

void SelfTestRun::on_event(const control::Event& event) {
  if (over_ || event.plan_id != plan_id_) return;
  if (event.kind == EventKind::kRefused) {
    end(Status::error(StatusCode::kFailedPrecondition, "NOT_READY", "The machine refused; see its status, and test again."));
  } else if (event.kind == EventKind::kSetEnded && event.end == SetEndReason::kExercise) {
    end(evaluate());
  } else if (event.kind == EventKind::kSetEnded) {
    end(why_ended(event));
  } else if (event.kind == EventKind::kPlanReleased) {
    end(stopped("The self-test never began; see the machine's status."));
  }
}

Result<std::vector<CableTest>> SelfTestRun::evaluate() const {
  std::vector<CableTest> tests;
  for (std::size_t i = 0; i < cables_.size(); ++i) {
    Result<CableTest> test = identify(cables_[i]);
    if (!test) {
      Status status = test.status();
      if (cables_.size() > 1) status.message = fmt::format("Cable {}: {}", i + 1, status.message);
      return status;
    }
    tests.push_back(*std::move(test));
  }
  return tests;
}

void SelfTestRun::end(Result<std::vector<CableTest>> result) {
  over_ = true;
  cables_.clear();
  std::exchange(done_, nullptr)(std::move(result));
}

Note SelfTestRun::note() const {
  if (phase_ == Phase::kPeak) {
    return {"SELF_TEST_TAKE_OUT",
            fmt::format("Self-test, run {} of {}: take the handle out about a metre, hold it still, and let go.", runs_ + 1,
                        control::kSelfTestRuns),
            {{"run", runs_ + 1}, {"runs", control::kSelfTestRuns}}};
  }
  return {"SELF_TEST_KEEP_AWAY", "Self-test: keep away from the handle.", {}};
}

}  // namespace sheave::session
