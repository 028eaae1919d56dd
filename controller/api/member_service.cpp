#include "controller/api/member_service.hpp"

#include <algorithm>
#include <map>

#include "controller/api/convert_member.hpp"
#include "controller/api/convert_session.hpp"
#include "controller/api/member_export.hpp"
#include "controller/api/member_lookup.hpp"

namespace sheave::api {
namespace {

/// Finds the member that a request names and hands the record and the reply on. [transport]
template <typename Act>
grpc::ServerUnaryReactor* with_member(const Context& context, grpc::CallbackServerContext* call, const std::string& name, Act act) {
  return on_main(context, call, [&context, &name, act = std::move(act)](const Reply& reply) {
    find_member(context, name, ByNumber::kYes, [reply, act](const Result<session::MemberRecord>& found) {
      if (!found.ok()) return reply.fail(found.status());
      act(*found, reply);
    });
  });
}

auto answer_member(const Reply& reply, pb::Member* response) {
  return [reply, response](const Result<session::MemberRecord>& member) {
    if (!member.ok()) return reply.fail(member.status());
    to_pb(*member, response);
    reply.ok();
  };
}

Result<session::Units> from_pb(pb::Units units) {
  if (pb::Units_IsValid(units)) return static_cast<session::Units>(units);
  return Status::error(StatusCode::kInvalidArgument, "UNITS_INVALID", "units is none of KG, LB; leave it out for those of the screen.");
}

bool is_done(const session::SetRecord& set, session::SetKind kind) {
  return set.kind == kind && set.end != session::SetEndReason::kUnknown;
}
bool is_working(const session::SetRecord& set) { return is_done(set, session::SetKind::kWorking); }

/// The last times of one member, filled in one session after the other, because a journal answers in its own time.
struct LastTimes : std::enable_shared_from_this<LastTimes> {
  LastTimes(const Context& of, Reply to, pb::ListLastTimesResponse* into) : context(of), reply(std::move(to)), response(into) {}

  void next() {
    if (at == sessions.size() || (most > 0 && response->last_times_size() == most)) return reply.ok();
    const session::SessionRecord& record = sessions[at++];
    context.journal.list_sets(record.id, [self = shared_from_this(), &record](const Result<std::vector<session::SetRecord>>& sets) {
      if (!sets.ok()) return self->reply.fail(sets.status());
      if (self->most == 0 || std::ranges::any_of(*sets, is_working)) self->add(record, *sets);
      self->next();
    });
  }

  void add(const session::SessionRecord& record, const std::vector<session::SetRecord>& sets) {
    pb::LastTime* last = response->add_last_times();
    last->set_program(Names::program(record.program_id));
    last->set_session(context.names.session(record.id));
    to_pb(record.created, last->mutable_time());
    last->set_workout(record.workout_id.empty() ? "" : Names::workout(record.workout_id));
    last->set_workout_position(static_cast<std::int32_t>(record.workout_position));
    if (const auto note = notes.find(record.program_id); note != notes.end()) to_pb(note->second, last->mutable_set_up());
    if (const session::Program* program = context.manager.catalog().find(record.program_id)) {
      last->set_range_known(ranges.contains(session::set_up_key(*program)));
    }
    // A first visit may have found the weight and no more: then that is what was done.
    const bool worked = std::ranges::any_of(sets, is_working);
    for (const session::SetRecord& set : sets) {
      if (!is_done(set, worked ? session::SetKind::kWorking : session::SetKind::kProbe)) continue;
      pb::LastSet* done = last->add_sets();
      done->set_load_total_kg(set.load_kg);
      done->set_counted_reps(static_cast<std::int32_t>(set.counted));
      done->set_side(static_cast<pb::SetSide>(set.side));
    }
  }

