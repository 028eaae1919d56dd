#include "controller/api/telemetry_service.hpp"

#include "controller/api/convert_session.hpp"
#include "controller/api/paging.hpp"
#include "controller/api/session_lookup.hpp"
#include "controller/session/samples.hpp"

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

}  // namespace

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

}  // namespace sheave::api
