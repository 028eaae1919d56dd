#pragma once
// Follows one session: what to print of each event, and what the live lines say. Knows no clock, no terminal, no network.

#include <optional>
#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/watch.pb.h"

namespace sheave::cli {

class SessionView {
 public:
  explicit SessionView(std::string session) : session_(std::move(session)) {}

  /// What of `event` is to be printed and stays; nothing for events of other sessions. @param now_s any steady clock.
  std::vector<std::string> on(const Look& look, const v1::WatchResponse& event, double now_s);
  /// The lines below that, drawn anew again and again: the handle's place, or the countdown of the rest.
  std::vector<std::string> live(const Look& look, double now_s) const;

  /// True for events that tell of this session (or of the machine as a whole).
  bool concerns(const v1::WatchResponse& event) const;
  bool finished() const noexcept { return finished_; }
  /// Nothing starts before pulley and attachment are confirmed.
  bool set_up_due() const noexcept { return seen_ && !finished_ && snapshot_.set_up_due(); }
  int sets_planned() const noexcept { return snapshot_.sets_planned(); }  ///< 0: open.
  /// Since when nothing goes on by itself: the session is paused, or the machine is latched off. Nothing where it does go on.
  std::optional<double> held_up_since_s() const noexcept { return held_up_since_s_; }
  /// A fault that takes the load off or stops the machine came up while following, the spotter excepted: failing a rep is training.
  bool faulted() const noexcept { return faulted_; }

 private:
  std::vector<std::string> on_snapshot(const Look& look, const v1::Snapshot& snapshot, double now_s);
  std::string stage_line(const Look& look) const;
  std::string handle_line(const Look& look) const;
  bool last_set_done() const;
  double rest_left_s(double now_s) const;

  std::string session_;
  v1::Snapshot snapshot_;
  std::optional<v1::Sample> sample_;
  std::string cue_;
  std::optional<double> held_up_since_s_;
  double snapshot_at_s_ = 0, rest_ends_s_ = 0, rest_s_ = 0;
  bool seen_ = false, finished_ = false, faulted_ = false;
};

}  // namespace sheave::cli
