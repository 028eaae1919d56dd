#include "facts.hpp"

#include <algorithm>
#include <cmath>

#include "sheave_sdk.hpp"

namespace sheave::double_progression {
namespace {

bool cut_short(const sheave_set_summary_t& set) {
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

}  // namespace

SetFacts read_set(const sheave_set_summary_t& set, double min_rom_share, double pause_limit_s) {
  SetFacts facts;
  facts.load_kg = set.load_kg;
  facts.kind = set.kind;
  facts.session_index = set.session_index;
  facts.answer = set.answer_rir;
  facts.pain = set.stop_answer == SHEAVE_STOP_ANSWER_PAIN;
  facts.helped = set.end_reason == SHEAVE_SET_END_FAILED;
  bool short_pulls = false;
  bool first = true;
  for (const sheave_rep_summary_t& rep : sdk::reps_of(set)) {
    facts.paused = facts.paused || (!first && rep.pause_before_s > pause_limit_s);
    first = false;
    if ((rep.flags & SHEAVE_REP_ASSISTED) != 0) facts.helped = true;
    short_pulls = short_pulls || !enough_range(rep, min_rom_share);
    const bool counts = (rep.flags & (SHEAVE_REP_COUNTED | SHEAVE_REP_ASSISTED)) == SHEAVE_REP_COUNTED;
    if (!counts || !enough_range(rep, min_rom_share)) continue;
    ++facts.reps;
    if (std::isfinite(rep.mean_speed_mps)) facts.fastest_mps = std::max(facts.fastest_mps, rep.mean_speed_mps);
  }
  // A set without a rep is too heavy only where the person tried: pulled short, or needed help. Rejected form says nothing of it.
  const bool tried = facts.reps > 0 || facts.helped || short_pulls;
  facts.judged = tried && !cut_short(set) && !facts.pain;
  return facts;
}

std::vector<SetFacts> read_history(const sheave_progression_in_t& in, double pause_limit_s) {
  std::vector<SetFacts> history;
  for (const sheave_set_summary_t& set : sdk::sets_of(in)) {
    if (set.kind == SHEAVE_SET_WORKING || set.kind == SHEAVE_SET_PROBE) history.push_back(read_set(set, in.min_rom_share, pause_limit_s));
  }
  return history;
}

}  // namespace sheave::double_progression
