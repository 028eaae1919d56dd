#pragma once
// Turns the name of a member into the stored member.

#include "controller/api/context.hpp"

namespace sheave::api {

/// Numbers are easily guessed: they name a member to who administers members, and never open a session.
enum class ByNumber : std::uint8_t { kNo, kYes };

/// "members/{uuid}", "handles/{token}" and, where allowed, "members/12". Reasons MEMBER_NAME_INVALID, MEMBER_NOT_FOUND, HANDLE_EXPIRED.
/// [main]
void find_member(const Context& context, const std::string& name, ByNumber by_number,
                 session::Journal::Answer<session::MemberRecord> answer);

/// Keeps notch, attachment and note for a member and a program; where the notch or the attachment is another than before, the range that
/// was measured there is forgotten. [main]
void keep_set_up(const Context& context, const std::string& member_id, const session::SetUpNote& note, session::Committed done);

/// That of `program_id`, or an empty one. [main]
void find_set_up(const Context& context, const std::string& member_id, const std::string& program_id,
                 session::Journal::Answer<session::SetUpNote> answer);

}  // namespace sheave::api
