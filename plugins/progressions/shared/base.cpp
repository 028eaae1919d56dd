#include "base.hpp"

#include <algorithm>

namespace sheave::progressions {
namespace {

constexpr double kMost_kg = 1e6;

bool sane(const sheave_progression_in_t& in) {
  // Wider than any machine, narrow enough that no product of two of them is infinite.
  const auto positive = [](double v) { return v >= 1e-6 && v <= kMost_kg; };
  constexpr std::uint32_t kMostReps = 1000;
  return in.rep_bottom >= 1 && in.rep_top >= in.rep_bottom && in.rep_top <= kMostReps && positive(in.increment_kg) &&
         positive(in.load_max_kg) && positive(in.start_load_kg) && in.load_min_kg >= 0 && in.load_min_kg <= in.load_max_kg;
}

}  // namespace

bool Base::decide(const sheave_progression_in_t& in, sdk::Decision& out) const {
  if (!sane(in)) return false;
  const Question question{in, {step_rule(), pause_limit_s_, probe_speed_mps_}, read_history(in, pause_limit_s_)};
  if (!std::ranges::all_of(question.history, [](const SetFacts& s) { return s.load_kg > 0 && s.load_kg <= kMost_kg; })) return false;
  const bool in_session = !question.history.empty() && question.last().session_index == 0;
  if (in.point == SHEAVE_DECIDE_NEXT_SET && in_session) {
    decide_next_set(question, out);
  } else {
    decide_first_set(question, out);
  }
  return true;
}

bool decide_by_rank(std::span<const Rule> rules, const Question& q, sdk::Decision& out) {
  return std::ranges::any_of(rules, [&](Rule rule) { return rule(q, out); });
}

}  // namespace sheave::progressions
