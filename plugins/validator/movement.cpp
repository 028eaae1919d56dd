#include "plugins/validator/movement.hpp"

#include <cstring>

namespace sheave::validator {
namespace {

constexpr double kStart_m = 0.3, kRange_m = 0.45;
constexpr std::uint32_t kPull = 800, kHold = 800, kReturn = 800;  // ticks; what is left of a rep is rest

double smooth(double x) { return x * x * (3.0 - 2.0 * x); }
double slope(double x) { return 6.0 * x * (1.0 - x); }

struct Place {
  double share, share_per_s;
  sheave_phase_t phase;
};

Place place_in_rep(std::uint32_t tick) {
  if (tick < kPull) return {smooth(tick / double{kPull}), slope(tick / double{kPull}) * 1000.0 / kPull, SHEAVE_PHASE_CONCENTRIC};
  tick -= kPull;
  if (tick < kHold) return {1.0, 0.0, SHEAVE_PHASE_PEAK};
  tick -= kHold;
  const double x = tick / double{kReturn};
  if (tick < kReturn) return {1.0 - smooth(x), -slope(x) * 1000.0 / kReturn, SHEAVE_PHASE_ECCENTRIC};
  return {0.0, 0.0, SHEAVE_PHASE_REST};
}

}  // namespace

void Movement::advance() {
  time_.index = tick_;
  time_.now_ns = 1'000'000'000 + tick_ * Driver::kPeriod_ns;
  time_.dt_ns = tick_ == 0 ? 0 : Driver::kPeriod_ns;
  time_.period_ns = Driver::kPeriod_ns;
  candidates_.clear();
  advance_plausible();
  if (mood_ == Mood::kWild) advance_wild();
  ++tick_;
}

void Movement::advance_plausible() {
  const bool moving = tick_ < kReps * kTicksPerRep;
  const std::uint32_t in_rep = tick_ % kTicksPerRep;
  const Place place = moving ? place_in_rep(in_rep) : Place{0.0, 0.0, SHEAVE_PHASE_REST};
  for (std::size_t i = 0; i < Driver::kAxes; ++i) {
    share_[i] = place.share;
    phase_[i] = place.phase;
    const double tension_n = load_n_ + random_.between(-2.0, 2.0);
    axes_[i] = {kStart_m + kRange_m * place.share,
                kRange_m * place.share_per_s,
                tension_n,
                time_.now_ns,
                SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE,
                0};
  }
  if (moving && in_rep == kPull + kHold + kReturn) candidates_.push_back(candidate());
}

sheave_rep_candidate_t Movement::candidate() {
  sheave_rep_candidate_t c{};
  c.h = {sizeof c, 0, SHEAVE_EVENT_REP_CANDIDATE};
  c.candidate = ++candidate_;
  c.axis = SHEAVE_AXIS_BOTH;
  c.start_m = c.end_m = kStart_m;
  c.peak_m = kStart_m + kRange_m;
  c.rom_m = kRange_m;
  c.rom_share = c.peak_share = 1.0;
  c.concentric_s = kPull * 1e-3;
  c.peak_hold_s = kHold * 1e-3;
  c.eccentric_s = kReturn * 1e-3;
  c.bottom_s = 0.1;
  c.mean_speed_mps = kRange_m / c.concentric_s;
  c.peak_speed_mps = 1.5 * c.mean_speed_mps;
  c.start_speed_mps = c.end_speed_mps = c.mean_speed_mps;
  return c;
}

void Movement::advance_wild() {
  time_.dt_ns = static_cast<std::int64_t>(random_.next());
  load_n_ = random_.wild();
  for (std::size_t i = 0; i < Driver::kAxes; ++i) {
    share_[i] = random_.wild();
    phase_[i] = static_cast<std::uint32_t>(random_.below(6) < 5 ? random_.below(4) : random_.next());
    axes_[i] = {random_.wild(),
                random_.wild(),
                random_.wild(),
                static_cast<std::int64_t>(random_.next()),
                static_cast<std::uint32_t>(random_.below(8)),
                0};
  }
  if (random_.below(16) != 0) return;
  sheave_rep_candidate_t c = candidate();
  for (double* value :
       {&c.start_m, &c.peak_m, &c.end_m, &c.rom_m, &c.rom_share, &c.peak_share, &c.concentric_s, &c.peak_hold_s, &c.eccentric_s,
        &c.bottom_s, &c.longest_pause_s, &c.mean_speed_mps, &c.peak_speed_mps, &c.end_speed_mps, &c.start_speed_mps}) {
    *value = random_.wild();
  }
  candidates_.push_back(c);
}

}  // namespace sheave::validator
