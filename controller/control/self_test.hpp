#pragma once
// How a cable measures itself: the tension asked of it and the cue to the person, tick by tick. What came of it is worked out of the
// frames by session/identification.hpp.
//
//   loads     at rest against the home stop: five loads up and down again, each for a second
//   take out  the lamp asks; 30 N until somebody has taken the handle out and holds it still, then slowly up to 50
//   run       it was let go: five speeds, each faster than the last, so that the cable stays taut; home again. Three times
//
// Everything stays under the 50 N of CALIBRATE and its slow rise; the drive's own speed limit and the brake before home act as ever.

#include <array>
#include <cstdint>

#include "controller/control/motion_estimator.hpp"
#include "controller/core/motion.hpp"

namespace sheave::control {

inline constexpr std::array<double, 10> kSelfTestLoads_n{10.0, 20.0, 30.0, 40.0, 50.0, 50.0, 40.0, 30.0, 20.0, 10.0};
inline constexpr std::uint32_t kSelfTestRuns = 3;
inline constexpr double kSelfTestOut_m = 0.8;  ///< Or half the travel where that is less.

/// One cable's. [control]
class SelfTest {
 public:
  void begin(double travel_m) noexcept;

  /// The tension to ask for. @param motion valid.
  double step(const AxisMotion& motion, std::int64_t dt_ns) noexcept;

  bool asks_for_handle() const noexcept { return stage_ == Stage::kTakeOut; }
  bool done() const noexcept { return stage_ == Stage::kDone; }
  /// Nobody let go of the handle in time.
  bool gave_up() const noexcept { return gave_up_; }
  /// For frames: kRest during the loads and at the end, kPeak while the handle is to be taken out and let go, kEccentric on a run.
  Phase phase() const noexcept;

 private:
  enum class Stage : std::uint8_t { kLoads, kTakeOut, kRun, kHoming, kDone };

  void enter(Stage stage) noexcept;
  double hold_load(const AxisMotion& motion) noexcept;
  double await_release(const AxisMotion& motion, double dt_s) noexcept;
  double run(const AxisMotion& motion, double dt_s) noexcept;
  double come_home(const AxisMotion& motion) noexcept;

  Stage stage_ = Stage::kLoads;
  double stage_s_ = 0.0, still_s_ = 0.0;
  std::size_t load_ = 0;
  std::uint32_t runs_ = 0;
  double out_m_ = kSelfTestOut_m;
  double integral_n_ = 0.0;
  double held_s_ = 0.0;  // out and still, waiting to be let go
  bool gave_up_ = false;
};

}  // namespace sheave::control
