#include "controller/control/rep_detector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sheave::control {
namespace {

// Shares are of the range: calibrated, or the set's own. Tried on recorded sets with 10 to 1000 Hz, ranges of 0.14 to 0.8 m,
// valleys at up to 32 % and reversals of 4 cm inside a pull, and on synthetic ones (rep_detector_test.cpp).
constexpr double kLeave_m = 0.03;           // out of the low point: more than sway and noise
constexpr double kAttempt_m = 0.10;         // taken back before it got that far, a pull never began
constexpr double kTurnShare = 0.40;         // back by this much: the peak was one
constexpr double kTurnOwnShare = 0.60;      // or by this much of its own height, where the movement is a small one
constexpr double kTurnMin_m = 0.05;         // above any reversal inside a pull
constexpr double kTurnUnknownMax_m = 0.20;  // first movement of a set without a range, which may hold a walk-out
constexpr double kLowShare = 0.35;          // near enough to the start that resting there ends the return
constexpr double kPartShare = 0.25;         // smaller movements are no pulls
constexpr double kGateShare = 0.97;         // of min_rom_m: what a peak loses between two samples of a 40 Hz link
constexpr double kTopShare = 0.90;          // of the range: at the end of the set this is a top
constexpr double kBeyondShare = 1.5;        // a pull that long is none: the cable ran out
constexpr double kStillBand_m = 0.012;      // a person holding still, and 5 mm of noise
constexpr double kRestLow_s = 0.15;         // near the start: the return is over
constexpr double kRestAnywhere_s = 1.0;     // after a return: it is over wherever the handle rests
constexpr double kRestOnWay_s = 0.5;        // on the way out: may be the real start
constexpr double kHold_s = 0.25;            // near the peak: the pull is over, what creeps further is the hold
constexpr double kHoldLeave_m = 0.02;
constexpr double kEndSpeedShare = 0.05;  // of the pull's fastest
constexpr double kBounceRise_s = 0.25;   // flies up to h = g t^2 / 2 = 0.3 m, higher than any bounce
constexpr double kBounceShare = 0.5;

// Of the pull's distance. Its slow beginning and end are no sticking; a dip of a fifth is more than a tremble of the hand.
constexpr double kStickFrom = 0.1, kStickTo = 0.95, kStickStretch = 0.1, kStickDip = 1.25;
constexpr int kStickPlaces = 31;

}  // namespace

void RepDetector::Pull::open(const DetectorInput& in) noexcept {
  meter.restart(in);
  concentric = meter.sums();
  low_m = in.extension_m;
  valid = true;
}

void RepDetector::reset(const DetectorConfig& config) noexcept {
  *this = RepDetector();
  config_ = config;
}

RepDetector::Output RepDetector::update(const DetectorInput& in) noexcept {
  Output out;
  if (!started_) {
    started_ = true;
    low_m_ = peak_m_ = still_at_m_ = still_low_m_ = in.extension_m;
    next_.open(in);
  }
  if (std::abs(in.extension_m - still_at_m_) > kStillBand_m) {
    still_at_m_ = still_low_m_ = in.extension_m;
    still_s_ = 0.0;
  } else {
    still_low_m_ = std::min(still_low_m_, in.extension_m);
    still_s_ += seconds(in.dt_ns);
  }
  last_ = in;
  switch (stage_) {
    case Stage::kLow:
      seek_start(in);
      leave_low(in);
      break;
    case Stage::kOut:
      follow_out(in);
      break;
    case Stage::kBack:
      seek_start(in);
      if (follow_back(in)) {
        const Pull& pull = chosen_pull();
        if (is_candidate(pull)) out.candidate = measure(pull, true);
        previous_end_ns_ = return_end_ns_;
        stage_ = Stage::kLow;
        leave_low(in);
      }
      break;
  }
  out.phase = phase_.update(in.extension_m, in.velocity_mps, seconds(in.dt_ns), scale());
  return out;
}

