#include "controller/session/memory_journal.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace sheave::session {

namespace {

Status not_found(const char* reason, const std::string& what) {
  return Status::error(StatusCode::kNotFound, reason, "there is no " + what);
}

Status rejected(const std::string& what) { return Status::error(StatusCode::kFailedPrecondition, "STORE_REJECTED", what); }

std::uint32_t counted_of(const SetRecord& set) {
  return static_cast<std::uint32_t>(
      std::count_if(set.reps.begin(), set.reps.end(), [](const Rep& rep) { return rep.verdict == RepVerdict::kCounted; }));
}

constexpr std::int64_t kNsPerUnixS = 1'000'000'000;

}  // namespace

void MemoryJournal::later(std::function<void()> call) {
  if (deferred_ || !waiting_.empty()) {
    waiting_.push_back(std::move(call));
  } else {
    call();
  }
}

void MemoryJournal::deliver() {
  while (!waiting_.empty()) {
    const std::function<void()> call = std::move(waiting_.front());
    waiting_.pop_front();
    call();
  }
}

void MemoryJournal::write(Committed done, std::function<Result<std::uint64_t>()> change) {
  later([this, done = std::move(done), change = std::move(change)] {
    if (failing_) {
      done(Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE", "the store cannot write; free space on its disk"));
    } else if (std::exchange(rejecting_, false)) {
      done(rejected("the record does not fit what is stored"));
    } else {
      done(change());
    }
  });
}

template <typename T>
void MemoryJournal::tell(Answer<T> answer, std::function<Result<T>()> read) {
  later([answer = std::move(answer), read = std::move(read)] { answer(read()); });
}

std::uint64_t MemoryJournal::append(LogEntry entry) {
  entry.seq = log_.size() + 1;
  log_.push_back(std::move(entry));
  return log_.size();
}

SetRecord* MemoryJournal::find_set(const std::string& session_id, std::uint32_t index) {
  const auto at = sets_.find({session_id, index});
  return at != sets_.end() ? &at->second : nullptr;
}

SessionRecord* MemoryJournal::session(const std::string& id) {
  const auto at = std::find_if(sessions_.begin(), sessions_.end(), [&](const SessionRecord& s) { return s.id == id; });
  return at != sessions_.end() ? &*at : nullptr;
}

std::uint64_t MemoryJournal::seq_of(LogEntry::Kind kind, const std::string& session_id, std::uint32_t index,
                                    std::uint32_t candidate) const {
  for (const LogEntry& e : log_) {
    if (e.kind == kind && e.session_id == session_id && e.set_index == index && e.rep.candidate == candidate) return e.seq;
  }
  return 0;
}

void MemoryJournal::put_session(const SessionRecord& record, Committed done) {
  write(std::move(done), [this, record]() -> Result<std::uint64_t> {
    SessionRecord* known = session(record.id);
    const bool twin = std::any_of(sessions_.begin(), sessions_.end(), [&](const SessionRecord& s) {
      return !record.request_id.empty() && s.request_id == record.request_id && s.id != record.id;
    });
    if (twin) return rejected("another session was made by request " + record.request_id);
    const std::uint64_t first_seq = known != nullptr ? known->seq : head().seq + 1;
    const std::string owner = known != nullptr ? known->member_id : record.member_id;
    if (known == nullptr) known = &sessions_.emplace_back();
    *known = record;
    known->seq = first_seq;
    known->member_id = owner;
    known->member_alias.clear();
    LogEntry entry;
    entry.kind = LogEntry::Kind::kSession;
    entry.session_id = record.id;
    entry.session = *known;
    return append(entry);
  });
}

void MemoryJournal::put_owner(const std::string& session_id, const std::string& member_id, Committed done) {
  write(std::move(done), [=, this]() -> Result<std::uint64_t> {
    SessionRecord* known = session(session_id);
    if (known == nullptr) return rejected("there is no session " + session_id);
    known->member_id = member_id;
    return head().seq;
  });
}

void MemoryJournal::begin_set(const SetRecord& set, Committed done) {
  write(std::move(done), [this, record = set]() -> Result<std::uint64_t> {
    if (session(record.session_id) == nullptr) return rejected("there is no session " + record.session_id);
    if (const SetRecord* known = find_set(record.session_id, record.index)) {
      const bool same = known->load_kg == record.load_kg && known->started.unix_ns == record.started.unix_ns;
      if (!same) return rejected("this set is stored already, with other values");
      return head().seq;
    }
    sets_[{record.session_id, record.index}] = record;
    return head().seq;
  });
}

void MemoryJournal::add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep, Committed done) {
  write(std::move(done), [=, this]() -> Result<std::uint64_t> {
    SetRecord* kept = find_set(session_id, set_index);
    if (kept == nullptr) return rejected("this set was never begun");
    for (const Rep& known : kept->reps) {
      if (known.candidate != rep.candidate) continue;
      if (known.start_ns != rep.start_ns) return rejected("this movement is stored already, and is another one");
      return seq_of(LogEntry::Kind::kRep, session_id, set_index, rep.candidate);
    }
    kept->reps.push_back(rep);
    kept->counted = counted_of(*kept);
    LogEntry entry;
    entry.kind = LogEntry::Kind::kRep;
    entry.session_id = session_id;
    entry.set_index = set_index;
    entry.rep = rep;
    return append(entry);
  });
}

