#pragma once
// Who trains here, as stored: a person and what proves who they are, apart from everything that was trained. What ties the two is who owns
// a session (Journal::put_owner); erasing a member cuts it. Declared here so that api depends on no database; store/ implements it.

#include <cstdint>
#include <string>
#include <vector>

#include "controller/session/journal.hpp"

namespace sheave::session {

enum class Units : std::uint8_t { kScreens = 0, kKg = 1, kLb = 2 };

struct MemberRecord {
  std::string id;            ///< UUID, made on the machine.
  std::uint32_t number = 0;  ///< What the person types; given by the store, never twice.
  std::string alias;         ///< What screens call them; may be empty.
  WallTime created;
  std::string pin_hash;                 ///< As secrets.hpp makes it; empty: none.
  std::vector<std::string> tag_hashes;  ///< Likewise.
  Units units = Units::kScreens;
  std::string locale;
};

/// One member's own set-up of one program.
struct SetUpNote {
  std::string program_id;
  std::uint32_t notch = 0;  ///< Of the pulley's column; 0: not known.
  std::string attachment;   ///< Instead of the program's; empty: the program's.
  std::string note;
};

struct MemberRange {
  std::string set_up;  ///< As set_up_key() makes it.
  std::vector<Rom> rom;
};

/// All calls are [main], return at once and answer on [main]; errors as Journal's. Reasons: MEMBER_NOT_FOUND, TAG_TAKEN.
class Members {
 public:
  template <typename T>
  using Answer = Journal::Answer<T>;
  virtual ~Members() = default;

  /// Gives it back with its number.
  virtual void add(const MemberRecord& member, Answer<MemberRecord> answer) = 0;
  virtual void put(const MemberRecord& member, Answer<MemberRecord> answer) = 0;  ///< All but number and time of making.
  virtual void find(const std::string& id, Answer<MemberRecord> answer) = 0;
  virtual void find_number(std::uint32_t number, Answer<MemberRecord> answer) = 0;
  virtual void find_tag(const std::string& tag_hash, Answer<MemberRecord> answer) = 0;
  /// The person, credentials, set-ups, ranges and the link to their sessions. Gives how many sessions are nobody's now.
  virtual void erase(const std::string& id, Answer<std::uint32_t> answer) = 0;

  virtual void put_set_up(const std::string& member_id, const SetUpNote& note, Committed done) = 0;
  virtual void set_ups(const std::string& member_id, Answer<std::vector<SetUpNote>> answer) = 0;
  virtual void ranges(const std::string& member_id, Answer<std::vector<MemberRange>> answer) = 0;
  /// Oldest first.
  virtual void sessions_of(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) = 0;
  /// The newest session with a finished set of each program, newest first.
  virtual void last_sessions(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) = 0;
};

}  // namespace sheave::session
