#include "controller/control/self_test.hpp"

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::control {

namespace {

constexpr double kLoadFor_s = 1.0;
constexpr double kHome_m = 0.03, kStill_mps = 0.02;
constexpr double kWaiting_n = 30.0;  // felt, and light enough to be taken out by anybody; above most friction, so that a free cable runs
constexpr double kMoreAfter_s = 2.0, kMore_nps = 5.0;  // where it does not, or is still held
constexpr double kHeldFor_s = 0.3;
constexpr double kRuns_mps = -0.05;
constexpr double kLongest_s = 60.0;  // of holding the handle out
// Five speeds at 0.6 s take 0.72 m. Only ever faster: a drum that slows down leaves a free handle its own way to go, and the cable slack.
constexpr std::array<double, 5> kSpeeds_mps{0.08, 0.16, 0.24, 0.32, 0.40};
constexpr double kSpeedFor_s = 0.6;
constexpr double kBottom_m = 0.06;
// 4.5 to 12 kg under these settle within a quarter of a second; the rise of 100 N/s in CALIBRATE slows the first answer, which
// lets the mass show.
constexpr double kStiffness_nspm = 80.0, kIntegral_npm = 300.0;
constexpr double kLeast_n = 4.0, kMost_n = 50.0;
constexpr double kHoming_n = 20.0, kHomeFor_s = 0.4, kHomeWithin_s = 10.0;

}  // namespace

void SelfTest::begin(double travel_m) noexcept {
  *this = SelfTest();
  out_m_ = std::min(kSelfTestOut_m, 0.5 * travel_m);
}

void SelfTest::enter(Stage stage) noexcept {
  stage_ = stage;
  stage_s_ = still_s_ = 0.0;
  held_s_ = 0.0;
}

double SelfTest::step(const AxisMotion& motion, std::int64_t dt_ns) noexcept {
  const double dt_s = seconds(dt_ns);
  stage_s_ += dt_s;
  const bool still = std::abs(motion.velocity_mps) < kStill_mps;
  still_s_ = still ? still_s_ + dt_s : 0.0;
  switch (stage_) {
    case Stage::kLoads:
      return hold_load(motion);
    case Stage::kTakeOut:
      return await_release(motion, dt_s);
    case Stage::kRun:
      return run(motion, dt_s);
    case Stage::kHoming:
      return come_home(motion);
    case Stage::kDone:
      break;
  }
  return kHoming_n;
}

double SelfTest::hold_load(const AxisMotion& motion) noexcept {
  if (motion.extension_m > kHome_m) stage_s_ = 0.0;  // somebody has the handle: this load is read once it is back
  if (stage_s_ >= kLoadFor_s) {
    stage_s_ = 0.0;
    ++load_;
  }
  if (load_ < kSelfTestLoads_n.size()) return kSelfTestLoads_n[load_];
  enter(Stage::kTakeOut);
  return kWaiting_n;
}

double SelfTest::await_release(const AxisMotion& motion, double dt_s) noexcept {
  if (stage_s_ > kLongest_s && motion.extension_m > kHome_m) {
    gave_up_ = true;
    enter(Stage::kHoming);
    return kHoming_n;
  }
  if (motion.extension_m <= kHome_m) stage_s_ = 0.0;  // at home the supervisor's own time to wait counts
  const bool held = (held_s_ > 0.0 && motion.extension_m > out_m_ - 0.1) || (motion.extension_m >= out_m_ && still_s_ >= kHeldFor_s);
  held_s_ = held ? held_s_ + dt_s : 0.0;
  const double waiting_n = std::min(kMost_n, kWaiting_n + kMore_nps * std::max(0.0, held_s_ - kMoreAfter_s));
  if (held && motion.velocity_mps < kRuns_mps) {
    enter(Stage::kRun);
    integral_n_ = waiting_n;
  }
  return waiting_n;
}

double SelfTest::run(const AxisMotion& motion, double dt_s) noexcept {
  const auto step = std::min(static_cast<std::size_t>(stage_s_ / kSpeedFor_s), kSpeeds_mps.size() - 1);
  const double behind_mps = kSpeeds_mps[step] + motion.velocity_mps;
  integral_n_ = std::clamp(integral_n_ + kIntegral_npm * behind_mps * dt_s, kLeast_n, kMost_n);
  if (motion.extension_m < kBottom_m || stage_s_ > kHomeWithin_s) {
    ++runs_;
    enter(Stage::kHoming);
    return kHoming_n;
  }
  return std::clamp(integral_n_ + kStiffness_nspm * behind_mps, kLeast_n, kMost_n);
}

double SelfTest::come_home(const AxisMotion& motion) noexcept {
  if (motion.extension_m > kHome_m || still_s_ < kHomeFor_s) {
    gave_up_ = gave_up_ || stage_s_ > kLongest_s;
    if (!gave_up_) return kHoming_n;
  }
  enter(gave_up_ || runs_ == kSelfTestRuns ? Stage::kDone : Stage::kTakeOut);
  return kHoming_n;
}

Phase SelfTest::phase() const noexcept {
  if (stage_ == Stage::kTakeOut) return Phase::kPeak;
  return stage_ == Stage::kRun ? Phase::kEccentric : Phase::kRest;
}

}  // namespace sheave::control