  const Context& context;
  Reply reply;
  pb::ListLastTimesResponse* response;
  std::vector<session::SessionRecord> sessions;
  std::map<std::string, session::SetUpNote> notes;
  std::map<std::string, bool> ranges;
  std::size_t at = 0;
  int most = 0;  ///< Visits with a working set; 0: all of `sessions`.
};

constexpr int kVisits = 6, kVisitsMost = 20;  // what a screen draws; what is still read in a moment

/// Which sessions are told: the newest of every program, or all of one program, newest first.
void find_visits(session::Members& members, const std::string& member_id, const std::string& program_id,
                 session::Journal::Answer<std::vector<session::SessionRecord>> answer) {
  if (program_id.empty()) return members.last_sessions(member_id, std::move(answer));
  members.sessions_of(member_id, [program_id, answer = std::move(answer)](Result<std::vector<session::SessionRecord>> sessions) {
    if (!sessions.ok()) return answer(sessions.status());
    std::erase_if(*sessions, [&](const session::SessionRecord& session) { return session.program_id != program_id; });
    std::ranges::reverse(*sessions);
    answer(*std::move(sessions));
  });
}

}  // namespace

grpc::ServerUnaryReactor* MemberService::CreateMember(Call* call, const pb::CreateMemberRequest* request, pb::Member* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    session::MemberChange wanted;
    wanted.alias = request->alias();
    if (!request->pin().empty()) wanted.pin = request->pin();
    wanted.add_tag = request->tag();
    const auto units = from_pb(request->units());
    if (!units.ok()) return reply.fail(units.status());
    wanted.units = *units;
    wanted.locale = request->locale();
    context_.desk.create(wanted, answer_member(reply, response));
  });
}

grpc::ServerUnaryReactor* MemberService::GetMember(Call* call, const pb::GetMemberRequest* request, pb::Member* response) {
  return with_member(context_, call, request->name(), [response](const session::MemberRecord& member, const Reply& reply) {
    to_pb(member, response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* MemberService::UpdateMember(Call* call, const pb::UpdateMemberRequest* request, pb::Member* response) {
  return with_member(context_, call, request->name(), [=, this](const session::MemberRecord& member, const Reply& reply) {
    session::MemberChange wanted;
    if (request->has_alias()) wanted.alias = request->alias();
    if (request->has_pin()) wanted.pin = request->pin();
    if (request->has_locale()) wanted.locale = request->locale();
    if (request->has_units()) {
      const auto units = from_pb(request->units());
      if (!units.ok()) return reply.fail(units.status());
      wanted.units = *units;
    }
    wanted.forget_tags = request->forget_tags();
    wanted.add_tag = request->add_tag();
    context_.desk.change(member.id, wanted, answer_member(reply, response));
  });
}

grpc::ServerUnaryReactor* MemberService::EraseMember(Call* call, const pb::EraseMemberRequest* request, pb::EraseMemberResponse* response) {
  return with_member(context_, call, request->name(), [=, this](const session::MemberRecord& member, const Reply& reply) {
    if (context_.manager.trains(member.id)) {
      return reply.fail(Status::error(StatusCode::kFailedPrecondition, "MEMBER_TRAINS",
                                      "A session of this member waits or runs at the machine. Finish it first."));
    }
    context_.desk.erase(member.id, [reply, response](const Result<std::uint32_t>& sessions) {
      if (!sessions.ok()) return reply.fail(sessions.status());
      response->set_sessions(static_cast<std::int32_t>(*sessions));
      reply.ok();
    });
  });
}

grpc::ServerWriteReactor<pb::ExportMemberResponse>* MemberService::ExportMember(Call* call, const pb::ExportMemberRequest* request) {
  return export_member(context_, request->name(), admission_of(*call, "/sheave.v1.MemberService/ExportMember", context_.gate));
}

grpc::ServerUnaryReactor* MemberService::ResolveCredential(Call* call, const pb::ResolveCredentialRequest* request,
                                                           pb::ResolveCredentialResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto number = static_cast<std::uint32_t>(std::max(request->number().number(), 0));
    const auto answer = [=, this](const Result<session::Handle>& handle) {
      // Also a wrong try says how long the next one has to wait.
      if (!handle.ok()) return reply.fail(handle.status(), context_.desk.wait_ns(number));
      response->set_handle("handles/" + handle->token);
      session::WallTime until = context_.wall_clock.now();
      until.unix_ns += session::MemberDesk::kHandle_ns;
      to_pb(until, response->mutable_expire_time());
      to_pb(handle->member, response->mutable_member());
      reply.ok();
    };
    if (number > 0) return context_.desk.resolve_number(number, request->number().pin(), answer);
    if (!request->tag().empty()) return context_.desk.resolve_tag(request->tag(), answer);
    reply.fail(Status::error(StatusCode::kInvalidArgument, "CREDENTIAL_MISSING", "Give a tag, or a number with its PIN."));
  });
}

grpc::ServerUnaryReactor* MemberService::SignOff(Call* call, const pb::SignOffRequest* request, pb::SignOffResponse*) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const std::string& handle = request->handle();
    context_.desk.sign_off(handle.substr(handle.find('/') + 1));
    reply.ok();
  });
}

