#include "controller/store/sqlite_members.hpp"

#include <utility>

#include "controller/store/member_sql.hpp"

namespace sheave::store {

void SqliteMembers::add(const session::MemberRecord& member, Answer<session::MemberRecord> answer) {
  journal_.change<session::MemberRecord>([member](SQLite::Database& db) { return add_member(db, member); }, std::move(answer));
}

void SqliteMembers::put(const session::MemberRecord& member, Answer<session::MemberRecord> answer) {
  journal_.change<session::MemberRecord>([member](SQLite::Database& db) { return put_member(db, member); }, std::move(answer));
}

void SqliteMembers::find(const std::string& id, Answer<session::MemberRecord> answer) {
  journal_.read([id](SQLite::Database& db) { return find_member(db, id); }, std::move(answer));
}

void SqliteMembers::find_number(std::uint32_t number, Answer<session::MemberRecord> answer) {
  journal_.read([number](SQLite::Database& db) { return find_member(db, number); }, std::move(answer));
}

void SqliteMembers::find_tag(const std::string& tag_hash, Answer<session::MemberRecord> answer) {
  journal_.read([tag_hash](SQLite::Database& db) { return find_tagged(db, tag_hash); }, std::move(answer));
}

void SqliteMembers::erase(const std::string& id, Answer<std::uint32_t> answer) {
  journal_.change<std::uint32_t>([id](SQLite::Database& db) { return erase_member(db, id); }, std::move(answer));
}

void SqliteMembers::put_set_up(const std::string& member_id, const session::SetUpNote& note, session::Committed done) {
  journal_.write([member_id, note](SQLite::Database& db) { return store::put_set_up(db, member_id, note); }, std::move(done));
}

void SqliteMembers::set_ups(const std::string& member_id, Answer<std::vector<session::SetUpNote>> answer) {
  journal_.read([member_id](SQLite::Database& db) { return store::set_ups(db, member_id); }, std::move(answer));
}

void SqliteMembers::ranges(const std::string& member_id, Answer<std::vector<session::MemberRange>> answer) {
  journal_.read([member_id](SQLite::Database& db) { return store::ranges(db, member_id); }, std::move(answer));
}

void SqliteMembers::sessions_of(const std::string& member_id, Answer<std::vector<session::SessionRecord>> answer) {
  journal_.read([member_id](SQLite::Database& db) { return store::sessions_of(db, member_id); }, std::move(answer));
}

void SqliteMembers::last_sessions(const std::string& member_id, Answer<std::vector<session::SessionRecord>> answer) {
  journal_.read([member_id](SQLite::Database& db) { return store::last_sessions(db, member_id); }, std::move(answer));
}

void SqliteMembers::put_key_check(const std::string& check, session::Committed done) {
  journal_.write([check](SQLite::Database& db) { return store::put_key_check(db, check); }, std::move(done));
}

void SqliteMembers::forget_credentials(const std::string& check, session::Committed done) {
  journal_.write([check](SQLite::Database& db) { return store::forget_credentials(db, check); }, std::move(done));
}

}  // namespace sheave::store