// The next pull may begin wherever the handle is lowest, or still and not far above.
void RepDetector::seek_start(const DetectorInput& in) noexcept {
  if (in.extension_m <= low_m_) {
    if (in.velocity_mps < -kMoving_mps) return_end_ns_ = in.now_ns;
    low_m_ = in.extension_m;
    next_.open(in);
  } else if (in.velocity_mps <= kMoving_mps && in.extension_m - low_m_ < kLeave_m) {
    next_.open(in);
    if (still_s_ >= kRestAnywhere_s) low_m_ = still_low_m_;  // of this rest: a slow start is no higher rest
  } else {
    next_.meter.add(in);
    next_.concentric = next_.meter.sums();
  }
}

void RepDetector::leave_low(const DetectorInput& in) noexcept {
  if (in.extension_m - low_m_ < kLeave_m) return;
  stage_ = Stage::kOut;
  whole_ = next_;
  whole_.low_m = low_m_;
  from_rest_.valid = false;
  peak_m_ = in.extension_m;
  peak_ns_ = return_start_ns_ = in.now_ns;
  hold_s_ = 0.0;
  assisted_ = false;
}

void RepDetector::follow_out(const DetectorInput& in) noexcept {
  whole_.meter.add(in);
  if (from_rest_.valid) from_rest_.meter.add(in);
  assisted_ = assisted_ || in.assisted;
  watch_hold(in);
  watch_rest(in);
  const double back_m = peak_m_ - in.extension_m;
  const double height = height_m(whole_);
  if (in.velocity_mps > -kMoving_mps && back_m < std::max(kHoldLeave_m, kEndSpeedShare * height)) return_start_ns_ = in.now_ns;

  double turn = turn_m(height);
  if (from_rest_.valid && height_m(from_rest_) >= config_.min_rom_m) turn = std::min(turn, turn_m(height_m(from_rest_)));
  const bool given_up = height < std::min(config_.min_rom_m, kAttempt_m) && back_m > 0.5 * height;
  if (back_m < turn && !given_up) return;
  stage_ = given_up && back_m < kTurnMin_m ? Stage::kLow : Stage::kBack;
  low_m_ = in.extension_m;
  return_end_ns_ = in.now_ns;
  next_.open(in);
}

// Tells the end of the pull from the hold after it.
void RepDetector::watch_hold(const DetectorInput& in) noexcept {
  const bool further = in.extension_m > peak_m_;
  if (further) {
    peak_m_ = in.extension_m;
    peak_ns_ = in.now_ns;
  }
  const double end_m = whole_.concentric.end_m;
  hold_s_ = std::abs(in.extension_m - end_m) < kHoldLeave_m ? hold_s_ + seconds(in.dt_ns) : 0.0;
  if (!further || hold_s_ >= kHold_s) return;
  if (in.velocity_mps < std::max(kMoving_mps, kEndSpeedShare * whole_.meter.sums().peak_speed_mps)) return;
  hold_s_ = 0.0;
  whole_.concentric = whole_.meter.sums();
  if (from_rest_.valid) from_rest_.concentric = from_rest_.meter.sums();
}

// A rest on the way out may turn out to be where the reps start. The first one wins as soon as a pull has been made from it.
void RepDetector::watch_rest(const DetectorInput& in) noexcept {
  if (still_s_ < kRestOnWay_s || std::abs(in.velocity_mps) > kMoving_mps) return;
  if (from_rest_.valid && height_m(from_rest_) >= config_.min_rom_m) return;
  from_rest_.open(in);
}

/// True once the return is over.
bool RepDetector::follow_back(const DetectorInput& in) noexcept {
  assisted_ = assisted_ || in.assisted;
  const double rise_m = in.extension_m - low_m_;
  const double height = height_m(whole_);
  const bool near_start =
      low_m_ - whole_.low_m <= kLowShare * height || (from_rest_.valid && low_m_ - from_rest_.low_m <= kLowShare * height_m(from_rest_));
  if (near_start && (still_s_ >= kRestLow_s || rise_m >= kLeave_m)) return true;
  return still_s_ >= kRestAnywhere_s || rise_m >= turn_m(height);
}

double RepDetector::range_m() const noexcept { return config_.rom.known() ? config_.rom.length_m() : learned_range_m_; }

