#include "controller/api/member_lookup.hpp"

#include <algorithm>
#include <charconv>

namespace sheave::api {
namespace {

constexpr std::string_view kMembers = "members/", kHandles = "handles/";

bool is_number(const std::string& text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void find_member(const Context& context, const std::string& name, ByNumber by_number,
                 session::Journal::Answer<session::MemberRecord> answer) {
  if (name.starts_with(kHandles)) return context.desk.find_handle(name.substr(kHandles.size()), std::move(answer));
  std::uint32_t number = 0;
  const std::string id = name.starts_with(kMembers) ? name.substr(kMembers.size()) : "";
  if (id.empty()) {
    return answer(Status::error(StatusCode::kInvalidArgument, "MEMBER_NAME_INVALID",
                                "\"" + name + "\" names no member: use \"members/{uuid}\" or a handle from ResolveCredential."));
  }
  if (!is_number(id, number)) return context.desk.members().find(id, std::move(answer));
  if (by_number == ByNumber::kYes) return context.desk.members().find_number(number, std::move(answer));
  answer(Status::error(StatusCode::kInvalidArgument, "MEMBER_NAME_INVALID",
                       "A number alone proves nothing: ResolveCredential with number and PIN gives a handle."));
}

void find_set_up(const Context& context, const std::string& member_id, const std::string& program_id,
                 session::Journal::Answer<session::SetUpNote> answer) {
  context.desk.members().set_ups(member_id, [program_id, answer = std::move(answer)](Result<std::vector<session::SetUpNote>> notes) {
    if (!notes.ok()) return answer(notes.status());
    session::SetUpNote note;
    note.program_id = program_id;
    const auto at = std::ranges::find(*notes, program_id, &session::SetUpNote::program_id);
    answer(at != notes->end() ? *at : note);
  });
}

void keep_set_up(const Context& context, const std::string& member_id, const session::SetUpNote& note, session::Committed done) {
  find_set_up(context, member_id, note.program_id, [&context, member_id, note, done = std::move(done)](Result<session::SetUpNote> before) {
    if (!before.ok()) return done(before.status());
    const bool was_known = before->notch != 0 || !before->attachment.empty();
    if (was_known && (before->notch != note.notch || before->attachment != note.attachment)) {
      context.manager.forget_range(member_id, note.program_id);
    }
    context.desk.members().put_set_up(member_id, note, done);
  });
}

}  // namespace sheave::api
