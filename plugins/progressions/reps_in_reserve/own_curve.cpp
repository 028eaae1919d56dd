#include "own_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "capacity.hpp"

namespace sheave::progressions {
namespace {

struct Candidate {
  double epley;
  double prior;
};
// Most published sets to failure lie nearer to Epley's than to Lombardi's; single people do not always.
constexpr std::array<Candidate, 5> kCandidates{{{0.0, 0.08}, {0.25, 0.12}, {0.5, 0.20}, {0.75, 0.27}, {1.0, 0.33}}};

// What a forecast is off by besides reps that are not known exactly: form from day to day, and within a day what sets cost.
constexpr double kFirstSpread = 0.045, kNextSpread = 0.03;
// One set that fits no curve (a slip of the finger at "how many more") decides nothing.
constexpr double kMostSurprise = 6.0;
constexpr std::uint32_t kVisits = 8;

/// What was known before set `index` of the history, as the question it was. Today's form is none of it.
struct Before {
  Before(const Question& q, std::size_t index) : in(q.in), question{in, q.settings, {}} {
    in.strength = nullptr;
    const std::uint32_t present = q.history[index].session_index;
    for (std::size_t i = index + 1; i < q.history.size(); ++i) {
      if (q.history[i].session_index > present + kVisits) break;
      question.history.push_back(q.history[i]);
      question.history.back().session_index -= present;
    }
  }
  Before(const Before&) = delete;
  bool first() const { return question.history.front().session_index > 0; }

  sheave_progression_in_t in;
  Question question;
};

/// ln of how likely the reps of `set` were by `curve`; none: nothing was foretold.
std::optional<double> log_likelihood(const Before& before, const SetFacts& set, const Reserve& reserve, const Curve& curve) {
  const Question& q = before.question;
  const auto foretold = before.first() ? capacity_fresh(q, curve) : capacity_next(q, curve);
  if (!foretold || foretold->at_least) return std::nullopt;
  const double slope = curve.slope(set.reps + reserve.reps);
  const double reading = slope * error_reps(q, set, reserve), spread = before.first() ? kFirstSpread : kNextSpread;
  const double variance = spread * spread + 2.0 * reading * reading;  // what the forecast rests on was read as this set was
  const double off = std::log(one_rm_kg(curve, set, reserve.reps) / foretold->one_rm_kg);
  return -std::min(0.5 * off * off / variance, kMostSurprise) - 0.5 * std::log(variance) + std::log(slope);
}

}  // namespace

OwnCurve own_curve(const Question& q) {
  std::array<double, kCandidates.size()> logs;
  std::ranges::transform(kCandidates, logs.begin(), [](const Candidate& c) { return std::log(c.prior); });
  for (std::size_t i = 0; i + 1 < q.history.size() && q.history[i].session_index <= kVisits; ++i) {
    const SetFacts& set = q.history[i];
    const auto reserve = reserve_of(q, set);
    if (set.kind != SHEAVE_SET_WORKING || !set.judged || !reserve || reserve->reps >= kManyLeft_reps) continue;
    if (set.helped && set.reps == 0) continue;
    const Before before(q, i);
    if (before.question.history.empty()) continue;
    for (std::size_t k = 0; k < kCandidates.size(); ++k) {
      logs[k] += log_likelihood(before, set, *reserve, Curve(kCandidates[k].epley)).value_or(0.0);
    }
  }
  const double most = *std::ranges::max_element(logs);
  double weights = 0.0, sum = 0.0, squares = 0.0;
  for (std::size_t k = 0; k < kCandidates.size(); ++k) {
    const double weight = std::exp(logs[k] - most);
    weights += weight, sum += weight * kCandidates[k].epley, squares += weight * kCandidates[k].epley * kCandidates[k].epley;
  }
  const double mean = sum / weights, spread = std::sqrt(std::max(0.0, squares / weights - mean * mean));
  return {Curve(mean), Curve(std::max(0.0, mean - spread)), Curve(std::min(1.0, mean + spread))};
}

}  // namespace sheave::progressions
