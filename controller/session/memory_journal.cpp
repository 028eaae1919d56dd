#include "controller/session/memory_journal.hpp"

#include <algorithm>
#include <utility>

namespace sheave::session {

namespace {

Status rejected(const std::string& what) { return Status::error(StatusCode::kFailedPrecondition, "STORE_REJECTED", what); }

std::uint32_t counted_of(const SetRecord& set) {
  return static_cast<std::uint32_t>(
      std::count_if(set.reps.begin(), set.reps.end(), [](const Rep& rep) { return rep.verdict == RepVerdict::kCounted; }));
}

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

std::uint32_t MemoryJournal::disown(const std::string& member_id) {
  std::uint32_t count = 0;
  for (SessionRecord& record : sessions_) {
    if (record.member_id != member_id) continue;
    record.member_id.clear();
    ++count;
  }
  std::erase_if(roms_, [&](const auto& kept) { return kept.first.first == member_id; });
  return count;
}

}  // namespace sheave::session
