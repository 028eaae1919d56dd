// The questions that a MemoryJournal answers.

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "controller/session/memory_journal.hpp"

namespace sheave::session {

namespace {

Status not_found(const char* reason, const std::string& what) {
  return Status::error(StatusCode::kNotFound, reason, "there is no " + what);
}

}  // namespace

template <typename T>
void MemoryJournal::tell(Answer<T> answer, std::function<Result<T>()> read) {
  later([answer = std::move(answer), read = std::move(read)] { answer(read()); });
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
      const std::int64_t unix_s = unix_ns / kNsPerS;
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
        b->volume_kg += set.volume_kg();
        b->active_s += set.duration_s;
        for (const Rep& rep : set.reps) {
          if (rep.verdict == RepVerdict::kCounted && std::isfinite(rep.work_j)) b->work_j += rep.work_j;
        }
      }
    }
    std::vector<UsageBucket> list;
    list.reserve(buckets.size());
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

std::vector<MemberRange> MemoryJournal::ranges_of(const std::string& member_id) const {
  std::vector<MemberRange> ranges;
  for (const auto& [key, rom] : roms_) {
    if (key.first == member_id) ranges.push_back({key.second, rom});
  }
  return ranges;
}

}  // namespace sheave::session
