#pragma once
// Follows one session: what to print of each event, and what the live lines say. Knows no clock, no terminal, no network.

#include <optional>
#include <string>
#include <vector>

#include "controller/app/cli/cautions.hpp"
#include "controller/app/cli/hold_up.hpp"
#include "controller/app/cli/text.hpp"
#include "sheave/v1/watch.pb.h"

namespace sheave::cli {

class SessionView {
 public:
  /// @param at_keyboard somebody can press Enter here.
  explicit SessionView(std::string session, bool at_keyboard = false) : session_(std::move(session)), at_keyboard_(at_keyboard) {}

  /// What of `event` is to be printed and stays; nothing for events of other sessions. @param now_s any steady clock.
  std::vector<std::string> on(const Look& look, const v1::WatchResponse& event, double now_s);
  /// What came back too often to be said each time, when it may be told: at most once a minute, and at the session's end.
  std::vector<std::string> counted(const Look& look, double now_s);
  /// The lines below that, drawn anew again and again: the handle's place, or the countdown of the rest.
  std::vector<std::string> live(const Look& look, double now_s) const;

  /// True for events that tell of this session (or of the machine as a whole).
  bool concerns(const v1::WatchResponse& event) const;
  bool finished() const noexcept { return finished_; }
  /// Nothing starts before pulley and attachment are confirmed.
  bool set_up_due() const noexcept { return seen_ && !finished_ && !waits_ && snapshot_.set_up_due(); }
  /// The turn came to it: nothing starts before its person says so.
  bool tap_due() const noexcept { return !finished_ && !waits_ && tap_due_; }
  /// Others have the machine; its turn will come.
  bool waits() const noexcept { return waits_; }
  int sets_planned() const noexcept { return snapshot_.sets_planned(); }  ///< 0: open.
  /// Whether something has to be done before the session goes on, and what.
  HoldUp hold_up() const noexcept { return seen_ && !finished_ && !waits_ ? hold_up_of(snapshot_) : HoldUp::kNone; }
  /// Since when.
  std::optional<double> held_up_since_s() const noexcept { return held_up_since_s_; }
  /// A fault that takes the load off or stops the machine came up while following, the spotter excepted: failing a rep is training.
  bool faulted() const noexcept { return faulted_; }

 private:
  std::vector<std::string> on_snapshot(const Look& look, const v1::Snapshot& snapshot, double now_s);
  std::string stage_line(const Look& look) const;
  std::string turn_line(const Look& look, double now_s) const;
  std::string handle_line(const Look& look) const;
  bool last_set_done() const;
  double rest_left_s(double now_s) const;

  std::string session_;
  bool at_keyboard_;
  v1::Snapshot snapshot_;
  v1::Lane lane_;   // while it waits: its own
  int before_ = 0;  // likewise: how many have the machine before it
  std::optional<v1::Sample> sample_;
  std::string cue_;
  Cautions cautions_;
  std::optional<double> held_up_since_s_;
  double snapshot_at_s_ = 0, rest_ends_s_ = 0, rest_s_ = 0;
  bool seen_ = false, finished_ = false, faulted_ = false, waits_ = false, tap_due_ = false;
};

}  // namespace sheave::cli
