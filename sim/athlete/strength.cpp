#include "sim/athlete/strength.hpp"

#include <algorithm>

namespace sheave::sim {

namespace {

// Epley is for loads that can be failed with; under half of the strength left a rep tires in proportion to its load.
constexpr double kFullCostLoad = 0.5;
constexpr double kStick = 0.85;      // share of the pull where it is hardest
constexpr double kStartGain = 0.35;  // stronger by this at the start of the pull
// Standing still against the load tires too: a hold of 10 s at the limit costs what three reps do.
constexpr double kHoldPerSecond = 0.01;
constexpr double kHoldSpeed_mps = 0.10;
// Strength comes back in two parts: two thirds within a minute and a half, the rest over the session.
constexpr double kFastShare = 0.7;
constexpr double kFastRecovery_s = 45.0;
constexpr double kSlowRecovery_s = 600.0;

}  // namespace

double Strength::isometric_n(double rom_share) const noexcept {
  const double off = std::clamp((kStick - rom_share) * (1.0 / kStick), -0.2, 1.0);
  return left_n() * (1.0 + kStartGain * off * off);
}

void Strength::pull(double rom_share, double force_n, double velocity_mps) noexcept {
  const double load_share = force_n / params_.one_rm_n;
  if (rom_share > 0.0) tire(rom_share * params_.per_rep * std::min(1.0, load_share * (1.0 / kFullCostLoad)));
  if (velocity_mps < kHoldSpeed_mps && velocity_mps > -kHoldSpeed_mps) tire(kHoldPerSecond * kStep_s * std::min(1.0, load_share));
}

void Strength::rest(double duration_s) noexcept {
  fast_ -= fast_ * (duration_s / kFastRecovery_s);
  slow_ -= slow_ * (duration_s / kSlowRecovery_s);
}

void Strength::tire(double amount) noexcept {
  fast_ += amount * kFastShare;
  slow_ += amount * (1.0 - kFastShare);
}

}  // namespace sheave::sim
