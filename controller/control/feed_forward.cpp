#include "controller/control/feed_forward.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::control {

namespace {

// The friction of one machine spreads by about 20 % over its travel and temperature; more than 80 % of its mean would in places be
// more than there is.
constexpr double kFrictionGain = 0.8;
constexpr double kFrictionMost_n = 40.0;  // a configuration error must not become a pull

// v / sqrt(v^2 + v0^2): a sign that is smooth, needs no transcendentals and gives the same bits everywhere. Around standstill it
// is a negative damping of gain * F / v0 = 272 N s/m at 17 N, which the drum's 7 kg answer with a time constant of 26 ms: ten
// times the delay of the loop.
constexpr double kSmooth_mps = 0.05;

// The drum's inertia is not fed forward. With cable stiffness k the drum alone swings at sqrt(k/m)/2pi (13 Hz at 50 N/mm and 7 kg),
// where its acceleration per newton is far above 1/m, and the acceleration estimate (8 ms memory) lags by a quarter turn: a gain
// that helps a person at 1 Hz rings there. It stays out until a plant identified on a real machine says otherwise.

}  // namespace

FeedForward::FeedForward(const Machine& machine) noexcept
    : friction_n_(kFrictionGain * std::clamp(machine.friction_n, 0.0, kFrictionMost_n)) {}

double FeedForward::correction_n(double velocity_mps) const noexcept {
  return -friction_n_ * velocity_mps / std::sqrt(velocity_mps * velocity_mps + kSmooth_mps * kSmooth_mps);
}

}  // namespace sheave::control
