#pragma once
// What the session needs of a store. Declared here so that the session depends on no database; store/ implements it on SQLite.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// A cursor: position in the machine's log of reps and sets. A new database file is a new epoch.
struct Cursor {
  std::string epoch;
  std::uint64_t seq = 0;
};

/// One committed entry of the log, in commit order: what WatchService replays.
struct LogEntry {
  enum class Kind : std::uint8_t { kSession, kRep, kSet, kProposal, kFault } kind = Kind::kRep;
  std::uint64_t seq = 0;
  std::string session_id;
  std::uint32_t set_index = 0;
  Rep rep;                ///< kRep
  SetRecord set;          ///< kSet: without reps. kProposal: `set.proposal`.
  SessionRecord session;  ///< kSession
  FaultRecord fault;      ///< kFault
};

/// `seq` is the entry's place in the log once committed; on error nothing was written.
using Committed = std::function<void(const Result<std::uint64_t>& seq)>;

struct UsageBucket {
  std::int64_t start_unix_s = 0;
  std::int64_t seconds = 0;
  std::string program_id;
  std::uint64_t sessions = 0, sets = 0, reps = 0;
  double volume_kg = 0, work_j = 0, active_s = 0;
};

struct Odometer {
  double cable_m = 0, work_j = 0, powered_s = 0;
  std::uint64_t cycles = 0;
};

/// All calls are [main] and return at once; answers come on [main]. Writes are carried out in the order given, each one durable
/// before its answer. On error nothing of that call was written, and a Journal keeps nothing back. STORE_UNAVAILABLE (kUnavailable): the
/// disk is full or gone, give it again later; the same record given twice is stored once. STORE_REJECTED: it contradicts what is
/// stored and never will fit.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Insert or replace; whose it is counts when inserted only: from then on put_owner() says it.
  virtual void put_session(const SessionRecord& session, Committed done) = 0;
  /// The session is another's now, or nobody's where `member_id` is empty.
  virtual void put_owner(const std::string& session_id, const std::string& member_id, Committed done) = 0;
  virtual void begin_set(const SetRecord& set, Committed done) = 0;  ///< Without reps.
  virtual void add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep, Committed done) = 0;
  virtual void finish_set(const SetRecord& set, Committed done) = 0;  ///< End, answers; reps are there already.
  virtual void put_proposal(const SetRecord& set,
                            Committed done) = 0;  ///< `set.proposal`, also when answered. Index 0: before the first set.
  virtual void put_answers(const SetRecord& set, Committed done) = 0;  ///< answer_rir, stop_answer
  virtual void put_samples(SampleBlob blob, Committed done) = 0;
  virtual void add_fault(const FaultRecord& fault, Committed done) = 0;
  virtual void add_odometer(const Odometer& delta, Committed done) = 0;
  /// `set_up` as set_up_key() makes it. An empty `rom` forgets it.
  virtual void put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom, Committed done) = 0;
  virtual void put_order(const OutOfOrder& order, Committed done) = 0;

  /// Kept for good; the newest is in force.
  virtual void add_self_test(const SelfTestRecord& test, Committed done) = 0;

  template <typename T>
  using Answer = std::function<void(Result<T>)>;

  /// Newest first, those with `seq` below `before_seq`; 0: from the newest.
  virtual void list_sessions(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<SessionRecord>> answer) = 0;
  virtual void find_session(const std::string& id, Answer<SessionRecord> answer) = 0;                ///< NOT_FOUND
  virtual void find_request(const std::string& request_id, Answer<SessionRecord> answer) = 0;        ///< NOT_FOUND
  virtual void list_sets(const std::string& session_id, Answer<std::vector<SetRecord>> answer) = 0;  ///< With reps, oldest first.
  /// A member's finished sets of program `program_id`, newest first, with reps and the session each belongs to. Per program, for
  /// a technique set says nothing about the load of a strength set.
  virtual void history(const std::string& member_id, const std::string& program_id, std::size_t sets_limit,
                       Answer<std::vector<SetRecord>> answer) = 0;
  virtual void load_rom(const std::string& member_id, const std::string& set_up, Answer<std::vector<Rom>> answer) = 0;  ///< NOT_FOUND
  virtual void load_samples(const std::string& session_id, std::uint32_t set_index, Answer<SampleBlob> answer) = 0;
  /// Entries after `after`, at most `limit`. Reason CURSOR_EXPIRED where the epoch is another.
  virtual void read_log(const Cursor& after, std::size_t limit, Answer<std::vector<LogEntry>> answer) = 0;
  virtual void usage(std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s, Answer<std::vector<UsageBucket>> answer) = 0;
  /// Newest first, those with `seq` below `before_seq`; 0: from the newest.
  virtual void list_faults(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<FaultRecord>> answer) = 0;
  virtual void last_self_test(Answer<SelfTestRecord> answer) = 0;  ///< NOT_FOUND
  virtual void odometer(Answer<Odometer> answer) = 0;
  virtual void order(Answer<OutOfOrder> answer) = 0;  ///< The newest one; not active where there was none.
  /// The newest record of each code that is still on.
  virtual void open_faults(Answer<std::vector<FaultRecord>> answer) = 0;

  /// The newest committed place in the log. [main]
  virtual Cursor head() const = 0;
};

}  // namespace sheave::session
