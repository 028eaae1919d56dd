#include "controller/session/worked_before.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace sheave::session {

namespace {

constexpr std::size_t kNewestSessions = 24;  // of everybody at this machine; more do not fit into three hours
constexpr std::int64_t kOneVisit_ns = 3 * (3600 * kNsPerS);

bool shares_a_muscle(const Program& a, const Program& b) {
  return std::ranges::any_of(a.muscles, [&](const std::string& muscle) { return std::ranges::count(b.muscles, muscle) > 0; });
}

bool same_visit(const SessionRecord& earlier, const SessionRecord& now) {
  if (earlier.id == now.id || earlier.program_id == now.program_id) return false;
  if (!now.workout_run.empty() && earlier.workout_run == now.workout_run) return true;
  if (now.member_id.empty() || earlier.member_id != now.member_id) return false;
  if (!earlier.created.synchronized || !now.created.synchronized) return false;
  const std::int64_t apart_ns = now.created.unix_ns - earlier.created.unix_ns;
  return apart_ns >= 0 && apart_ns <= kOneVisit_ns;
}

std::uint32_t working_sets(const std::vector<SetRecord>& sets) {
  const auto worked = [](const SetRecord& set) { return set.kind == SetKind::kWorking && set.side != Side::kLeft && set.counted > 0; };
  return static_cast<std::uint32_t>(std::ranges::count_if(sets, worked));
}

/// One session after the other, because a journal answers in its own time.
struct Count : std::enable_shared_from_this<Count> {
  Count(Journal& of, std::function<void(std::uint32_t)> told) : journal(of), done(std::move(told)) {}

  void next() {
    if (sessions.empty()) return done(sets);
    const std::string id = std::move(sessions.back());
    sessions.pop_back();
    journal.list_sets(id, [self = shared_from_this()](Result<std::vector<SetRecord>> listed) {
      if (listed) self->sets += working_sets(*listed);
      self->next();
    });
  }

  Journal& journal;
  std::function<void(std::uint32_t)> done;
  std::vector<std::string> sessions;
  std::uint32_t sets = 0;
};

}  // namespace

void count_worked_before(Journal& journal, const Catalog& catalog, const Program& program, const SessionRecord& session,
                         std::function<void(std::uint32_t sets)> done) {
  if (session.member_id.empty() && session.workout_run.empty()) return done(0);
  auto count = std::make_shared<Count>(journal, std::move(done));
  journal.list_sessions(kNewestSessions, 0, [count, &catalog, program, session](Result<std::vector<SessionRecord>> newest) {
    if (newest) {
      for (const SessionRecord& earlier : *newest) {
        const Program* other = catalog.find(earlier.program_id);
        if (other != nullptr && same_visit(earlier, session) && shares_a_muscle(*other, program)) count->sessions.push_back(earlier.id);
      }
    }
    count->next();
  });
}

}  // namespace sheave::session
