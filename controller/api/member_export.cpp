#include "controller/api/member_export.hpp"

#include <utility>

#include "controller/api/convert_member.hpp"
#include "controller/api/convert_session.hpp"
#include "controller/api/member_lookup.hpp"

namespace sheave::api {
namespace {

/// One message at a time: the next is read from the store when the last one is on its way, so that years of training need no memory.
/// gRPC calls OnWriteDone and OnDone from its threads; all else is [main].
class Export final : public grpc::ServerWriteReactor<pb::ExportMemberResponse> {
 public:
  Export(const Context& context, std::string name, Admission admission)
      : context_(context), name_(std::move(name)), admission_(std::move(admission)) {}

  void begin() {
    find_member(context_, name_, ByNumber::kYes, [this](const Result<session::MemberRecord>& found) {
      if (!found.ok()) return Finish(to_grpc(found.status()));
      member_ = *found;
      to_pb(*found, message_.mutable_member()->mutable_member());
      context_.desk.members().set_ups(found->id, [this](const Result<std::vector<session::SetUpNote>>& notes) { add(notes); });
    });
  }

  void OnWriteDone(bool ok) override {
    context_.post([this, ok] { ok ? next() : Finish(grpc::Status::CANCELLED); });
  }
  void OnDone() override { delete this; }

 private:
  void add(const Result<std::vector<session::SetUpNote>>& notes) {
    if (!notes.ok()) return Finish(to_grpc(notes.status()));
    for (const session::SetUpNote& note : *notes) to_pb(note, message_.mutable_member()->add_set_ups());
    context_.desk.members().ranges(member_.id, [this](const Result<std::vector<session::MemberRange>>& ranges) {
      if (!ranges.ok()) return Finish(to_grpc(ranges.status()));
      for (const session::MemberRange& range : *ranges) {
        pb::MemberRange* to = message_.mutable_member()->add_ranges();
        to->set_set_up(range.set_up);
        for (const Rom& rom : range.rom) to_pb(rom, to->add_rom());
      }
      context_.desk.members().sessions_of(member_.id, [this](Result<std::vector<session::SessionRecord>> sessions) {
        if (!sessions.ok()) return Finish(to_grpc(sessions.status()));
        sessions_ = *std::move(sessions);
        StartWrite(&message_);
      });
    });
  }

  void next() {
    if (at_ == sessions_.size()) return Finish(grpc::Status::OK);
    if (const Status status = admission_(); !status.ok()) return Finish(to_grpc(status));
    const session::SessionRecord& record = sessions_[at_++];
    context_.journal.list_sets(record.id, [this, &record](const Result<std::vector<session::SetRecord>>& sets) {
      if (!sets.ok()) return Finish(to_grpc(sets.status()));
      message_.Clear();
      to_pb(context_.names, record, message_.mutable_session()->mutable_session());
      for (const session::SetRecord& set : *sets) to_pb(context_.names, set, message_.mutable_session()->add_sets());
      StartWrite(&message_);
    });
  }

  const Context& context_;
  const std::string name_;
  const Admission admission_;
  session::MemberRecord member_;
  std::vector<session::SessionRecord> sessions_;
  std::size_t at_ = 0;
  pb::ExportMemberResponse message_;
};

}  // namespace

grpc::ServerWriteReactor<pb::ExportMemberResponse>* export_member(const Context& context, const std::string& name, Admission admission) {
  auto* stream = new Export(context, name, std::move(admission));
  context.post([stream] { stream->begin(); });
  return stream;
}

}  // namespace sheave::api
