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
// Strength comes back in two parts, most of it within a minute and a half, the rest over the session. What lasts is the price of the reps
// near the limit: warm-ups at 50 and 70 % of the 1RM go before a test of it (Abad 2011), 50 % of the working load takes no rep from sets
// to failure (Ribeiro 2014), and ammonia rises only past half of the reps that are there (Sanchez-Medina 2011). A set of ten to failure
// leaves three tenths of its fatigue: after two minutes of rest seven or eight reps follow (Willardson 2005).
constexpr double kLastsAbove = 0.7;  // load over what is left of strength
constexpr double kLastsAtLimit = 0.55;
constexpr double kFastRecovery_s = 45.0;  // half in 31 s: of phosphocreatine in 21 to 57 s (Harris 1976, Bogdanis 1995)
constexpr double kSlowRecovery_s = 600.0;

}  // namespace

double Strength::isometric_n(double rom_share) const noexcept {
  const double off = std::clamp((kStick - rom_share) * (1.0 / kStick), -0.2, 1.0);
  return left_n() * (1.0 + kStartGain * off * off);
}

void Strength::pull(double rom_share, double force_n, double velocity_mps) noexcept {
  const double load_share = force_n / params_.one_rm_n;
  double amount = 0.0;
  if (rom_share > 0.0) amount += rom_share * params_.per_rep * std::min(1.0, load_share * (1.0 / kFullCostLoad));
  if (velocity_mps < kHoldSpeed_mps && velocity_mps > -kHoldSpeed_mps) amount += kHoldPerSecond * kStep_s * std::min(1.0, load_share);
  tire(amount, force_n / left_n());
}

void Strength::rest(double duration_s) noexcept {
  fast_ -= fast_ * (duration_s / kFastRecovery_s);
  slow_ -= slow_ * (duration_s / kSlowRecovery_s);
}

void Strength::tire(double amount, double effort) noexcept {
  const double hard = std::clamp((effort - kLastsAbove) * (1.0 / (1.0 - kLastsAbove)), 0.0, 1.0);
  const double lasts = amount * kLastsAtLimit * hard;
  fast_ += amount - lasts;
  slow_ += lasts;
}

}  // namespace sheave::sim
