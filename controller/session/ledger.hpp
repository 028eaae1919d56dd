#pragma once
// Everything the session wants remembered, in order. What the journal refuses is kept and given again; watchers hear of an entry
// after its commit and never before.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "controller/session/journal.hpp"

namespace sheave::session {

/// All [main].
class Ledger {
 public:
  /// @param announce called for each committed entry that watchers see.
  Ledger(Journal& journal, std::function<void(const LogEntry&)> announce);

  /// `first_answer`: what came of the first attempt; the entry is kept and tried again where that was an error.
  void put_session(const SessionRecord& session, std::function<void(const Status&)> first_answer = {});
  void begin_set(const SetRecord& set);
  void add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep);
  void finish_set(const SetRecord& set);
  void put_proposal(const SetRecord& set);
  void put_answers(const SetRecord& set);
  void put_samples(SampleBlob blob);
  void add_fault(const FaultRecord& fault);
  void add_odometer(const Odometer& delta);
  /// `first_answer` as with put_session().
  void put_order(const OutOfOrder& order, std::function<void(const Status&)> first_answer);
  void put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom);

  /// Tries again what was refused, once a second.
  void tick(std::int64_t now_ns);
  /// The last attempt failed and something waits.
  bool degraded() const noexcept { return degraded_; }
  /// How often a record did not fit what is stored, and was dropped, and nobody waited for the answer.
  std::uint64_t rejected() const noexcept { return rejected_; }
  bool empty() const noexcept { return queue_.empty(); }

 private:
  struct Entry {
    std::function<void(Committed)> write;
    std::optional<LogEntry> announced;
    std::function<void(const Status&)> first_answer;
    bool samples = false;
  };
  void add(Entry entry);
  void pump();
  void on_answer(const Result<std::uint64_t>& seq);

  Journal& journal_;
  std::function<void(const LogEntry&)> announce_;
  std::deque<Entry> queue_;  // the front one is with the journal while in_flight_
  bool in_flight_ = false, pumping_ = false, degraded_ = false;
  std::int64_t now_ns_ = 0, retry_at_ns_ = 0;
  std::size_t samples_waiting_ = 0;
  std::uint64_t rejected_ = 0;
  std::shared_ptr<Ledger*> self_;  // late answers of the journal find nobody once this is gone
};

}  // namespace sheave::session
