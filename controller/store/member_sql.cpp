#include "controller/store/member_sql.hpp"

#include <optional>
#include <utility>

#include "controller/store/rows.hpp"

namespace sheave::store {
namespace {

Status no_member() {
  return Status::error(StatusCode::kNotFound, "MEMBER_NOT_FOUND",
                       "There is no such member here. Enrol them, or let them train as a guest.");
}

/// The one member of `where`, whose one parameter `bind` binds.
template <typename Bind>
Result<session::MemberRecord> member_where(SQLite::Database& db, const std::string& where, Bind bind) {
  SQLite::Statement query(
      db, "SELECT id, number, alias, created_unix_ns, created_synchronized, pin_hash, units, locale FROM members WHERE " + where);
  Binder binder(query);
  bind(binder);
  if (!query.executeStep()) return no_member();
  Reader row(query);
  session::MemberRecord member;
  member.id = row.text();
  member.number = row.integer<std::uint32_t>();
  member.alias = row.text();
  member.created = row.wall();
  member.pin_hash = row.text();
  member.units = row.integer<session::Units>();
  member.locale = row.text();
  SQLite::Statement tags(db, "SELECT hash FROM member_tags WHERE member_id = ? ORDER BY hash");
  Binder(tags).text(member.id);
  member.tag_hashes = read_all(tags, [](Reader& tag) { return tag.text(); });
  return member;
}

/// Runs `sql` with `member_id` as its one parameter. Gives how many rows it changed.
int exec_of(SQLite::Database& db, const char* sql, const std::string& member_id) {
  SQLite::Statement statement(db, sql);
  Binder(statement).text(member_id);
  return statement.exec();
}

/// Reason TAG_TAKEN; then nothing was changed.
Status replace_tags(SQLite::Database& db, const session::MemberRecord& member) {
  for (const std::string& tag : member.tag_hashes) {
    SQLite::Statement taken(db, "SELECT 1 FROM member_tags WHERE hash = ? AND member_id <> ?");
    Binder(taken).text(tag).text(member.id);
    if (taken.executeStep()) {
      return Status::error(StatusCode::kAlreadyExists, "TAG_TAKEN", "The tag is another member's. Use another tag, or erase that member.");
    }
  }
  exec_of(db, "DELETE FROM member_tags WHERE member_id = ?", member.id);
  for (const std::string& tag : member.tag_hashes) {
    SQLite::Statement insert(db, "INSERT INTO member_tags (hash, member_id) VALUES (?, ?)");
    Binder(insert).text(tag).text(member.id);
    insert.exec();
  }
  return {};
}

std::vector<session::SessionRecord> sessions_where(SQLite::Database& db, const std::string& where, const std::string& member_id) {
  SQLite::Statement query(db, std::string("SELECT ") + kSessionColumns + " FROM sessions WHERE " + where);
  Binder(query).text(member_id);
  return read_all(query, read_session);
}

}  // namespace

Result<session::MemberRecord> add_member(SQLite::Database& db, const session::MemberRecord& member) {
  SQLite::Statement insert(db,
                           "INSERT INTO members (id, alias, created_unix_ns, created_synchronized, pin_hash, units, locale) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?)");
  Binder(insert).text(member.id).text(member.alias).wall(member.created).text(member.pin_hash).integer(member.units).text(member.locale);
  insert.exec();
  if (Status status = replace_tags(db, member); !status.ok()) {
    exec_of(db, "DELETE FROM members WHERE id = ?", member.id);
    return status;
  }
  return find_member(db, member.id);
}

Result<session::MemberRecord> put_member(SQLite::Database& db, const session::MemberRecord& member) {
  if (Result<session::MemberRecord> known = find_member(db, member.id); !known) return known;
  if (Status status = replace_tags(db, member); !status.ok()) return status;
  SQLite::Statement update(db, "UPDATE members SET alias = ?, pin_hash = ?, units = ?, locale = ? WHERE id = ?");
  Binder(update).text(member.alias).text(member.pin_hash).integer(member.units).text(member.locale).text(member.id);
  update.exec();
  return find_member(db, member.id);
}

Result<session::MemberRecord> find_member(SQLite::Database& db, const std::string& id) {
  return member_where(db, "id = ?", [&](Binder& binder) { binder.text(id); });
}

Result<session::MemberRecord> find_member(SQLite::Database& db, std::uint32_t number) {
  return member_where(db, "number = ?", [&](Binder& binder) { binder.integer(number); });
}

Result<session::MemberRecord> find_tagged(SQLite::Database& db, const std::string& tag_hash) {
  return member_where(db, "id = (SELECT member_id FROM member_tags WHERE hash = ?)", [&](Binder& binder) { binder.text(tag_hash); });
}

Result<std::uint32_t> erase_member(SQLite::Database& db, const std::string& id) {
  for (const char* sql : {"DELETE FROM member_tags WHERE member_id = ?", "DELETE FROM member_set_ups WHERE member_id = ?",
                          "DELETE FROM member_rom WHERE member_id = ?"}) {
    exec_of(db, sql, id);
  }
  const int sessions = exec_of(db, "DELETE FROM owners WHERE member_id = ?", id);
  if (exec_of(db, "DELETE FROM members WHERE id = ?", id) == 0) return no_member();
  return static_cast<std::uint32_t>(sessions);
}

std::uint64_t put_set_up(SQLite::Database& db, const std::string& member_id, const session::SetUpNote& note) {
  SQLite::Statement put(db,
                        "INSERT OR REPLACE INTO member_set_ups (member_id, program_id, notch, attachment, note) VALUES (?, ?, ?, ?, ?)");
  Binder(put).text(member_id).text(note.program_id).integer(note.notch).text(note.attachment).text(note.note);
  put.exec();
  return 0;
}

std::vector<session::SetUpNote> set_ups(SQLite::Database& db, const std::string& member_id) {
  SQLite::Statement query(db, "SELECT program_id, notch, attachment, note FROM member_set_ups WHERE member_id = ? ORDER BY program_id");
  Binder(query).text(member_id);
  return read_all(query, [](Reader& row) {
    session::SetUpNote note;
    note.program_id = row.text();
    note.notch = row.integer<std::uint32_t>();
    note.attachment = row.text();
    note.note = row.text();
    return note;
  });
}

std::vector<session::MemberRange> ranges(SQLite::Database& db, const std::string& member_id) {
  SQLite::Statement query(db, "SELECT set_up, start_m, end_m FROM member_rom WHERE member_id = ? ORDER BY set_up, axis");
  Binder(query).text(member_id);
  std::vector<session::MemberRange> ranges;
  while (query.executeStep()) {
    Reader row(query);
    const std::string set_up = row.text();
    if (ranges.empty() || ranges.back().set_up != set_up) ranges.push_back({set_up, {}});
    Rom& rom = ranges.back().rom.emplace_back();
    rom.start_m = row.real();
    rom.end_m = row.real();
  }
  return ranges;
}

std::vector<session::SessionRecord> sessions_of(SQLite::Database& db, const std::string& member_id) {
  return sessions_where(db, "id IN (SELECT session_id FROM owners WHERE member_id = ?) ORDER BY seq", member_id);
}

std::vector<session::SessionRecord> last_sessions(SQLite::Database& db, const std::string& member_id) {
  return sessions_where(db,
                        "seq IN (SELECT MAX(t.seq) FROM sessions t JOIN owners o ON o.session_id = t.id WHERE o.member_id = ? AND EXISTS "
                        "(SELECT 1 FROM sets s WHERE s.session_id = t.id AND s.seq IS NOT NULL) GROUP BY t.program_id) ORDER BY seq DESC",
                        member_id);
}

std::uint64_t put_key_check(SQLite::Database& db, const std::string& check) {
  SQLite::Statement put(db, "UPDATE store SET key_check = ?");
  Binder(put).text(check);
  put.exec();
  return 0;
}

std::uint64_t forget_credentials(SQLite::Database& db, const std::string& check) {
  db.exec("UPDATE members SET pin_hash = ''; DELETE FROM member_tags");
  return put_key_check(db, check);
}

}  // namespace sheave::store
