#pragma once
// Records to rows and back. Unknown (NaN) is NULL; an empty optional id is NULL. All [store].

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "controller/session/records.hpp"

namespace sheave::store {

/// Binds the parameters of a statement from left to right.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}
  Binder& text(const std::string& value);
  Binder& text_or_null(const std::string& value);  ///< Empty: NULL.
  Binder& real(double value);                      ///< NaN: NULL.
  Binder& wall(const session::WallTime& time);     ///< Two parameters.
  Binder& null();
  template <typename T>
  Binder& integer(T value) {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    statement_.bind(next_++, static_cast<std::int64_t>(value));
    return *this;
  }

 private:
  SQLite::Statement& statement_;
  int next_ = 1;
};

/// Reads the columns of a row from left to right.
class Reader {
 public:
  explicit Reader(SQLite::Statement& statement) : statement_(statement) {}
  std::string text();      ///< NULL: empty.
  double real();           ///< NULL: NaN.
  bool null_next() const;  ///< Looks at the next column without taking it.
  session::WallTime wall();
  template <typename T>
  T integer() {
    return static_cast<T>(statement_.getColumn(next_++).getInt64());
  }

 private:
  SQLite::Statement& statement_;
  int next_ = 0;
};

/// The measured values of a rep by column name. One list for writing and reading, so that no two can be swapped.
struct RepColumn {
  const char* name;
  double Rep::*value;
};
inline constexpr std::array kRepColumns = {
    RepColumn{"start_m", &Rep::start_m},
    RepColumn{"peak_m", &Rep::peak_m},
    RepColumn{"end_m", &Rep::end_m},
    RepColumn{"rom_m", &Rep::rom_m},
    RepColumn{"rom_share", &Rep::rom_share},
    RepColumn{"concentric_s", &Rep::concentric_s},
    RepColumn{"peak_hold_s", &Rep::peak_hold_s},
    RepColumn{"eccentric_s", &Rep::eccentric_s},
    RepColumn{"bottom_s", &Rep::bottom_s},
    RepColumn{"mean_speed_mps", &Rep::mean_speed_mps},
    RepColumn{"mean_propulsive_speed_mps", &Rep::mean_propulsive_speed_mps},
    RepColumn{"peak_speed_mps", &Rep::peak_speed_mps},
    RepColumn{"mean_force_n", &Rep::mean_force_n},
    RepColumn{"peak_force_n", &Rep::peak_force_n},
    RepColumn{"mean_power_w", &Rep::mean_power_w},
    RepColumn{"peak_power_w", &Rep::peak_power_w},
    RepColumn{"work_j", &Rep::work_j},
    RepColumn{"load_commanded_kg", &Rep::load_commanded_kg},
    RepColumn{"load_measured_kg", &Rep::load_measured_kg},
    RepColumn{"speed_loss", &Rep::speed_loss},
    RepColumn{"longest_pause_s", &Rep::longest_pause_s},
    RepColumn{"sticking_share", &Rep::sticking_share},
    RepColumn{"sticking_speed_mps", &Rep::sticking_speed_mps},
    RepColumn{"side_lead_share", &Rep::side_lead_share},
    RepColumn{"side_peak_share", &Rep::side_peak_share},
};

// What follows each SELECT and how its row is read; the two belong together.

/// Of the table `sessions`, without an alias.
inline constexpr const char* kSessionColumns =
    "seq, id, request_id, program_id, program_hash, (SELECT o.member_id FROM owners o WHERE o.session_id = sessions.id), created_unix_ns, "
    "created_synchronized, finished_unix_ns, finished_synchronized, state, end_note, workout_id, workout_run, workout_position, "
    "workout_size";
session::SessionRecord read_session(Reader& row);

/// `counted` is not stored: the reps say it.
inline constexpr const char* kSetColumns =
    "s.session_id, s.set_index, s.kind, s.load_kg, s.axis_mask, s.started_unix_ns, s.started_synchronized, s.duration_s, s.end_reason, "
    "s.answer_rir, s.stop_answer, s.samples_lost, s.side, s.worked_before, s.curve_0, s.curve_25, s.curve_50, s.curve_75, "
    "s.curve_100, s.curve_test, s.curve_tested_unix_ns, s.curve_tested_synchronized, (SELECT COUNT(*) FROM reps r WHERE r.session_id = "
    "s.session_id "
    "AND "
    "r.set_index = s.set_index AND r.verdict = 1)";
session::SetRecord read_set(Reader& row);
/// Eight parameters: curve_0 to curve_100, curve_test, and when it was tested.
void bind_curve(Binder& binder, const std::optional<session::CurveUsed>& curve);

/// Counted reps of the set `s`, their work, and the sum of their loads: set by set, so that a question about a span reads the reps of that span alone.
inline constexpr const char* kRepSums =
    "(SELECT COUNT(*) FROM reps r WHERE r.session_id = s.session_id AND r.set_index = s.set_index AND r.verdict = 1) AS reps, "
    "(SELECT TOTAL(r.work_j) FROM reps r WHERE r.session_id = s.session_id AND r.set_index = s.set_index AND r.verdict = 1) AS work_j, "
    "(SELECT TOTAL(COALESCE((SELECT l.load_kg FROM set_lightened l WHERE l.session_id = r.session_id AND l.set_index = r.set_index "
    "AND l.after_reps < r.rep_index ORDER BY l.position DESC LIMIT 1), s.load_kg)) "
    "FROM reps r WHERE r.session_id = s.session_id AND r.set_index = s.set_index AND r.verdict = 1) AS volume_kg";

std::string rep_columns();  ///< Comma-separated.
void bind_rep(Binder& binder, const Rep& rep);
Rep read_rep(Reader& row);

inline constexpr const char* kProposalColumns =
    "seq, stop, load_kg, previous_load_kg, next_kind, rep_goal, reason, text, confidence, accepted, changed, etag";
/// Without evidence. @param seq out: its place in the log.
session::Proposal read_proposal(Reader& row, std::int64_t& seq);

inline constexpr const char* kFaultColumns = "seq, code, active, reaction, at_unix_ns, at_synchronized, session_id";
session::FaultRecord read_fault(Reader& row);

inline constexpr const char* kOrderColumns = "active, reason, who, at_unix_ns, at_synchronized";
session::OutOfOrder read_order(Reader& row);

/// The rows of `query`, each as `read` makes it.
template <typename Read>
auto read_all(SQLite::Statement& query, Read read) {
  std::vector<decltype(read(std::declval<Reader&>()))> all;
  while (query.executeStep()) {
    Reader row(query);
    all.push_back(read(row));
  }
  return all;
}

}  // namespace sheave::store
