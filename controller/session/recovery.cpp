#include "controller/session/recovery.hpp"

#include <algorithm>
#include <utility>

namespace sheave::session {

namespace {

// At most one session runs and few are prepared; more than these behind the newest finished one cannot be.
constexpr std::size_t kLookBack = 64;

bool is_open(const SessionRecord& session) {
  return session.state == SessionState::kPrepared || session.state == SessionState::kActive || session.state == SessionState::kPaused;
}

void close_set(SetRecord set, Ledger& ledger) {
  set.end = SetEndReason::kInterrupted;
  set.counted = static_cast<std::uint32_t>(
      std::count_if(set.reps.begin(), set.reps.end(), [](const Rep& r) { return r.verdict == RepVerdict::kCounted; }));
  if (!set.reps.empty()) set.duration_s = seconds(set.reps.back().end_ns - set.reps.front().start_ns);
  ledger.finish_set(set);
}

void close_session(SessionRecord session, Ledger& ledger) {
  const bool began = session.state != SessionState::kPrepared;
  session.state = SessionState::kInterrupted;
  session.end_note = began ? "The controller ended in the middle of it." : "It was never started.";
  ledger.put_session(session);
}

}  // namespace

void close_interrupted(Journal& journal, Ledger& ledger, std::weak_ptr<void> alive) {
  journal.list_sessions(kLookBack, 0, [&journal, &ledger, alive = std::move(alive)](Result<std::vector<SessionRecord>> sessions) {
    if (alive.expired() || !sessions) return;
    for (SessionRecord& session : *sessions) {
      if (!is_open(session)) continue;
      const std::string id = session.id;
      journal.list_sets(id, [&ledger, alive, session = std::move(session)](Result<std::vector<SetRecord>> sets) {
        if (alive.expired()) return;
        if (sets) {
          for (SetRecord& set : *sets) {
            if (set.end == SetEndReason::kUnknown) close_set(std::move(set), ledger);
          }
        }
        close_session(session, ledger);
      });
    }
  });
}

void close_faults(Journal& journal, Ledger& ledger, const std::vector<FaultCode>& active, const WallTime& at, std::weak_ptr<void> alive) {
  journal.open_faults([&ledger, &active, at, alive = std::move(alive)](Result<std::vector<FaultRecord>> open) {
    if (alive.expired() || !open) return;
    for (FaultRecord& fault : *open) {
      if (std::find(active.begin(), active.end(), fault.code) != active.end()) continue;
      fault.active = false;
      fault.at = at;
      ledger.add_fault(fault);
    }
  });
}

}  // namespace sheave::session
