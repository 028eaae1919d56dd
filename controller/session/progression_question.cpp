#include "controller/session/progression_question.hpp"

#include <algorithm>
#include <cmath>

#include "controller/session/strength_model.hpp"
#include "controller/session/wall_clock.hpp"

namespace sheave::session {

namespace {

sheave_rep_summary_t summary_of(const Rep& rep) {
  sheave_rep_summary_t summary{};
  summary.rom_share = std::isfinite(rep.rom_share) ? rep.rom_share : -1.0;
  summary.mean_speed_mps = rep.mean_speed_mps;
  summary.concentric_s = rep.concentric_s;
  summary.pause_before_s = std::isfinite(rep.bottom_s) ? rep.bottom_s : 0.0;
  if (rep.verdict == RepVerdict::kCounted) summary.flags |= SHEAVE_REP_COUNTED;
  if (rep.verdict == RepVerdict::kPartial) summary.flags |= SHEAVE_REP_PARTIAL;
  if (rep.assisted) summary.flags |= SHEAVE_REP_ASSISTED;
  summary.form = rep.form;
  return summary;
}

}  // namespace

ProgressionQuestion::ProgressionQuestion(sheave_decision_point_t point, const Program& program, const LoadGrid& grid,
                                         const HistoryView& history, std::uint32_t sets_planned, std::uint32_t sets_done,
                                         std::uint32_t worked_before_now, const WallTime& now) {
  for (auto set = history.present.rbegin(); set != history.present.rend(); ++set) add(*set, 0, now);
  std::uint32_t session_index = 0;
  const std::string* session_id = nullptr;
  for (const SetRecord& set : history.earlier) {
    if (session_id == nullptr || *session_id != set.session_id) ++session_index;
    session_id = &set.session_id;
    add(set, session_index, now);
  }
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    sets_[i].reps = reps_[i].data();
    sets_[i].rep_count = static_cast<std::uint32_t>(reps_[i].size());
    peak_speeds_of_sets_.push_back(peak_speeds_mps_[i].data());
    rep_loads_of_sets_.push_back(rep_loads_kg_[i].data());
  }
  in_.struct_size = sizeof in_;
  in_.point = point;
  in_.rep_bottom = program.prescription.rep_bottom;
  in_.rep_top = program.prescription.rep_top;
  in_.sets_planned = sets_planned;
  in_.sets_done = sets_done;
  in_.increment_kg = grid.increment_kg();
  in_.load_min_kg = grid.min_kg();
  in_.load_max_kg = grid.max_kg();
  in_.start_load_kg = grid.at_most(program.start_load_kg);
  in_.min_rom_share = kMinRomShare;
  in_.sets = sets_.data();
  in_.peak_speeds_mps = peak_speeds_of_sets_.data();
  in_.rep_loads_kg = rep_loads_of_sets_.data();
  in_.worked_before = worked_before_.data();
  in_.worked_before_now = worked_before_now;
  in_.set_count = static_cast<std::uint32_t>(sets_.size());
  add_strength(history, now);
}

void ProgressionQuestion::add_strength(const HistoryView& history, const WallTime& now) {
  const StrengthModel model = strength_model(past_sets(history.earlier, history.present, now));
  strength_ = to_abi(model);
  const auto left = [&](const SetRecord& set) { reps_left_.push_back(reps_left(model, read_set(set, 0, now)).value); };
  std::for_each(history.present.rbegin(), history.present.rend(), left);
  std::ranges::for_each(history.earlier, left);
  in_.strength = &strength_;
  in_.reps_left = reps_left_.data();
}

void ProgressionQuestion::add(const SetRecord& set, std::uint32_t session_index, const WallTime& now) {
  sheave_set_summary_t summary{};
  summary.session_index = session_index;
  summary.set_index = set.index;
  summary.kind = static_cast<std::uint32_t>(set.kind);
  summary.end_reason = static_cast<std::uint32_t>(set.end);
  summary.stop_answer = static_cast<std::uint32_t>(set.stop_answer);
  summary.answer_rir = set.answer_rir.value_or(-1);
  summary.load_kg = set.load_kg;
  const double days_ago = days_since(set.started, now);
  summary.days_ago = std::isfinite(days_ago) ? days_ago : -1.0;
  summary.side = static_cast<std::uint32_t>(set.side);
  sets_.push_back(summary);
  worked_before_.push_back(set.worked_before);
  std::vector<sheave_rep_summary_t>& reps = reps_.emplace_back();
  std::vector<double>& peak_speeds_mps = peak_speeds_mps_.emplace_back();
  std::vector<double>& rep_loads_kg = rep_loads_kg_.emplace_back();
  std::uint32_t counted = 0;
  for (const Rep& rep : set.reps) {
    if (rep.verdict == RepVerdict::kRejected) continue;
    rep_loads_kg.push_back(set.load_of_rep_kg(counted + 1));
    if (rep.verdict == RepVerdict::kCounted) ++counted;
    reps.push_back(summary_of(rep));
    peak_speeds_mps.push_back(rep.peak_speed_mps);
  }
}

}  // namespace sheave::session
