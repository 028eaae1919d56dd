#pragma once
// The sets of one session as they happen: what was done, said and proposed, each handed to the ledger at once.

#include <optional>
#include <vector>

#include "controller/session/ledger.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// Of the sets that were planned: every working set, however it ended, and the probe that found the load, that is the last probe
/// before a working set. `next` is what comes; none: not known yet.
std::uint32_t planned_done(const std::vector<SetRecord>& ended, std::optional<SetKind> next) noexcept;

/// All [main].
class SetBook {
 public:
  SetBook(std::string session_id, Ledger& ledger) : session_id_(std::move(session_id)), ledger_(ledger) {}

  /// The load is on. `set` says what it is: kind, load, side, cables, range, start. @pre no set runs
  void begin(SetRecord set, std::int64_t now_ns);
  /// A counted or partial rep of the running set.
  void add(const Rep& rep);
  /// A live parameter was changed. Nothing where no set runs; `param.time_s` is filled in.
  void tune(TunedParam param, std::int64_t now_ns);
  /// The running set goes on with `load_kg`, which is less. @pre a set runs
  void lighten(double load_kg, bool by_person, std::int64_t now_ns);
  /// @param samples of the set; may be empty.
  void end(SetEndReason reason, SampleBlob samples, std::int64_t now_ns);

  /// After the last ended set; before the first one it is the session's first proposal.
  void put_proposal(const Proposal& proposal);
  /// Reasons SET_NOT_FOUND, EFFORT_RANGE, SET_ACTIVE.
  Status put_effort(std::uint32_t index, int reps_in_reserve);
  Status put_stop_reason(std::uint32_t index, StopAnswer answer);

  bool running() const noexcept { return running_.has_value(); }
  const SetRecord* current() const noexcept { return running_ ? &*running_ : nullptr; }
  const std::vector<SetRecord>& ended() const noexcept { return ended_; }  ///< Oldest first.
  const SetRecord* last() const noexcept { return ended_.empty() ? nullptr : &ended_.back(); }
  std::uint32_t next_index() const noexcept { return static_cast<std::uint32_t>(ended_.size()) + 1; }
  std::uint32_t planned_done(std::optional<SetKind> next) const noexcept { return session::planned_done(ended_, next); }

 private:
  Result<SetRecord*> find(std::uint32_t index);

  std::string session_id_;
  Ledger& ledger_;
  std::vector<SetRecord> ended_;
  std::optional<SetRecord> running_;
  std::int64_t began_ns_ = 0;
};

}  // namespace sheave::session