grpc::ServerUnaryReactor* MemberService::ListLastTimes(Call* call, const pb::ListLastTimesRequest* request,
                                                       pb::ListLastTimesResponse* response) {
  return with_member(context_, call, request->member(), [=, this](const session::MemberRecord& member, const Reply& reply) {
    std::string program_id;
    auto last = std::make_shared<LastTimes>(context_, reply, response);
    if (!request->program().empty()) {
      const auto program = Names::parse_program(request->program());
      if (!program.ok()) return reply.fail(program.status());
      if (request->visits() < 0 || request->visits() > kVisitsMost) {
        return reply.fail(Status::error(StatusCode::kInvalidArgument, "VISITS_RANGE", "visits is 1 to 20, or 0 for 6."));
      }
      program_id = *program;
      last->most = request->visits() == 0 ? kVisits : request->visits();
    }
    session::Members& members = context_.desk.members();
    members.set_ups(member.id, [=, &members](const Result<std::vector<session::SetUpNote>>& notes) {
      if (!notes.ok()) return reply.fail(notes.status());
      for (const session::SetUpNote& note : *notes) last->notes[note.program_id] = note;
      members.ranges(member.id, [=, &members](const Result<std::vector<session::MemberRange>>& ranges) {
        if (!ranges.ok()) return reply.fail(ranges.status());
        for (const session::MemberRange& range : *ranges) last->ranges[range.set_up] = true;
        find_visits(members, member.id, program_id, [=](Result<std::vector<session::SessionRecord>> sessions) {
          if (!sessions.ok()) return reply.fail(sessions.status());
          last->sessions = *std::move(sessions);
          last->next();
        });
      });
    });
  });
}

grpc::ServerUnaryReactor* MemberService::UpdateSetUp(Call* call, const pb::UpdateSetUpRequest* request, pb::MemberSetUp* response) {
  return with_member(context_, call, request->member(), [=, this](const session::MemberRecord& member, const Reply& reply) {
    const auto program = Names::parse_program(request->set_up().program());
    if (!program.ok()) return reply.fail(program.status());
    if (context_.manager.catalog().find(*program) == nullptr) {
      return reply.fail(Status::error(StatusCode::kNotFound, "PROGRAM_NOT_FOUND", "There is no program \"" + *program + "\"."));
    }
    const auto note = from_pb(request->set_up(), *program);
    if (!note.ok()) return reply.fail(note.status());
    keep_set_up(context_, member.id, *note, [=, kept = *note](const Result<std::uint64_t>& stored) {
      if (!stored.ok()) return reply.fail(stored.status());
      to_pb(kept, response);
      reply.ok();
    });
  });
}

}  // namespace sheave::api
