#include "controller/api/session_lookup.hpp"

namespace sheave::api {
namespace {

Status no_session(const std::string& id) {
  return Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND",
                       id.empty() ? "No session was held on this machine yet. CreateSession (sheave start PROGRAM) makes one."
                                  : "There is no session \"" + id + "\". ListSessions names those there are.");
}

}  // namespace

void find_session(const Context& context, const Path& path, session::Journal::Answer<session::SessionRecord> answer) {
  const auto& present = context.manager.snapshot().session;
  if (present && (path.session.empty() || path.session == present->id)) return answer(*present);
  if (!path.session.empty()) {
    return context.journal.find_session(
        path.session, [answer = std::move(answer), id = path.session](Result<session::SessionRecord> found) {
          answer(!found.ok() && found.status().code == StatusCode::kNotFound ? Result<session::SessionRecord>(no_session(id))
                                                                             : std::move(found));
        });
  }
  context.journal.list_sessions(1, 0, [answer = std::move(answer)](Result<std::vector<session::SessionRecord>> newest) {
    if (!newest.ok()) return answer(newest.status());
    if (newest->empty()) return answer(no_session({}));
    answer(newest->front());
  });
}

void find_sets(const Context& context, const Path& path, session::Journal::Answer<std::vector<session::SetRecord>> answer) {
  find_session(context, path, [&context, set = path.set, answer = std::move(answer)](Result<session::SessionRecord> found) {
    if (!found.ok()) return answer(found.status());
    context.journal.list_sets(found->id, [set, answer](Result<std::vector<session::SetRecord>> sets) {
      if (!sets.ok() || !set) return answer(std::move(sets));
      for (auto& one : *sets) {
        if (one.index == *set) return answer(std::vector<session::SetRecord>{std::move(one)});
      }
      answer(Status::error(StatusCode::kNotFound, "SET_NOT_FOUND",
                           "The session has no set " + std::to_string(*set) + "; it has " + std::to_string(sets->size()) + "."));
    });
  });
}

}  // namespace sheave::api
