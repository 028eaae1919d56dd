#pragma once
// Where people say who they are: enrols members, proves a tag or a number with its PIN, and hands out the short-lived handles that stand
// for a member who is here.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "controller/session/ids.hpp"
#include "controller/session/members.hpp"
#include "controller/session/pin_guard.hpp"
#include "controller/session/secrets.hpp"
#include "controller/session/wall_clock.hpp"
#include "controller/session/worker.hpp"

namespace sheave::session {

/// What is absent stays as it is.
struct MemberChange {
  std::optional<std::string> alias, pin, locale;  ///< An empty PIN takes it away.
  std::optional<Units> units;
  bool forget_tags = false;
  std::string add_tag;
};

struct Handle {
  std::string token;
  MemberRecord member;
};

/// All [main]; answers come on [main], and those about PINs after the worker has done its sums. Reasons: ALIAS_INVALID, PIN_INVALID,
/// TAG_INVALID, LOCALE_INVALID, TAG_TAKEN, MEMBER_NOT_FOUND, HANDLE_EXPIRED, CREDENTIAL_UNKNOWN, CREDENTIAL_SLOWED, KEY_UNUSABLE, STORE_UNAVAILABLE.
class MemberDesk {
 public:
  static constexpr std::int64_t kHandle_ns = 600'000'000'000;  ///< After its last use.

  template <typename T>
  using Answer = Members::Answer<T>;
  /// Everything by reference outlives it. @param key where there is none, every tag and PIN is refused with KEY_UNUSABLE, and the rest goes on.
  MemberDesk(Members& members, Worker& worker, const WallClock& wall_clock, Result<MachineKey> key, std::function<std::int64_t()> now_ns,
             MakeId make_id = random_uuid);

  void create(const MemberChange& wanted, Answer<MemberRecord> answer);
  void change(const std::string& member_id, const MemberChange& wanted, Answer<MemberRecord> answer);
  void erase(const std::string& member_id, Answer<std::uint32_t> answer);

  void resolve_tag(const std::string& tag, Answer<Handle> answer);
  void resolve_number(std::uint32_t number, const std::string& pin, Answer<Handle> answer);
  /// Of tags that nobody has: readers misread, and a stranger's key ring holds many.
  static constexpr std::uint32_t kTags = 0;
  /// How long until a number, or kTags, may be tried again; 0: now.
  std::int64_t wait_ns(std::uint32_t number) const { return guard_.wait_ns(number, now_ns_()); }
  void sign_off(const std::string& token) { handles_.erase(token); }
  /// Who `token` stands for; it lives on for kHandle_ns from now.
  void find_handle(const std::string& token, Answer<MemberRecord> answer);

  Members& members() noexcept { return members_; }

 private:
  struct Held {
    std::string member_id;
    std::int64_t until_ns = 0;
  };
  Status check(const MemberChange& wanted) const;
  Status check_key() const;
  void apply(MemberRecord member, const MemberChange& wanted, std::function<void(const MemberRecord&)> done);
  Status slowed(std::uint32_t number) const;
  Handle hand_out(const MemberRecord& member);

  Members& members_;
  Worker& worker_;
  const WallClock& wall_clock_;
  Result<MachineKey> key_;
  std::function<std::int64_t()> now_ns_;
  MakeId make_id_;
  PinGuard guard_;
  std::map<std::string, Held> handles_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // late answers find nobody once this is gone
};

}  // namespace sheave::session
