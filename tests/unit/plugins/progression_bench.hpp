#pragma once
// Asks a shipped progression, through the host that calls it in the machine, about sets written as table rows.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "controller/plugin_host/registry.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {

/// A set as a row writes it. `visit` 0 is the present session.
struct SetRow {
  double load_kg = 20;
  int reps = 0;
  int answer = -1;
  std::uint32_t visit = 0;
  double days_ago = -1;  ///< Negative: 2 a visit.
  std::uint32_t end = SHEAVE_SET_END_RACKED;
  std::uint32_t stop_answer = SHEAVE_STOP_ANSWER_NONE;
  std::uint32_t kind = SHEAVE_SET_WORKING;
  std::uint32_t side = SHEAVE_SIDE_BOTH;
  std::uint32_t worked_before = 0;
  int assisted = 0;                        ///< Further reps that the spotter helped with.
  int short_reps = 0;                      ///< Further reps of 60 % of the range.
  double pause_s = 0;                      ///< Before the last rep.
  double first_mps = 0.5, last_mps = 0.5;  ///< Mean speed, falling evenly.
  double peak_mps = std::numeric_limits<double>::quiet_NaN();
  double left_by_speed = std::numeric_limits<double>::quiet_NaN();
  int heavy_reps = 0;     ///< So many of them before it was made lighter...
  double lighter_kg = 0;  ///< ... to this; 0: it was not.
};

struct ProgressionRow {
  const char* name;
  const char* progression = "double-progression";
  plugin_host::ParamValues params = {};
  std::uint32_t bottom = 6, top = 8;
  std::vector<SetRow> sets = {};  ///< Newest first.
  const char* reason = "";
  double load_kg = 0;  ///< Expected; NaN: no further set.
  std::uint32_t goal = 0;
  std::uint32_t kind = SHEAVE_SET_WORKING;
  std::uint32_t point = SHEAVE_DECIDE_NEXT_SET;
  std::uint32_t worked_before_now = 0;
  double increment_kg = 0.25;
  double start_load_kg = 10;
  double load_max_kg = 150;
  std::optional<sheave_strength_t> strength = {};
};

inline void PrintTo(const ProgressionRow& row, std::ostream* out) { *out << row.name; }
inline std::string name_of(const ::testing::TestParamInfo<ProgressionRow>& row) { return row.param.name; }

inline constexpr double kStop = std::numeric_limits<double>::quiet_NaN();  ///< For a load: no further set.
inline constexpr auto kFirst = static_cast<std::uint32_t>(SHEAVE_DECIDE_FIRST_SET);
inline constexpr auto kProbe = static_cast<std::uint32_t>(SHEAVE_SET_PROBE);

/// After `sets`, newest first: double progression of 6 to 8 by the scaled rule, on a machine in kg.
inline ProgressionRow row(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg, std::uint32_t goal = 0,
                          std::uint32_t point = SHEAVE_DECIDE_NEXT_SET) {
  return {.name = name, .sets = std::move(sets), .reason = reason, .load_kg = load_kg, .goal = goal, .point = point};
}
inline ProgressionRow of_range(std::uint32_t bottom, std::uint32_t top, ProgressionRow row) {
  row.bottom = bottom, row.top = top;
  return row;
}
inline ProgressionRow by(const char* progression, ProgressionRow row) {
  row.progression = progression;
  return row;
}

