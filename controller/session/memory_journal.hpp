#pragma once
// A Journal in memory: for simulated runs and tests. Deterministic; can be told to fail or to answer later. Remembers nothing
// beyond its own life.

#include <deque>
#include <map>

#include "controller/session/journal.hpp"
#include "controller/session/members.hpp"

namespace sheave::session {

class MemoryJournal final : public Journal {
 public:
  /// While true every write is refused with STORE_UNAVAILABLE and nothing of it is kept.
  void set_failing(bool failing) { failing_ = failing; }
  /// The next write is refused with STORE_REJECTED: as one that contradicts what is stored.
  void reject_next() { rejecting_ = true; }
  /// While true answers wait for deliver(). Writes are carried out when delivered, as a store's thread would.
  void set_deferred(bool deferred) { deferred_ = deferred; }
  void deliver();

  void put_session(const SessionRecord& session, Committed done) override;
  void put_owner(const std::string& session_id, const std::string& member_id, Committed done) override;
  void begin_set(const SetRecord& set, Committed done) override;
  void add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep, Committed done) override;
  void finish_set(const SetRecord& set, Committed done) override;
  void put_proposal(const SetRecord& set, Committed done) override;
  void put_answers(const SetRecord& set, Committed done) override;
  void put_samples(SampleBlob blob, Committed done) override;
  void add_fault(const FaultRecord& fault, Committed done) override;
  void add_odometer(const Odometer& delta, Committed done) override;
  void put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom, Committed done) override;
  void put_order(const OutOfOrder& order, Committed done) override;

  void add_self_test(const SelfTestRecord& test, Committed done) override;

  void list_sessions(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<SessionRecord>> answer) override;
  void find_session(const std::string& id, Answer<SessionRecord> answer) override;
  void find_request(const std::string& request_id, Answer<SessionRecord> answer) override;
  void list_sets(const std::string& session_id, Answer<std::vector<SetRecord>> answer) override;
  void history(const std::string& member_id, const std::string& program_id, std::size_t sets_limit,
               Answer<std::vector<SetRecord>> answer) override;
  void load_rom(const std::string& member_id, const std::string& set_up, Answer<std::vector<Rom>> answer) override;
  void load_samples(const std::string& session_id, std::uint32_t set_index, Answer<SampleBlob> answer) override;
  void read_log(const Cursor& after, std::size_t limit, Answer<std::vector<LogEntry>> answer) override;
  void usage(std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s, Answer<std::vector<UsageBucket>> answer) override;
  void list_faults(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<FaultRecord>> answer) override;
  void last_self_test(Answer<SelfTestRecord> answer) override;
  void odometer(Answer<Odometer> answer) override;
  void order(Answer<OutOfOrder> answer) override;
  void open_faults(Answer<std::vector<FaultRecord>> answer) override;
  Cursor head() const override { return {"memory", log_.size()}; }

  /// Nothing is `member_id`'s from now on. Gives how many sessions were.
  std::uint32_t disown(const std::string& member_id);

  // What lies in it.
  std::vector<MemberRange> ranges_of(const std::string& member_id) const;
  const std::vector<SessionRecord>& sessions() const noexcept { return sessions_; }  ///< In the order of their making.
  std::vector<SetRecord> sets_of(const std::string& session_id) const;               ///< Oldest first.
  const std::vector<LogEntry>& log() const noexcept { return log_; }

 private:
  using SetKey = std::pair<std::string, std::uint32_t>;
  void write(Committed done, std::function<Result<std::uint64_t>()> change);
  template <typename T>
  void tell(Answer<T> answer, std::function<Result<T>()> read);
  void later(std::function<void()> call);
  std::uint64_t append(LogEntry entry);
  SessionRecord* session(const std::string& id);
  SetRecord* find_set(const std::string& session_id, std::uint32_t index);
  std::uint64_t seq_of(LogEntry::Kind kind, const std::string& session_id, std::uint32_t index, std::uint32_t candidate) const;

  bool failing_ = false, rejecting_ = false, deferred_ = false;
  std::deque<std::function<void()>> waiting_;
  std::vector<SessionRecord> sessions_;
  std::map<SetKey, SetRecord> sets_;
  std::map<SetKey, SampleBlob> samples_;
  std::map<std::pair<std::string, std::string>, std::vector<Rom>> roms_;
  std::vector<LogEntry> log_;
  Odometer odometer_;
  OutOfOrder order_;
  std::vector<SelfTestRecord> self_tests_;
};

}  // namespace sheave::session