void MemoryJournal::finish_set(const SetRecord& set, Committed done) {
  write(std::move(done), [this, record = set]() -> Result<std::uint64_t> {
    SetRecord* kept = find_set(record.session_id, record.index);
    if (kept == nullptr) return rejected("this set was never begun");
    if (kept->end != SetEndReason::kUnknown) return seq_of(LogEntry::Kind::kSet, record.session_id, record.index, 0);
    std::vector<Rep> reps = std::move(kept->reps);
    std::optional<Proposal> proposal = std::move(kept->proposal);
    *kept = record;
    kept->reps = std::move(reps);
    kept->counted = counted_of(*kept);
    if (!kept->proposal) kept->proposal = std::move(proposal);
    LogEntry entry;
    entry.kind = LogEntry::Kind::kSet;
    entry.session_id = record.session_id;
    entry.set_index = record.index;
    entry.set = *kept;
    entry.set.reps.clear();
    return append(entry);
  });
}

void MemoryJournal::put_proposal(const SetRecord& set, Committed done) {
  write(std::move(done), [this, set] {
    if (set.index > 0) sets_[{set.session_id, set.index}].proposal = set.proposal;
    LogEntry entry;
    entry.kind = LogEntry::Kind::kProposal;
    entry.session_id = set.session_id;
    entry.set_index = set.index;
    entry.set = set;
    entry.set.reps.clear();
    return append(entry);
  });
}

void MemoryJournal::put_answers(const SetRecord& set, Committed done) {
  write(std::move(done), [this, set] {
    SetRecord& kept = sets_[{set.session_id, set.index}];
    kept.answer_rir = set.answer_rir;
    kept.stop_answer = set.stop_answer;
    return head().seq;
  });
}

void MemoryJournal::put_samples(SampleBlob blob, Committed done) {
  write(std::move(done), [this, blob = std::move(blob)] {
    samples_[{blob.session_id, blob.set_index}] = blob;
    return head().seq;
  });
}

void MemoryJournal::add_fault(const FaultRecord& fault, Committed done) {
  write(std::move(done), [this, fault] {
    LogEntry entry;
    entry.kind = LogEntry::Kind::kFault;
    entry.session_id = fault.session_id;
    entry.fault = fault;
    entry.fault.seq = head().seq + 1;
    return append(entry);
  });
}

void MemoryJournal::add_odometer(const Odometer& delta, Committed done) {
  write(std::move(done), [this, delta] {
    odometer_.cable_m += delta.cable_m;
    odometer_.work_j += delta.work_j;
    odometer_.powered_s += delta.powered_s;
    odometer_.cycles += delta.cycles;
    return head().seq;
  });
}

void MemoryJournal::put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom, Committed done) {
  write(std::move(done), [=, this] {
    if (rom.empty()) {
      roms_.erase({member_id, set_up});
    } else if (!member_id.empty()) {  // a guest leaves no memory
      roms_[{member_id, set_up}] = rom;
    }
    return head().seq;
  });
}

