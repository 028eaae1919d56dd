#pragma once
// Members on the journal's file and thread.

#include "controller/session/members.hpp"
#include "controller/store/sqlite_journal.hpp"

namespace sheave::store {

/// The journal outlives it. All [main].
class SqliteMembers final : public session::Members {
 public:
  explicit SqliteMembers(SqliteJournal& journal) : journal_(journal) {}

  void add(const session::MemberRecord& member, Answer<session::MemberRecord> answer) override;
  void put(const session::MemberRecord& member, Answer<session::MemberRecord> answer) override;
  void find(const std::string& id, Answer<session::MemberRecord> answer) override;
  void find_number(std::uint32_t number, Answer<session::MemberRecord> answer) override;
  void find_tag(const std::string& tag_hash, Answer<session::MemberRecord> answer) override;
  void erase(const std::string& id, Answer<std::uint32_t> answer) override;
  void put_set_up(const std::string& member_id, const session::SetUpNote& note, session::Committed done) override;
  void set_ups(const std::string& member_id, Answer<std::vector<session::SetUpNote>> answer) override;
  void ranges(const std::string& member_id, Answer<std::vector<session::MemberRange>> answer) override;
  void sessions_of(const std::string& member_id, Answer<std::vector<session::SessionRecord>> answer) override;
  void last_sessions(const std::string& member_id, Answer<std::vector<session::SessionRecord>> answer) override;

  /// Of the machine key that tags and PINs are hashed with from now on; the next start's StartupReport has it.
  void put_key_check(const std::string& check, session::Committed done);
  /// Takes every member's tags and PIN away, and remembers the new key.
  void forget_credentials(const std::string& check, session::Committed done);

 private:
  SqliteJournal& journal_;
};

}  // namespace sheave::store
