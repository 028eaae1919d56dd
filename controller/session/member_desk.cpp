#include "controller/session/member_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace sheave::session {

namespace {

constexpr std::size_t kMaxAlias_bytes = 24, kMaxTag_bytes = 128, kMaxLocale_bytes = 16;
constexpr std::size_t kMinPin = 4, kMaxPin = 8, kMaxTags = 5;
constexpr std::size_t kToken_bytes = 24;

bool is_digits(const std::string& text) {
  return std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_printable(const std::string& text) {
  return std::ranges::none_of(text, [](unsigned char c) { return std::iscntrl(c) != 0; });
}

Status invalid(const char* reason, std::string message) { return Status::error(StatusCode::kInvalidArgument, reason, std::move(message)); }

Status unknown() {
  return Status::error(StatusCode::kUnauthenticated, "CREDENTIAL_UNKNOWN",
                       "That is nobody this machine knows. Try again, ask a trainer, or train as a guest.");
}

}  // namespace

MemberDesk::MemberDesk(Members& members, Worker& worker, const WallClock& wall_clock, Result<MachineKey> key,
                       std::function<std::int64_t()> now_ns, MakeId make_id)
    : members_(members),
      worker_(worker),
      wall_clock_(wall_clock),
      key_(std::move(key)),
      now_ns_(std::move(now_ns)),
      make_id_(std::move(make_id)) {}

/// Why there is none is for who runs the machine, in its log: a caller learns no paths.
Status MemberDesk::check_key() const {
  if (key_.ok()) return {};
  return Status::error(StatusCode::kFailedPrecondition, "KEY_UNUSABLE",
                       "This machine cannot check tags and PINs for now. Train as a guest, and tell the staff: the controller's log says "
                       "what helps.");
}

Status MemberDesk::check(const MemberChange& wanted) const {
  if (wanted.alias && (wanted.alias->size() > kMaxAlias_bytes || !is_printable(*wanted.alias))) {
    return invalid("ALIAS_INVALID", fmt::format("an alias has at most {} characters and no control characters", kMaxAlias_bytes));
  }
  const bool pin_fits = !wanted.pin || wanted.pin->empty() || (wanted.pin->size() >= kMinPin && wanted.pin->size() <= kMaxPin);
  if (!pin_fits || (wanted.pin && !is_digits(*wanted.pin))) {
    return invalid("PIN_INVALID", fmt::format("a PIN has {} to {} digits", kMinPin, kMaxPin));
  }
  if (wanted.add_tag.size() > kMaxTag_bytes) {
    return invalid("TAG_INVALID", fmt::format("a tag has at most {} characters", kMaxTag_bytes));
  }
  if (wanted.locale && (wanted.locale->size() > kMaxLocale_bytes || !is_printable(*wanted.locale))) {
    return invalid("LOCALE_INVALID", "a locale is written like \"de\" or \"en-GB\"");
  }
  const bool needs_key = !wanted.add_tag.empty() || (wanted.pin && !wanted.pin->empty());
  return needs_key ? check_key() : Status();
}

/// @pre check(wanted)
void MemberDesk::apply(MemberRecord member, const MemberChange& wanted, std::function<void(const MemberRecord&)> done) {
  if (wanted.alias) member.alias = *wanted.alias;
  if (wanted.units) member.units = *wanted.units;
  if (wanted.locale) member.locale = *wanted.locale;
  if (wanted.forget_tags) member.tag_hashes.clear();
  if (!wanted.add_tag.empty()) {
    const std::string tag = hash_tag(*key_, wanted.add_tag);
    if (std::ranges::count(member.tag_hashes, tag) == 0) member.tag_hashes.push_back(tag);
    if (member.tag_hashes.size() > kMaxTags) member.tag_hashes.erase(member.tag_hashes.begin());
  }
  if (!wanted.pin) return done(member);
  if (wanted.pin->empty()) {
    member.pin_hash.clear();
    return done(member);
  }
  const auto hashed = std::make_shared<std::string>();
  worker_.run([hashed, key = *key_, pin = *wanted.pin] { *hashed = hash_pin(key, pin); },
              [hashed, member, done = std::move(done), alive = std::weak_ptr<int>(alive_)]() mutable {
                if (alive.expired()) return;
                member.pin_hash = *hashed;
                done(member);
              });
}

void MemberDesk::create(const MemberChange& wanted, Answer<MemberRecord> answer) {
  if (Status status = check(wanted); !status.ok()) return answer(status);
  MemberRecord member;
  member.id = make_id_();
  member.created = wall_clock_.now();
  apply(std::move(member), wanted, [this, answer = std::move(answer)](const MemberRecord& made) { members_.add(made, answer); });
}

void MemberDesk::change(const std::string& member_id, const MemberChange& wanted, Answer<MemberRecord> answer) {
  if (Status status = check(wanted); !status.ok()) return answer(status);
  members_.find(member_id, [this, wanted, answer = std::move(answer), alive = std::weak_ptr<int>(alive_)](Result<MemberRecord> found) {
    if (alive.expired()) return;
    if (!found) return answer(found.status());
    apply(*std::move(found), wanted, [this, answer](const MemberRecord& changed) { members_.put(changed, answer); });
  });
}

void MemberDesk::erase(const std::string& member_id, Answer<std::uint32_t> answer) {
  std::erase_if(handles_, [&](const auto& held) { return held.second.member_id == member_id; });
  members_.erase(member_id, std::move(answer));
}

Status MemberDesk::slowed(std::uint32_t number) const {
  const std::int64_t wait = wait_ns(number);
  if (wait <= 0) return {};
  const std::int64_t wait_s = (wait + kNsPerS - 1) / kNsPerS;
  return Status::error(StatusCode::kResourceExhausted, "CREDENTIAL_SLOWED",
                       fmt::format("Too many wrong tries. Try again in {} seconds, use your tag, or train as a guest.", wait_s));
}

Handle MemberDesk::hand_out(const MemberRecord& member) {
  const std::int64_t now_ns = now_ns_();
  std::erase_if(handles_, [&](const auto& held) { return held.second.until_ns <= now_ns; });
  Handle handle{random_hex(kToken_bytes), member};
  handles_[handle.token] = {member.id, now_ns + kHandle_ns};
  return handle;
}

void MemberDesk::resolve_tag(const std::string& tag, Answer<Handle> answer) {
  if (Status status = check_key(); !status.ok()) return answer(status);
  if (Status status = slowed(kTags); !status.ok()) return answer(status);
  members_.find_tag(hash_tag(*key_, tag),
                    [this, answer = std::move(answer), alive = std::weak_ptr<int>(alive_)](Result<MemberRecord> found) {
                      if (alive.expired()) return;
                      if (found) return answer(hand_out(*found));
                      if (found.status().code != StatusCode::kNotFound) return answer(found.status());
                      guard_.wrong(kTags, now_ns_());
                      answer(unknown());
                    });
}

void MemberDesk::resolve_number(std::uint32_t number, const std::string& pin, Answer<Handle> answer) {
  if (Status status = check_key(); !status.ok()) return answer(status);
  if (Status status = slowed(number); !status.ok()) return answer(status);
  const std::int64_t tried_ns = now_ns_();
  guard_.wrong(number, tried_ns);  // until it proves right: many tries at once are slowed too
  members_.find_number(
      number, [this, number, pin, tried_ns, answer = std::move(answer), alive = std::weak_ptr<int>(alive_)](Result<MemberRecord> found) {
        if (alive.expired()) return;
        if (!found && found.status().code != StatusCode::kNotFound) {
          guard_.take_back(number, tried_ns);
          return answer(found.status());
        }
        // The sums are done for a number that nobody has too, so that the time tells nothing.
        const MemberRecord member = found ? *found : MemberRecord{};
        const auto matches = std::make_shared<bool>(false);
        worker_.run([matches, key = *key_, pin,
                     stored = member.pin_hash.empty() ? std::string("0$") : member.pin_hash] { *matches = pin_matches(key, pin, stored); },
                    [this, matches, member, number, answer, alive] {
                      if (alive.expired()) return;
                      if (!*matches) return answer(unknown());
                      guard_.right(number);
                      answer(hand_out(member));
                    });
      });
}

void MemberDesk::find_handle(const std::string& token, Answer<MemberRecord> answer) {
  const auto at = handles_.find(token);
  if (at == handles_.end() || at->second.until_ns <= now_ns_()) {
    return answer(Status::error(StatusCode::kUnauthenticated, "HANDLE_EXPIRED", "Ten minutes have passed. Say again who you are."));
  }
  at->second.until_ns = now_ns_() + kHandle_ns;
  members_.find(at->second.member_id, std::move(answer));
}

}  // namespace sheave::session