void MemoryJournal::put_order(const OutOfOrder& order, Committed done) {
  write(std::move(done), [this, order] {
    order_ = order;
    return head().seq;
  });
}

void MemoryJournal::add_self_test(const SelfTestRecord& test, Committed done) {
  write(std::move(done), [this, test] {
    self_tests_.push_back(test);
    return head().seq;
  });
}

void MemoryJournal::last_self_test(Answer<SelfTestRecord> answer) {
  tell<SelfTestRecord>(std::move(answer), [this]() -> Result<SelfTestRecord> {
    if (self_tests_.empty()) return not_found("SELF_TEST_NOT_FOUND", "self-test");
    return self_tests_.back();
  });
}

void MemoryJournal::list_sessions(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<SessionRecord>> answer) {
  tell<std::vector<SessionRecord>>(std::move(answer), [=, this]() -> Result<std::vector<SessionRecord>> {
    std::vector<SessionRecord> page;
    for (auto s = sessions_.rbegin(); s != sessions_.rend() && page.size() < limit; ++s) {
      if (before_seq == 0 || s->seq < before_seq) page.push_back(*s);
    }
    return page;
  });
}

void MemoryJournal::find_session(const std::string& id, Answer<SessionRecord> answer) {
  tell<SessionRecord>(std::move(answer), [=, this]() -> Result<SessionRecord> {
    if (const SessionRecord* found = session(id)) return *found;
    return not_found("SESSION_NOT_FOUND", "session " + id);
  });
}

void MemoryJournal::find_request(const std::string& request_id, Answer<SessionRecord> answer) {
  tell<SessionRecord>(std::move(answer), [=, this]() -> Result<SessionRecord> {
    for (const SessionRecord& s : sessions_) {
      if (!request_id.empty() && s.request_id == request_id) return s;
    }
    return not_found("REQUEST_NOT_FOUND", "session made by request " + request_id);
  });
}

std::vector<SetRecord> MemoryJournal::sets_of(const std::string& session_id) const {
  std::vector<SetRecord> sets;
  for (const auto& [key, set] : sets_) {
    if (key.first == session_id) sets.push_back(set);
  }
  return sets;
}

void MemoryJournal::list_sets(const std::string& session_id, Answer<std::vector<SetRecord>> answer) {
  tell<std::vector<SetRecord>>(std::move(answer), [=, this]() -> Result<std::vector<SetRecord>> {
    if (session(session_id) == nullptr) return not_found("SESSION_NOT_FOUND", "session " + session_id);
    return sets_of(session_id);
  });
}

void MemoryJournal::history(const std::string& member_id, const std::string& program_id, std::size_t sets_limit,
                            Answer<std::vector<SetRecord>> answer) {
  tell<std::vector<SetRecord>>(std::move(answer), [=, this]() -> Result<std::vector<SetRecord>> {
    std::vector<SetRecord> found;
    for (auto s = sessions_.rbegin(); s != sessions_.rend(); ++s) {
      if (member_id.empty() || s->member_id != member_id || s->program_id != program_id) continue;
      std::vector<SetRecord> sets = sets_of(s->id);
      for (auto set = sets.rbegin(); set != sets.rend() && found.size() < sets_limit; ++set) {
        if (set->end != SetEndReason::kUnknown) found.push_back(*set);
      }
    }
    return found;
  });
}

void MemoryJournal::load_rom(const std::string& member_id, const std::string& set_up, Answer<std::vector<Rom>> answer) {
  tell<std::vector<Rom>>(std::move(answer), [=, this]() -> Result<std::vector<Rom>> {
    const auto at = roms_.find({member_id, set_up});
    if (at == roms_.end()) return not_found("ROM_NOT_FOUND", "range of motion of this member");
    return at->second;
  });
}

void MemoryJournal::load_samples(const std::string& session_id, std::uint32_t set_index, Answer<SampleBlob> answer) {
  tell<SampleBlob>(std::move(answer), [=, this]() -> Result<SampleBlob> {
    const auto at = samples_.find({session_id, set_index});
    if (at == samples_.end()) return not_found("SAMPLES_NOT_FOUND", "recording of this set");
    return at->second;
  });
}

