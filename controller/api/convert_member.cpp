#include "controller/api/convert_member.hpp"

#include "controller/api/names.hpp"

namespace sheave::api {

static_assert(pb::UNITS_LB == static_cast<int>(session::Units::kLb));

void to_pb(const session::MemberRecord& member, pb::Member* to) {
  to->set_name("members/" + member.id);
  to->set_number(static_cast<std::int32_t>(member.number));
  to->set_alias(member.alias);
  to_pb(member.created, to->mutable_create_time());
  to->set_has_pin(!member.pin_hash.empty());
  to->set_tags(static_cast<std::int32_t>(member.tag_hashes.size()));
  to->set_units(static_cast<pb::Units>(member.units));
  to->set_locale(member.locale);
}

void to_pb(const session::SetUpNote& note, pb::MemberSetUp* to) {
  to->set_program(Names::program(note.program_id));
  to->set_notch(static_cast<std::int32_t>(note.notch));
  to->set_attachment(note.attachment);
  to->set_note(note.note);
}

Result<session::SetUpNote> from_pb(const pb::MemberSetUp& from, const std::string& program_id) {
  constexpr std::int32_t kMostNotches = 100;
  constexpr std::size_t kLongest = 64;
  if (from.notch() < 0 || from.notch() > kMostNotches || from.attachment().size() > kLongest || from.note().size() > kLongest) {
    return Status::error(StatusCode::kInvalidArgument, "SET_UP_INVALID",
                         "A notch is 0 to 100; attachment and note have 64 characters at most.");
  }
  session::SetUpNote note;
  note.program_id = program_id;
  note.notch = static_cast<std::uint32_t>(from.notch());
  note.attachment = from.attachment();
  note.note = from.note();
  return note;
}

}  // namespace sheave::api
