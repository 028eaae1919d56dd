#include "facts.hpp"

#include <algorithm>
#include <cmath>

#include "sheave_sdk.hpp"

namespace sheave::progressions {
namespace {

bool was_cut_short(const sheave_set_summary_t& set) {
  if (set.stop_answer == SHEAVE_STOP_ANSWER_INTERRUPTED) return true;
  switch (set.end_reason) {
    case SHEAVE_SET_END_RACKED:
    case SHEAVE_SET_END_FAILED:
    case SHEAVE_SET_END_EXERCISE:
      return false;
    default:
      return true;
  }
}

bool enough_range(const sheave_rep_summary_t& rep, double min_rom_share) {
  const bool unknown = !(rep.rom_share >= 0);  // no range is calibrated: the exercise's own verdict stands alone
  return unknown || rep.rom_share >= min_rom_share;
}

SetFacts weaker_of(const SetFacts& right, const SetFacts& left) {
  const bool left_less = left.load_kg != right.load_kg ? left.load_kg < right.load_kg : left.reps < right.reps;
  SetFacts both = left_less ? left : right;
  const SetFacts& other = left_less ? right : left;
  both.side = SHEAVE_SIDE_BOTH;
  both.set_index = right.set_index;
  both.judged = left.judged && right.judged;
  both.cut_short = left.cut_short || right.cut_short;
  both.paused = left.paused || right.paused;
  both.helped = left.helped || right.helped;
  both.pain = left.pain || right.pain;
  if (both.answer < 0 || (other.answer >= 0 && other.answer < both.answer)) both.answer = other.answer;
  return both;
}

bool pair(const SetFacts& newer, const SetFacts& older) {
  return newer.side == SHEAVE_SIDE_RIGHT && older.side == SHEAVE_SIDE_LEFT && newer.session_index == older.session_index &&
         newer.begun_kg == older.begun_kg && newer.kind == older.kind;
}

}  // namespace

SetFacts read_set(const sheave_progression_in_t& in, std::uint32_t index, double pause_limit_s) {
  const sheave_set_summary_t& set = in.sets[index];
  SetFacts facts;
  facts.set_index = set.set_index;
  facts.side = set.side;
  facts.worked_before = in.worked_before != nullptr ? in.worked_before[index] : 0;
  if (in.reps_left != nullptr && in.reps_left[index] >= 0) facts.left_by_speed = in.reps_left[index];  // false for NaN
  facts.days_ago = set.days_ago;
  facts.load_kg = facts.begun_kg = set.load_kg;
  facts.kind = set.kind;
  facts.session_index = set.session_index;
  facts.answer = set.answer_rir;
  facts.pain = set.stop_answer == SHEAVE_STOP_ANSWER_PAIN;
  facts.helped = set.end_reason == SHEAVE_SET_END_FAILED;
  facts.cut_short = was_cut_short(set);
  bool short_pulls = false;
  bool first = true;
  const double* peak_mps = in.peak_speeds_mps != nullptr ? in.peak_speeds_mps[index] : nullptr;
  const double* rep_load_kg = in.rep_loads_kg != nullptr ? in.rep_loads_kg[index] : nullptr;
  for (const sheave_rep_summary_t& rep : sdk::reps_of(set)) {
    const double peak_of_rep_mps = peak_mps != nullptr ? *peak_mps++ : -1.0;
    const double at_kg = rep_load_kg != nullptr ? *rep_load_kg++ : set.load_kg;
    facts.paused = facts.paused || (!first && rep.pause_before_s > pause_limit_s);
    first = false;
    if ((rep.flags & SHEAVE_REP_ASSISTED) != 0) facts.helped = true;
    short_pulls = short_pulls || !enough_range(rep, in.min_rom_share);
    const bool counts = (rep.flags & (SHEAVE_REP_COUNTED | SHEAVE_REP_ASSISTED)) == SHEAVE_REP_COUNTED;
    if (!counts || !enough_range(rep, in.min_rom_share)) continue;
    ++facts.reps;
    facts.speeds_mps.push_back(rep.mean_speed_mps);
    facts.loads_kg.push_back(at_kg);
    if (at_kg > 0) facts.load_kg = std::min(facts.load_kg, at_kg);
    if (std::isfinite(peak_of_rep_mps)) facts.peak_mps = std::max(facts.peak_mps, peak_of_rep_mps);
    if (!std::isfinite(rep.mean_speed_mps)) continue;
    facts.fastest_mps = std::max(facts.fastest_mps, rep.mean_speed_mps);
    facts.last_mps = rep.mean_speed_mps;
  }
  if (!facts.lightened()) facts.loads_kg.clear();
  // A set without a rep is too heavy only where the person tried: pulled short, needed help, or says so. Rejected form says nothing of it.
  if (facts.reps == 0 && set.stop_answer == SHEAVE_STOP_ANSWER_TIRED && !facts.cut_short) facts.helped = true;
  const bool tried = facts.reps > 0 || facts.helped || short_pulls;
  facts.judged = tried && !facts.cut_short && !facts.pain;
  return facts;
}

std::vector<SetFacts> read_history(const sheave_progression_in_t& in, double pause_limit_s) {
  std::vector<SetFacts> history;
  for (std::uint32_t i = 0; i < in.set_count; ++i) {
    if (in.sets[i].kind != SHEAVE_SET_WORKING && in.sets[i].kind != SHEAVE_SET_PROBE) continue;
    SetFacts set = read_set(in, i, pause_limit_s);
    if (!history.empty() && pair(history.back(), set)) {
      history.back() = weaker_of(history.back(), set);
    } else {
      if (!history.empty() && history.back().side != SHEAVE_SIDE_BOTH) history.back().judged = false;
      history.push_back(std::move(set));
    }
  }
  if (!history.empty() && history.back().side != SHEAVE_SIDE_BOTH) history.back().judged = false;
  return history;
}

}  // namespace sheave::progressions