double RepDetector::height_m(const Pull& pull) const noexcept { return peak_m_ - pull.low_m; }

/// How far back makes a peak of a movement of this height.
double RepDetector::turn_m(double height_m) const noexcept {
  const double range = range_m();
  const double of_range = range > 0.0 ? kTurnShare * range : std::min(kTurnShare * height_m, kTurnUnknownMax_m);
  return std::max(std::min(of_range, kTurnOwnShare * height_m), kTurnMin_m);
}

PhaseScale RepDetector::scale() const noexcept {
  if (config_.rom.known()) return {config_.rom.start_m, config_.rom.end_m};
  if (learned_range_m_ > 0.0) return {learned_low_m_, learned_low_m_ + learned_range_m_};
  return {};
}

/// From the rest on the way where the handle came back to it rather than to the low point; with a calibrated range, where that
/// says so.
const RepDetector::Pull& RepDetector::chosen_pull() const noexcept {
  if (!from_rest_.valid || height_m(from_rest_) < config_.min_rom_m) return whole_;
  const double start_m = config_.rom.known() ? config_.rom.start_m : low_m_;
  const bool nearer = std::abs(from_rest_.low_m - start_m) < std::abs(whole_.low_m - start_m);
  return nearer ? from_rest_ : whole_;
}

bool RepDetector::is_candidate(const Pull& pull) const noexcept {
  const double rom_m = height_m(pull);
  if (rom_m < kGateShare * config_.min_rom_m || rom_m < kPartShare * range_m()) return false;
  if (config_.rom.known() && config_.rom.share(peak_m_) < kPartShare) return false;  // moved below the range: set-up
  return !(pull.concentric.duration_s < kBounceRise_s && rom_m < kBounceShare * range_m());
}

bool RepDetector::reached_top(double height_m) const noexcept {
  if (config_.rom.known()) return config_.rom.share(peak_m_) < kBeyondShare;
  if (learned_range_m_ > 0.0) return height_m >= kTopShare * learned_range_m_ && height_m < kBeyondShare * learned_range_m_;
  return peak_m_ - last_.extension_m >= kStillBand_m || std::abs(last_.velocity_mps) < kMoving_mps || still_s_ >= kHold_s;
}

RepDetector::Output RepDetector::finish(std::int64_t now_ns) noexcept {
  Output out;
  if (started_ && stage_ != Stage::kLow) {
    if (stage_ == Stage::kOut) low_m_ = last_.extension_m;
    const Pull& pull = chosen_pull();
    const bool back = stage_ == Stage::kBack;
    const bool returned = back && low_m_ - pull.low_m <= kLowShare * height_m(pull);
    if (!back) return_end_ns_ = now_ns;
    if (is_candidate(pull) && (back || reached_top(height_m(pull)))) out.candidate = measure(pull, returned);
    stage_ = Stage::kLow;
  }
  return out;
}

