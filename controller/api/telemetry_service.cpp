#include "controller/api/telemetry_service.hpp"

#include "controller/api/convert_session.hpp"
#include "controller/api/convert_strength.hpp"
#include "controller/api/downloads.hpp"
#include "controller/api/paging.hpp"
#include "controller/api/session_csv.hpp"
#include "controller/api/session_lookup.hpp"
#include "controller/session/progression_question.hpp"
#include "controller/session/samples.hpp"

#include <algorithm>

namespace sheave::api {
namespace {

/// Reps `first` to `first + size` of all that `sets` hold, in order; the token of the next page where there are more.
void write_page(const Names& names, const std::vector<session::SetRecord>& sets, std::size_t first, std::size_t size,
                pb::ListRepsResponse* response) {
  std::size_t place = 0;
  for (const auto& set : sets) {
    for (const Rep& rep : set.reps) {
      if (place >= first + size) return response->set_next_page_token(page_token("reps", std::to_string(place)));
      if (place++ >= first) to_pb(names, set.session_id, set.index, rep, response->add_reps());
    }
  }
}

constexpr int kSessionsMost = 16;  // parts of a workout; its file allows no more

/// The sets of one session after the other, because a journal answers in its own time.
struct Gathering : std::enable_shared_from_this<Gathering> {
  Gathering(const Context& of, Reply to, pb::Download* into) : context(of), reply(std::move(to)), response(into) {}

  void next() {
    if (parts.size() == paths.size()) return finish();
    find_session(context, paths[parts.size()], [self = shared_from_this()](const Result<session::SessionRecord>& found) {
      if (!found.ok()) return self->reply.fail(found.status());
      const session::Program* program = self->context.manager.catalog().find(found->program_id);
      const session::Workout* workout = self->context.manager.catalog().find_workout(found->workout_id);
      self->context.journal.list_sets(found->id, [self, record = *found, program, workout](Result<std::vector<session::SetRecord>> sets) {
        if (!sets.ok()) return self->reply.fail(sets.status());
        // A program may have left the catalog since; its id is what is left of its name.
        const std::string name = program != nullptr ? program->name : record.program_id;
        self->parts.push_back(
            {workout != nullptr ? workout->name : name, program != nullptr ? program->exercise_name : name, *std::move(sets)});
        self->next();
      });
    });
  }

  void finish() {
    if (std::ranges::none_of(parts, &has_ended_sets)) {
      return reply.fail(Status::error(StatusCode::kFailedPrecondition, "NOTHING_DONE", "No set has ended in these sessions yet."));
    }
    const std::string day = day_of(parts);
    const std::string path =
        context.downloads.offer({"sheave" + (day.empty() ? day : "-" + day) + ".csv", "text/csv; charset=utf-8", session_csv(parts)});
    response->set_path(path);
    if (const std::string& origin = context.downloads.origin(); !origin.empty()) response->set_url(origin + path);
    session::WallTime until = context.wall_clock.now();
    until.unix_ns += Downloads::kKeep_ns;
    to_pb(until, response->mutable_expire_time());
    reply.ok();
  }

  const Context& context;
  Reply reply;
  pb::Download* response;
  std::vector<Path> paths;
  std::vector<CsvPart> parts;
};

}  // namespace

grpc::ServerUnaryReactor* TelemetryService::CreateDownload(grpc::CallbackServerContext* call, const pb::CreateDownloadRequest* request,
                                                           pb::Download* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (request->sessions_size() < 1 || request->sessions_size() > kSessionsMost) {
      return reply.fail(Status::error(StatusCode::kInvalidArgument, "SESSIONS_INVALID", "Name 1 to 16 sessions."));
    }
    auto gathering = std::make_shared<Gathering>(context_, reply, response);
    for (const std::string& name : request->sessions()) {
      auto path = context_.names.parse_session(name);
      if (!path.ok()) return reply.fail(path.status());
      gathering->paths.push_back(*path);
    }
    gathering->next();
  });
}

