#include "controller/control/rep_judge.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::control {
namespace {

double or_negative(double share) noexcept { return std::isnan(share) ? -1.0 : share; }

RepVerdict verdict_of(std::uint32_t verdict) noexcept {
  switch (verdict) {
    case SHEAVE_VERDICT_COUNTED:
      return RepVerdict::kCounted;
    case SHEAVE_VERDICT_PARTIAL:
      return RepVerdict::kPartial;
    default:
      return RepVerdict::kRejected;
  }
}

}  // namespace

sheave_rep_candidate_t RepJudge::ask(const Rep& rep, const CandidateDetail& detail) noexcept {
  if (open_count_ == kMaxOpen) {
    std::copy(open_.begin() + 1, open_.end(), open_.begin());
    --open_count_;
  }
  open_[open_count_++] = rep;

  sheave_rep_candidate_t c{};
  c.h = {sizeof c, 0, SHEAVE_EVENT_REP_CANDIDATE};
  c.candidate = rep.candidate;
  c.axis = rep.axis == RepAxis::kBoth ? SHEAVE_AXIS_BOTH : static_cast<std::uint32_t>(rep.axis);
  c.start_m = rep.start_m;
  c.peak_m = rep.peak_m;
  c.end_m = rep.end_m;
  c.rom_m = rep.rom_m;
  c.rom_share = or_negative(rep.rom_share);
  c.peak_share = or_negative(detail.peak_share);
  c.concentric_s = rep.concentric_s;
  c.peak_hold_s = rep.peak_hold_s;
  c.eccentric_s = rep.eccentric_s;
  c.bottom_s = rep.bottom_s;
  c.longest_pause_s = rep.longest_pause_s;
  c.mean_speed_mps = rep.mean_speed_mps;
  c.peak_speed_mps = rep.peak_speed_mps;
  c.end_speed_mps = detail.end_speed_mps;
  c.start_speed_mps = detail.start_speed_mps;
  if (rep.assisted) c.flags |= SHEAVE_CANDIDATE_ASSISTED;
  if (detail.no_return) c.flags |= SHEAVE_CANDIDATE_NO_RETURN;
  return c;
}

bool RepJudge::answer(const sheave_rep_verdict_t& verdict, Rep& rep) noexcept {
  const auto end = open_.begin() + static_cast<std::ptrdiff_t>(open_count_);
  const auto asked = std::find_if(open_.begin(), end, [&](const Rep& r) { return r.candidate == verdict.candidate; });
  if (asked == end) return false;
  rep = *asked;
  std::copy(asked + 1, end, asked);
  --open_count_;
  rep.verdict = verdict_of(verdict.verdict);
  rep.form = verdict.form;
  if (verdict.hold_s >= 0.0) rep.peak_hold_s = verdict.hold_s;
  if (rep.verdict == RepVerdict::kCounted) count(rep);
  return true;
}

void RepJudge::count(Rep& rep) noexcept {
  rep.verdict = RepVerdict::kCounted;
  rep.index = ++counted_;
  if (std::isnan(rep.mean_speed_mps)) return;
  fastest_mps_ = std::max(fastest_mps_, rep.mean_speed_mps);
  if (fastest_mps_ > 0.0) rep.speed_loss = 1.0 - rep.mean_speed_mps / fastest_mps_;
}

}  // namespace sheave::control