Candidate RepDetector::measure(const Pull& pull, bool returned) noexcept {
  const PullSums& c = pull.concentric;
  Candidate found;
  Rep& rep = found.rep;
  rep.candidate = ++candidates_;
  rep.assisted = assisted_;
  rep.start_m = pull.low_m;
  rep.peak_m = peak_m_;
  rep.rom_m = height_m(pull);
  if (config_.rom.known()) rep.rom_share = rep.rom_m / config_.rom.length_m();
  rep.start_ns = c.start_ns;
  rep.peak_ns = c.end_ns;
  rep.end_ns = returned ? return_end_ns_ : last_.now_ns;
  rep.concentric_s = c.duration_s;
  rep.peak_hold_s = std::max(0.0, seconds(return_start_ns_ - c.end_ns));
  if (returned) {
    rep.end_m = low_m_;
    rep.eccentric_s = seconds(return_end_ns_ - return_start_ns_);
  }
  if (previous_end_ns_ > 0) rep.bottom_s = std::max(0.0, seconds(c.start_ns - previous_end_ns_));
  if (c.duration_s > 0.0) {
    rep.mean_speed_mps = (c.end_m - c.start_m) / c.duration_s;
    rep.mean_force_n = c.measured_ns / c.duration_s;
    rep.mean_power_w = c.work_j / c.duration_s;
    rep.load_commanded_kg = kg_from_newton(c.commanded_ns / c.duration_s);
    rep.load_measured_kg = kg_from_newton(rep.mean_force_n);
  }
  if (c.propulsive_s > 0.0) rep.mean_propulsive_speed_mps = c.propulsive_m / c.propulsive_s;
  rep.peak_speed_mps = c.peak_speed_mps;
  if (!std::isnan(c.measured_ns)) {  // a recording of movement alone has no forces
    rep.peak_force_n = c.peak_force_n;
    rep.peak_power_w = c.peak_power_w;
  }
  rep.work_j = c.work_j;
  rep.longest_pause_s = c.longest_pause_s;
  if (c.duration_s > 0.0) rep.side_lead_share = c.apart_s / c.duration_s;
  rep.side_peak_share = std::isnan(rep.side_lead_share) ? kUnknown : c.apart_share;
  find_sticking(pull, rep);

  const double fifth_m = 0.2 * (c.end_m - c.start_m);
  const double first_s = seconds(pull.meter.reached_ns(fifth_m, c) - c.start_ns);
  const double final_s = seconds(c.end_ns - pull.meter.reached_ns(4.0 * fifth_m, c));
  if (first_s > 0.0) found.detail.start_speed_mps = fifth_m / first_s;
  if (final_s > 0.0) found.detail.end_speed_mps = fifth_m / final_s;
  if (config_.rom.known()) found.detail.peak_share = config_.rom.share(peak_m_);
  found.detail.no_return = !returned;
  learn(std::min(rep.rom_m, returned ? peak_m_ - low_m_ : rep.rom_m));
  return found;
}

void RepDetector::find_sticking(const Pull& pull, Rep& rep) noexcept {
  const double length_m = pull.concentric.end_m - pull.concentric.start_m;
  const double stretch_m = kStickStretch * length_m;
  // The fastest stretch before each, and after the slowest: a dip has one on either side. Speeds as times: the longest is the slowest.
  std::int64_t slowest_ns = 0, fastest_before_ns = 0, fastest_ns = std::numeric_limits<std::int64_t>::max(), fastest_after_ns = 0;
  double slowest_at = kUnknown;
  for (int i = 0; i < kStickPlaces; ++i) {
    const double from = kStickFrom + (kStickTo - kStickStretch - kStickFrom) * i / (kStickPlaces - 1.0);
    const std::int64_t took_ns =
        pull.meter.reached_ns(from * length_m + stretch_m, pull.concentric) - pull.meter.reached_ns(from * length_m, pull.concentric);
    if (took_ns > slowest_ns) {
      slowest_ns = took_ns;
      slowest_at = from + 0.5 * kStickStretch;
      fastest_before_ns = fastest_ns;
      fastest_after_ns = std::numeric_limits<std::int64_t>::max();
    }
    fastest_ns = std::min(fastest_ns, took_ns);
    fastest_after_ns = std::min(fastest_after_ns, took_ns);
  }
  const auto much_faster = [&](std::int64_t took_ns) { return static_cast<double>(slowest_ns) > kStickDip * static_cast<double>(took_ns); };
  if (slowest_ns <= 0 || !much_faster(fastest_before_ns) || !much_faster(fastest_after_ns)) return;
  rep.sticking_share = slowest_at;
  rep.sticking_speed_mps = stretch_m / seconds(slowest_ns);
}

/// The set's own range: rises at once half way to a larger movement, falls slowly, because people tire.
void RepDetector::learn(double rom_m) noexcept {
  if (learned_range_m_ <= 0.0) {
    learned_range_m_ = rom_m;
  } else if (rom_m > learned_range_m_) {
    learned_range_m_ += 0.5 * (rom_m - learned_range_m_);
  } else if (rom_m > kBounceShare * learned_range_m_) {
    learned_range_m_ += 0.2 * (rom_m - learned_range_m_);
  }
  learned_low_m_ = peak_m_ - learned_range_m_;
}

}  // namespace sheave::control
