#pragma once
// Members in memory, beside a MemoryJournal: for simulated runs and tests.

#include <map>
#include <utility>

#include "controller/session/members.hpp"
#include "controller/session/memory_journal.hpp"

namespace sheave::session {

/// The journal outlives it. Answers at once.
class MemoryMembers final : public Members {
 public:
  explicit MemoryMembers(MemoryJournal& journal) : journal_(journal) {}

  /// While true nobody is found, nor known not to be there: STORE_UNAVAILABLE.
  void set_failing(bool failing) { failing_ = failing; }

  void add(const MemberRecord& member, Answer<MemberRecord> answer) override;
  void put(const MemberRecord& member, Answer<MemberRecord> answer) override;
  void find(const std::string& id, Answer<MemberRecord> answer) override;
  void find_number(std::uint32_t number, Answer<MemberRecord> answer) override;
  void find_tag(const std::string& tag_hash, Answer<MemberRecord> answer) override;
  void erase(const std::string& id, Answer<std::uint32_t> answer) override;
  void put_set_up(const std::string& member_id, const SetUpNote& note, Committed done) override;
  void set_ups(const std::string& member_id, Answer<std::vector<SetUpNote>> answer) override;
  void ranges(const std::string& member_id, Answer<std::vector<MemberRange>> answer) override;
  void sessions_of(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) override;
  void last_sessions(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) override;

 private:
  template <typename Match>
  void find_where(Match match, const Answer<MemberRecord>& answer) const;
  bool tag_taken(const MemberRecord& member) const;

  MemoryJournal& journal_;
  std::vector<MemberRecord> members_;
  std::map<std::pair<std::string, std::string>, SetUpNote> set_ups_;  // by member and program
  std::uint32_t last_number_ = 0;
  bool failing_ = false;
};

}  // namespace sheave::session