/// The question a row asks; holds what the arrays point into.
class Asked {
 public:
  explicit Asked(const ProgressionRow& row) {
    for (const SetRow& set : row.sets) add(set, static_cast<std::uint32_t>(row.sets.size() - sets_.size()));
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      sets_[i].reps = reps_[i].data();
      sets_[i].rep_count = static_cast<std::uint32_t>(reps_[i].size());
      peaks_of_sets_.push_back(peaks_[i].data());
      loads_of_sets_.push_back(loads_[i].data());
    }
    in.struct_size = sizeof in;
    in.point = row.point;
    in.rep_bottom = row.bottom;
    in.rep_top = row.top;
    in.sets_planned = 3;
    in.sets_done = static_cast<std::uint32_t>(std::ranges::count_if(row.sets, [](const SetRow& set) { return set.visit == 0; }));
    in.increment_kg = in.load_min_kg = row.increment_kg;
    in.load_max_kg = row.load_max_kg;
    in.start_load_kg = row.start_load_kg;
    in.min_rom_share = 0.8;
    in.sets = sets_.data();
    in.set_count = static_cast<std::uint32_t>(sets_.size());
    in.peak_speeds_mps = peaks_of_sets_.data();
    in.rep_loads_kg = loads_of_sets_.data();
    in.worked_before = worked_before_.data();
    in.worked_before_now = row.worked_before_now;
    in.reps_left = left_.data();
    if (row.strength) in.strength = &(strength_ = *row.strength);
  }
  Asked(const Asked&) = delete;

  sheave_progression_in_t in{};

 private:
  void add(const SetRow& row, std::uint32_t index) {
    auto& reps = reps_.emplace_back();
    const int all = row.reps + row.assisted + row.short_reps;
    for (int i = 0; i < all; ++i) {
      const double way = row.reps > 1 ? static_cast<double>(std::min(i, row.reps - 1)) / (row.reps - 1) : 0.0;
      const bool is_short = i >= row.reps + row.assisted;
      std::uint32_t flags = is_short ? SHEAVE_REP_PARTIAL : SHEAVE_REP_COUNTED;
      if (i >= row.reps && !is_short) flags |= SHEAVE_REP_ASSISTED;
      reps.push_back({is_short ? 0.6 : 0.97, row.first_mps + way * (row.last_mps - row.first_mps), 1.0, 0.3, flags, 0});
    }
    if (!reps.empty()) reps.back().pause_before_s = std::max(0.3, row.pause_s);
    peaks_.emplace_back(reps.size(), row.peak_mps);
    auto& loads = loads_.emplace_back(reps.size(), row.load_kg);
    for (std::size_t i = static_cast<std::size_t>(row.heavy_reps); row.lighter_kg > 0 && i < loads.size(); ++i) loads[i] = row.lighter_kg;
    worked_before_.push_back(row.worked_before);
    left_.push_back(row.left_by_speed);
    sheave_set_summary_t set{};
    set.session_index = row.visit;
    set.set_index = index;
    set.kind = row.kind;
    set.end_reason = row.end;
    set.stop_answer = row.stop_answer;
    set.answer_rir = row.answer;
    set.load_kg = row.load_kg;
    set.days_ago = row.days_ago < 0 ? 2.0 * row.visit : row.days_ago;
    set.side = row.side;
    sets_.push_back(set);
  }

  std::vector<std::vector<sheave_rep_summary_t>> reps_;
  std::vector<std::vector<double>> peaks_;
  std::vector<const double*> peaks_of_sets_;
  std::vector<std::vector<double>> loads_;
  std::vector<const double*> loads_of_sets_;
  std::vector<std::uint32_t> worked_before_;
  std::vector<double> left_;
  sheave_strength_t strength_{};
  std::vector<sheave_set_summary_t> sets_;
};

inline Result<sheave_progression_out_t> decide(const ProgressionRow& row) {
  static plugin_host::Registry& registry = *[] {
    auto* made = new plugin_host::Registry;  // outlives the tests; the plugins' code stays loaded
    made->scan({SHEAVE_PLUGIN_DIR});
    return made;
  }();
  auto instance = registry.create(row.progression, SHEAVE_EXT_PROGRESSION, row.params, {});
  if (!instance.ok()) return instance.status();
  const plugin_host::Progression progression(*std::move(instance), *registry.find(row.progression), row.params);
  return progression.decide(Asked(row).in);
}

inline void expect_as_the_row_says(const ProgressionRow& row) {
  const auto out = decide(row);
  ASSERT_TRUE(out.ok()) << out.status().message;
  EXPECT_STREQ(out->reason, row.reason);
  const auto decision = std::isnan(row.load_kg) ? SHEAVE_DECISION_STOP : SHEAVE_DECISION_LOAD;
  ASSERT_EQ(out->decision, static_cast<std::uint32_t>(decision));
  EXPECT_EQ(out->rep_goal, row.goal);
  if (decision == SHEAVE_DECISION_STOP) return;
  EXPECT_NEAR(out->load_kg, row.load_kg, 1e-9);
  EXPECT_EQ(out->next_kind, row.kind);
}

}  // namespace sheave::test
