#include "controller/control/feed_forward.hpp"

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::control {

namespace {

// Where nobody has measured it, the friction of one machine spreads by about 20 % over its travel and temperature; more than 80 % of
// its mean would in places be more than there is. Measured, it is known to a few percent: 8 % are left for what changes since then.
constexpr double kFrictionGain = 0.8, kMeasuredGain = 0.92;
constexpr double kFrictionMost_n = 40.0, kViscousMost_nspm = 40.0, kMassMost_kg = 15.0;  // a wrong measurement must not become a pull

// v |v| / (v^2 + v0^2): a sign that is smooth, flat at standstill, needs no transcendentals and gives the same bits everywhere. It is
// steepest at v0 / sqrt(3), by 0.65 F / v0: a negative damper of 310 N s/m at 15 N, which is what an isometric wall damps itself with
// (300) and the drum (10) together.
constexpr double kSmooth2_m2ps2 = 0.032 * 0.032;

// Inertia. What is fed back from acceleration comes late, and at w rad/s a lag makes of it a negative damper of gain m w^2 lag. The
// estimate lags by three times its memory, 9 ms; two periods and the motor's own lag add 3.5 ms. Where the Nyquist plot of drum, cable,
// handle and hand crosses, the gain could be larger by (7 kg drum, wire rope 300 kN/m, 0.5 kg handle, 1 kHz, 7.5 kg measured):
//   an arm that pulls (4 kN/m, 350 N s/m)    1.45       a free handle                        1.25
//   a limb that yields (200 N s/m)           1.5        a soft hand (1 kN/m, 30 N s/m)       0.93
//   a firm hand (20 kN/m, 300 N s/m)         0.90       a loose one (3 kN/m, 45 N s/m)       0.72
//   a handle tied to the frame               0.2
// For those below 1 there is no gain at a standstill (course), and a hand that begins to swing gets less, until it is stable
// (calmness). profile_loop_test closes the loop over all of them, with drums of 4.5 to 12 kg and synthetic rope.
constexpr double kInertiaGain = 0.8;
constexpr std::int64_t kPeriodMost_ns = 2 * kNsPerMs;
constexpr double kCourse_s = 0.010;
constexpr double kCourse2_m2ps2 = 0.03 * 0.03;  // half of the gain
constexpr double kTakeMost_n = 60.0;            // a power rep: 11 m/s2
// What it may add to a load: on the way out the drum wants to go on and the hand brakes it, up to what a brisk pull ends with; on the
// way in the hand lets the drum go first.
constexpr double kGiveOut_n = 40.0, kGiveOutShare = 0.5;
constexpr double kGiveIn_n = 15.0, kGiveInShare = 0.2;
constexpr double kFallMost_mps2 = 10.0;  // who falls faster has let go: nothing is added

// A rep turns its acceleration around twice, in one to four seconds; a swing of 4 Hz eight times a second. Who shakes four times within
// 0.7 s or so gets three fifths of what was taken out, for the rest of the set, beginning with nothing.
constexpr double kTurn_mps2 = 1.5, kForget_s = 0.7, kShakyTurns = 4.0;
constexpr double kLess = 0.6, kCalmsIn_s = 1.0;
constexpr double kComesBack_s = 0.2;  // after a load profile needed the mass: given up at once, taken out again gently

}  // namespace

void FeedForward::begin(const CableDrag& drag, double friction_n, std::int64_t period_ns) noexcept {
  *this = FeedForward();
  if (!drag.measured()) {
    friction_n_ = kFrictionGain * std::clamp(friction_n, 0.0, kFrictionMost_n);
    return;
  }
  friction_n_ = kMeasuredGain * std::clamp(drag.friction_n, 0.0, kFrictionMost_n);
  viscous_nspm_ = kMeasuredGain * std::clamp(drag.viscous_nspm, 0.0, kViscousMost_nspm);
  if (period_ns <= kPeriodMost_ns) mass_kg_ = kInertiaGain * std::clamp(drag.moving_mass_kg, 0.0, kMassMost_kg);
}

double FeedForward::step(double velocity_mps, double acceleration_mps2, double request_n, double own_mass, std::int64_t dt_ns) noexcept {
  double added_n = friction_part_n(velocity_mps);
  if (mass_kg_ > 0.0) added_n += inertia_part_n(velocity_mps, acceleration_mps2, request_n, own_mass, seconds(dt_ns));
  return std::max(-request_n, added_n);
}

double FeedForward::friction_part_n(double velocity_mps) const noexcept {
  const double square = velocity_mps * velocity_mps;
  const double share = square / (square + kSmooth2_m2ps2);
  return -share * (std::copysign(friction_n_, velocity_mps) + viscous_nspm_ * velocity_mps);
}

double FeedForward::inertia_part_n(double velocity_mps, double acceleration_mps2, double request_n, double own_mass, double dt_s) noexcept {
  course_mps_ += (velocity_mps - course_mps_) * dt_s / (kCourse_s + dt_s);
  const double calm = calmness(acceleration_mps2, dt_s);
  left_ = std::min(1.0 - own_mass, left_ + dt_s / kComesBack_s);
  const double square = course_mps_ * course_mps_;
  const double wanted_n = -mass_kg_ * acceleration_mps2 * calm * left_ * square / (square + kCourse2_m2ps2);
  double give_n = velocity_mps > 0.0 ? std::min(kGiveOut_n, kGiveOutShare * request_n) : std::min(kGiveIn_n, kGiveInShare * request_n);
  if (acceleration_mps2 < -kFallMost_mps2) give_n = 0.0;
  return std::clamp(wanted_n, -kTakeMost_n, give_n);
}

/// 1 for movement as people train, less for a hand that was seen to shake.
double FeedForward::calmness(double acceleration_mps2, double dt_s) noexcept {
  turns_ -= turns_ * dt_s / kForget_s;
  if (speeding_ ? acceleration_mps2 < -kTurn_mps2 : acceleration_mps2 > kTurn_mps2) {
    speeding_ = !speeding_;
    turns_ += 1.0;
  }
  if (turns_ > kShakyTurns) {
    turns_ = calm_ = 0.0;
    calmest_ *= kLess;
  }
  calm_ = std::min(calmest_, calm_ + dt_s / kCalmsIn_s);
  return calm_;
}

}  // namespace sheave::control