void MemoryJournal::read_log(const Cursor& after, std::size_t limit, Answer<std::vector<LogEntry>> answer) {
  tell<std::vector<LogEntry>>(std::move(answer), [=, this]() -> Result<std::vector<LogEntry>> {
    if (after.epoch != head().epoch || after.seq > head().seq) {
      return Status::error(StatusCode::kOutOfRange, "CURSOR_EXPIRED", "the cursor is of another database; start again without one");
    }
    const std::size_t from = after.seq;
    const std::size_t to = from + std::min(limit, log_.size() - from);
    return std::vector<LogEntry>(log_.begin() + static_cast<std::ptrdiff_t>(from), log_.begin() + static_cast<std::ptrdiff_t>(to));
  });
}

void MemoryJournal::usage(std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s,
                          Answer<std::vector<UsageBucket>> answer) {
  tell<std::vector<UsageBucket>>(std::move(answer), [=, this]() -> Result<std::vector<UsageBucket>> {
    std::map<std::pair<std::int64_t, std::string>, UsageBucket> buckets;
    const auto bucket = [&](std::int64_t unix_ns, const std::string& program_id) -> UsageBucket* {
      const std::int64_t unix_s = unix_ns / kNsPerUnixS;
      if (unix_s < from_unix_s || unix_s >= to_unix_s || bucket_s <= 0) return nullptr;
      const std::int64_t start_s = unix_s / bucket_s * bucket_s;
      UsageBucket& found = buckets[{start_s, program_id}];
      found.start_unix_s = start_s;
      found.seconds = bucket_s;
      found.program_id = program_id;
      return &found;
    };
    for (const SessionRecord& s : sessions_) {
      std::set<const UsageBucket*> trained_in;
      for (const SetRecord& set : sets_of(s.id)) {
        UsageBucket* b = bucket(set.started.unix_ns, s.program_id);
        if (b == nullptr) continue;
        if (trained_in.insert(b).second) ++b->sessions;
        ++b->sets;
        b->reps += set.counted;
        b->volume_kg += set.load_kg * set.counted;
        b->active_s += set.duration_s;
        for (const Rep& rep : set.reps) {
          if (rep.verdict == RepVerdict::kCounted && std::isfinite(rep.work_j)) b->work_j += rep.work_j;
        }
      }
    }
    std::vector<UsageBucket> list;
    for (auto& [key, b] : buckets) list.push_back(std::move(b));
    return list;
  });
}

void MemoryJournal::list_faults(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<FaultRecord>> answer) {
  tell<std::vector<FaultRecord>>(std::move(answer), [=, this]() -> Result<std::vector<FaultRecord>> {
    std::vector<FaultRecord> page;
    for (auto e = log_.rbegin(); e != log_.rend() && page.size() < limit; ++e) {
      if (e->kind == LogEntry::Kind::kFault && (before_seq == 0 || e->seq < before_seq)) page.push_back(e->fault);
    }
    return page;
  });
}

void MemoryJournal::odometer(Answer<Odometer> answer) {
  tell<Odometer>(std::move(answer), [this]() -> Result<Odometer> { return odometer_; });
}

void MemoryJournal::order(Answer<OutOfOrder> answer) {
  tell<OutOfOrder>(std::move(answer), [this]() -> Result<OutOfOrder> { return order_; });
}

void MemoryJournal::open_faults(Answer<std::vector<FaultRecord>> answer) {
  tell<std::vector<FaultRecord>>(std::move(answer), [this]() -> Result<std::vector<FaultRecord>> {
    std::map<FaultCode, FaultRecord> newest;
    for (const LogEntry& entry : log_) {
      if (entry.kind == LogEntry::Kind::kFault) newest[entry.fault.code] = entry.fault;
    }
    std::vector<FaultRecord> open;
    for (const auto& [code, fault] : newest) {
      if (fault.active) open.push_back(fault);
    }
    return open;
  });
}

}  // namespace sheave::session
