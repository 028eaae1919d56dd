#pragma once
// Members as the API says them. Hashes never leave the machine.

#include "controller/api/convert_common.hpp"
#include "controller/session/members.hpp"
#include "sheave/v1/member.pb.h"

namespace sheave::api {

void to_pb(const session::MemberRecord& member, pb::Member* to);
void to_pb(const session::SetUpNote& note, pb::MemberSetUp* to);
/// Reason SET_UP_INVALID.
Result<session::SetUpNote> from_pb(const pb::MemberSetUp& from, const std::string& program_id);

}  // namespace sheave::api