grpc::ServerUnaryReactor* TelemetryService::ListReps(grpc::CallbackServerContext* call, const pb::ListRepsRequest* request,
                                                     pb::ListRepsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto path = context_.names.parse_set(request->parent());
    if (!path.ok()) return reply.fail(path.status());
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    const auto first = read_page_number("reps", request->page_token());
    if (!first.ok()) return reply.fail(first.status());
    find_sets(context_, *path, [=, this](const Result<std::vector<session::SetRecord>>& sets) {
      if (!sets.ok()) return reply.fail(sets.status());
      write_page(context_.names, *sets, *first, *size, response);
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* TelemetryService::GetRecording(grpc::CallbackServerContext* call, const pb::GetRecordingRequest* request,
                                                         pb::Recording* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto path = context_.names.parse_set(request->name());
    if (!path.ok()) return reply.fail(path.status());
    if (!path->set) {
      return reply.fail(Status::error(StatusCode::kInvalidArgument, "NAME_INVALID", "A recording is of one set: name its number."));
    }
    find_session(context_, *path, [=, this, set = *path->set](const Result<session::SessionRecord>& found) {
      if (!found.ok()) return reply.fail(found.status());
      response->set_name(context_.names.set(found->id, set));
      context_.journal.load_samples(found->id, set, [reply, response](const Result<session::SampleBlob>& blob) {
        if (!blob.ok()) return reply.fail(blob.status());
        const auto frames = session::decode_samples(*blob);
        if (!frames.ok()) return reply.fail(frames.status());
        response->set_rate_hz(blob->rate_hz);
        response->set_lost(blob->lost);
        for (const auto& frame : *frames) to_pb(frame, response->add_samples());
        reply.ok();
      });
    });
  });
}

grpc::ServerUnaryReactor* TelemetryService::GetStrength(grpc::CallbackServerContext* call, const pb::GetStrengthRequest* request,
                                                        pb::Strength* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto path = context_.names.parse_session(request->name());
    if (!path.ok()) return reply.fail(path.status());
    find_session(context_, *path, [=, this](const Result<session::SessionRecord>& found) {
      if (!found.ok()) return reply.fail(found.status());
      context_.journal.list_sets(found->id, [=, this, record = *found](const Result<std::vector<session::SetRecord>>& present) {
        if (!present.ok()) return reply.fail(present.status());
        if (record.member_id.empty()) return tell_strength(record, {}, *present, response, reply);
        context_.journal.history(record.member_id, record.program_id, session::kHistorySets,
                                 [=, this, sets = *present](const Result<std::vector<session::SetRecord>>& earlier) {
                                   if (!earlier.ok()) return reply.fail(earlier.status());
                                   tell_strength(record, *earlier, sets, response, reply);
                                 });
      });
    });
  });
}

void TelemetryService::tell_strength(const session::SessionRecord& record, const std::vector<session::SetRecord>& earlier,
                                     const std::vector<session::SetRecord>& present, pb::Strength* response, const Reply& reply) const {
  const session::Program* program = context_.manager.catalog().find(record.program_id);
  // The light load under a test says nothing of what could be lifted.
  const bool trained = program == nullptr || program->test.kind == session::TestKind::kNone;
  const std::vector<session::SetRecord> none;
  to_pb(context_.names, record, trained ? earlier : none, trained ? present : none, response);
  if (program == nullptr) return reply.ok();  // no longer in the catalog: nothing says what its set-up was
  if (record.member_id.empty()) {
    if (program->test.kind == session::TestKind::kNone) return reply.ok();
    return session::fetch_strength_test(context_.journal, *program, present, [=, this](const session::StrengthTest& test) {
      to_pb(context_.names, test, response->add_tests());
      reply.ok();
    });
  }
  session::fetch_strength_tests(context_.journal, context_.manager.catalog(), record.member_id, session::set_up_key(*program),
                                [=, this](const std::vector<session::StrengthTest>& tests) {
                                  for (const session::StrengthTest& test : tests) to_pb(context_.names, test, response->add_tests());
                                  reply.ok();
                                });
}

}  // namespace sheave::api
