#pragma once
// What a progression is asked: the history as plain arrays, kept alive while a worker reads them.

#include <memory>
#include <vector>

#include "controller/session/loads.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::session {

/// A rep below this share of the calibrated range does not count toward a progression (DESIGN, rule A4).
inline constexpr double kMinRomShare = 0.8;

/// Most sets of earlier sessions: about three months of one exercise, twice a week; the longest rule looks back 90 days.
inline constexpr std::size_t kHistorySets = 60;

struct HistoryView {
  const std::vector<SetRecord>& earlier;  ///< Earlier sessions, newest first.
  const std::vector<SetRecord>& present;  ///< This session, oldest first.
};

/// Immutable once made. Any thread may read it.
class ProgressionQuestion {
 public:
  /// `sets_done` of `sets_planned` working sets of this session are done, `worked_before_now` sets of other exercises for the same
  /// muscles before it in this visit; `now` dates the history.
  ProgressionQuestion(sheave_decision_point_t point, const Program& program, const LoadGrid& grid, const HistoryView& history,
                      std::uint32_t sets_planned, std::uint32_t sets_done, std::uint32_t worked_before_now, const WallTime& now);
  ProgressionQuestion(const ProgressionQuestion&) = delete;
  ProgressionQuestion& operator=(const ProgressionQuestion&) = delete;

  /// Its pointers live as long as this.
  const sheave_progression_in_t& in() const noexcept { return in_; }

 private:
  void add(const SetRecord& set, std::uint32_t session_index, const WallTime& now);

  void add_strength(const HistoryView& history, const WallTime& now);

  std::vector<std::vector<sheave_rep_summary_t>> reps_;
  std::vector<std::vector<double>> peak_speeds_mps_;
  std::vector<const double*> peak_speeds_of_sets_;
  std::vector<std::vector<double>> rep_loads_kg_;
  std::vector<const double*> rep_loads_of_sets_;
  std::vector<std::uint32_t> worked_before_;
  std::vector<sheave_set_summary_t> sets_;
  sheave_strength_t strength_{};
  std::vector<double> reps_left_;
  sheave_progression_in_t in_{};
};

}  // namespace sheave::session
