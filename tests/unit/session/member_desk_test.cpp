#include "controller/session/member_desk.hpp"

#include <gmock/gmock.h>

#include "controller/session/memory_members.hpp"

namespace sheave::session {
namespace {

using ::testing::HasSubstr;

class StoppedClock final : public WallClock {
 public:
  WallTime now() const override { return {1'700'000'000'000'000'000, true}; }
};

struct Desk : ::testing::Test {
  MemoryJournal journal;
  MemoryMembers members{journal};
  InlineWorker worker;
  StoppedClock wall;
  std::int64_t now_ns = 0;
  MemberDesk desk{members, worker, wall, std::string(32, 'k'), [this] { return now_ns; }};

  MemberRecord enrol(const std::string& alias, const std::string& pin, const std::string& tag = "") {
    MemberChange wanted;
    wanted.alias = alias;
    if (!pin.empty()) wanted.pin = pin;
    wanted.add_tag = tag;
    MemberRecord made;
    desk.create(wanted, [&](Result<MemberRecord> answer) {
      ASSERT_TRUE(answer.ok()) << answer.status().message;
      made = *answer;
    });
    return made;
  }
  Result<Handle> number(std::uint32_t number, const std::string& pin) {
    Result<Handle> got = Status{};
    desk.resolve_number(number, pin, [&](Result<Handle> answer) { got = std::move(answer); });
    return got;
  }
  Result<Handle> tag(const std::string& tag) {
    Result<Handle> got = Status{};
    desk.resolve_tag(tag, [&](Result<Handle> answer) { got = std::move(answer); });
    return got;
  }
  Status create(const MemberChange& wanted) {
    Status status;
    desk.create(wanted, [&](Result<MemberRecord> answer) { status = answer.status(); });
    return status;
  }
};

TEST_F(Desk, KnowsAMemberByTagAndByNumberWithPin) {
  const MemberRecord ann = enrol("Ann", "4711", "04:a2:7f");
  EXPECT_EQ(ann.number, 1u);
  EXPECT_EQ(number(1, "4711")->member.id, ann.id);
  EXPECT_EQ(tag("04:a2:7f")->member.id, ann.id);
  EXPECT_EQ(tag("04:a2:80").status().reason, "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(ann.pin_hash.find("4711"), std::string::npos);
  EXPECT_NE(enrol("Bob", "4711").pin_hash, ann.pin_hash) << "the same PIN, another salt";
}

TEST_F(Desk, HashesSayNothingOnAnotherMachine) {
  EXPECT_NE(hash_tag(std::string(32, 'a'), "t"), hash_tag(std::string(32, 'b'), "t"));
  const std::string stored = hash_pin(std::string(32, 'a'), "1234");
  EXPECT_TRUE(pin_matches(std::string(32, 'a'), "1234", stored));
  EXPECT_FALSE(pin_matches(std::string(32, 'b'), "1234", stored));
  EXPECT_FALSE(pin_matches(std::string(32, 'a'), "1235", stored));
  EXPECT_FALSE(pin_matches(std::string(32, 'a'), "", ""));
}

TEST_F(Desk, AWrongPinFiveTimesIsSlowedAndSaysForHowLong) {
  enrol("Ann", "4711");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(number(1, "0000").status().reason, "CREDENTIAL_UNKNOWN");
  const Result<Handle> slowed = number(1, "4711");
  EXPECT_EQ(slowed.status().reason, "CREDENTIAL_SLOWED") << "also the right one: else trying goes on";
  EXPECT_THAT(slowed.status().message, HasSubstr("30 seconds"));
  EXPECT_EQ(desk.wait_ns(1), 30 * kNsPerS);
  now_ns += 30 * kNsPerS;
  EXPECT_EQ(number(1, "0001").status().reason, "CREDENTIAL_UNKNOWN");
  EXPECT_THAT(number(1, "4711").status().message, HasSubstr("60 seconds"));
  now_ns += 60 * kNsPerS;
  EXPECT_TRUE(number(1, "4711").ok());
  EXPECT_EQ(number(1, "0000").status().reason, "CREDENTIAL_UNKNOWN") << "the right one begins the count anew";
}

// Each counted as a wrong one, so that a store that was away for a moment locked out whoever tried twice more.
TEST_F(Desk, ATryThatTheStoreDoesNotAnswerIsNone) {
  enrol("Ann", "4711");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(number(1, "0000").status().reason, "CREDENTIAL_UNKNOWN");
  members.set_failing(true);
  for (std::uint32_t i = 0; i < 2 * PinGuard::kAnybodyPerMinute; ++i) EXPECT_EQ(number(1, "4711").status().reason, "STORE_UNAVAILABLE");
  members.set_failing(false);
  now_ns += kNsPerS;
  EXPECT_EQ(number(1, "0000").status().reason, "CREDENTIAL_UNKNOWN") << "the fifth wrong one";
  EXPECT_EQ(desk.wait_ns(1), 30 * kNsPerS) << "and the four before it count on";
  now_ns += 30 * kNsPerS;
  members.set_failing(true);
  EXPECT_EQ(number(1, "4711").status().reason, "STORE_UNAVAILABLE");
  EXPECT_EQ(desk.wait_ns(1), 0);
  members.set_failing(false);
  EXPECT_TRUE(number(1, "4711").ok());
}

TEST(PinGuard, TakingOneBackLeavesTheWaitOfTheOneTriedAfterIt) {
  PinGuard guard;
  for (std::uint32_t i = 1; i < PinGuard::kFree; ++i) guard.wrong(1, static_cast<std::int64_t>(i));
  guard.wrong(1, 100);
  guard.take_back(1, 4);
  EXPECT_EQ(guard.wait_ns(1, 100), PinGuard::kFirstWait_ns);
  guard.take_back(1, 100);
  EXPECT_EQ(guard.wait_ns(1, 100), 0);
}

TEST_F(Desk, ANumberThatNobodyHasIsSlowedLikeOneThatSomebodyHas) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(number(77, "0000").status().reason, "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(number(77, "0000").status().reason, "CREDENTIAL_SLOWED");
}

TEST_F(Desk, TryingManyNumbersIsSlowedForAllOfThem) {
  enrol("Ann", "4711");
  for (std::uint32_t n = 100; n < 120; ++n) EXPECT_EQ(number(n, "0000").status().reason, "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(number(1, "4711").status().reason, "CREDENTIAL_SLOWED");
  now_ns += 61 * kNsPerS;
  EXPECT_TRUE(number(1, "4711").ok());
}

TEST_F(Desk, AHandleLivesTenMinutesFromItsLastUseAndEndsWithSignOff) {
  enrol("Ann", "4711");
  const std::string token = number(1, "4711")->token;
  const auto found = [&] {
    Status status;
    desk.find_handle(token, [&](Result<MemberRecord> answer) { status = answer.status(); });
    return status;
  };
  now_ns += 9 * 60 * kNsPerS;
  EXPECT_TRUE(found().ok());
  now_ns += 9 * 60 * kNsPerS;
  EXPECT_TRUE(found().ok());
  now_ns += 11 * 60 * kNsPerS;
  EXPECT_EQ(found().reason, "HANDLE_EXPIRED");
  const std::string another = number(1, "4711")->token;
  desk.sign_off(another);
  desk.find_handle(another, [](Result<MemberRecord> answer) { EXPECT_EQ(answer.status().reason, "HANDLE_EXPIRED"); });
}

TEST_F(Desk, WhatIsWrongIsNamed) {
  MemberChange wanted;
  wanted.pin = "12a4";
  EXPECT_EQ(create(wanted).reason, "PIN_INVALID");
  wanted.pin = "123";
  EXPECT_EQ(create(wanted).reason, "PIN_INVALID");
  wanted = {};
  wanted.alias = std::string(25, 'x');
  EXPECT_EQ(create(wanted).reason, "ALIAS_INVALID");
  wanted.alias = "a\nb";
  EXPECT_EQ(create(wanted).reason, "ALIAS_INVALID");
  enrol("Ann", "", "tag");
  wanted = {};
  wanted.add_tag = "tag";
  EXPECT_EQ(create(wanted).reason, "TAG_TAKEN");
}

TEST_F(Desk, WithoutItsKeyNoTagAndNoPinIsTakenAndTheRestGoesOn) {
  enrol("Ann", "4711", "tag");
  MemberDesk keyless{members, worker, wall, Status::error(StatusCode::kFailedPrecondition, "KEY_UNUSABLE", "/secret/path is missing"),
                     [this] { return now_ns; }};
  const auto refused = [](const auto& answer) {
    EXPECT_EQ(answer.status().reason, "KEY_UNUSABLE");
    EXPECT_THAT(answer.status().message, ::testing::Not(HasSubstr("/secret"))) << "a caller learns no paths";
  };
  keyless.resolve_number(1, "4711", refused);
  keyless.resolve_tag("tag", refused);
  MemberChange wanted;
  wanted.pin = "1234";
  keyless.create(wanted, refused);
  wanted = {};
  wanted.add_tag = "another";
  keyless.create(wanted, refused);
  wanted = {};
  wanted.alias = "Bob";
  keyless.create(wanted, [](const Result<MemberRecord>& bob) { EXPECT_TRUE(bob.ok()) << bob.status().message; });
  EXPECT_TRUE(number(1, "4711").ok()) << "what is stored waits for the key";
}

TEST_F(Desk, ErasedNobodyIsKnownByItAndTheNumberIsNotUsedAgain) {
  const MemberRecord ann = enrol("Ann", "4711", "tag");
  const std::string token = number(1, "4711")->token;
  desk.erase(ann.id, [](Result<std::uint32_t> sessions) { EXPECT_TRUE(sessions.ok()); });
  EXPECT_EQ(tag("tag").status().reason, "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(number(1, "4711").status().reason, "CREDENTIAL_UNKNOWN");
  desk.find_handle(token, [](Result<MemberRecord> answer) { EXPECT_EQ(answer.status().reason, "HANDLE_EXPIRED"); });
  EXPECT_EQ(enrol("Bob", "4711", "tag").number, 2u);
}

}  // namespace
}  // namespace sheave::session
