#pragma once
// One function per call of session::Members and SqliteMembers; the contracts stand there. All [store]; errors as writes.hpp's and reads.hpp's.

#include <SQLiteCpp/SQLiteCpp.h>

#include "controller/session/members.hpp"

namespace sheave::store {

Result<session::MemberRecord> add_member(SQLite::Database& db, const session::MemberRecord& member);
Result<session::MemberRecord> put_member(SQLite::Database& db, const session::MemberRecord& member);
Result<session::MemberRecord> find_member(SQLite::Database& db, const std::string& id);
Result<session::MemberRecord> find_member(SQLite::Database& db, std::uint32_t number);
Result<session::MemberRecord> find_tagged(SQLite::Database& db, const std::string& tag_hash);
Result<std::uint32_t> erase_member(SQLite::Database& db, const std::string& id);
std::uint64_t put_set_up(SQLite::Database& db, const std::string& member_id, const session::SetUpNote& note);
std::vector<session::SetUpNote> set_ups(SQLite::Database& db, const std::string& member_id);
std::vector<session::MemberRange> ranges(SQLite::Database& db, const std::string& member_id);
std::vector<session::SessionRecord> sessions_of(SQLite::Database& db, const std::string& member_id);
std::vector<session::SessionRecord> last_sessions(SQLite::Database& db, const std::string& member_id);
std::uint64_t put_key_check(SQLite::Database& db, const std::string& check);
std::uint64_t forget_credentials(SQLite::Database& db, const std::string& check);

}  // namespace sheave::store
