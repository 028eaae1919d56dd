// What members.hpp promises, and whose a session is, asked of both stores: the one on SQLite and the one in memory.

#include <gmock/gmock.h>

#include "controller/session/memory_members.hpp"
#include "controller/store/sqlite_members.hpp"
#include "tests/unit/store/fixture.hpp"

namespace sheave::store::testing {
namespace {

using session::MemberRecord;
using session::SessionRecord;
using session::SetRecord;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct OnSqlite {
  explicit OnSqlite(MainLoop& loop) : journal(*SqliteJournal::open(folder.file("sheave.db"), loop.post())), members(*journal) {}
  test::TemporaryFolder folder;
  std::unique_ptr<SqliteJournal> journal;
  SqliteMembers members;
};

struct InMemory {
  explicit InMemory(MainLoop&) : members(*journal) {}
  std::unique_ptr<session::MemoryJournal> journal = std::make_unique<session::MemoryJournal>();
  session::MemoryMembers members;
};

MemberRecord member(const std::string& id, const std::string& tag = "") {
  MemberRecord record;
  record.id = id;
  record.alias = "The " + id;
  record.created = {1'800'000'000'000'000'000, true};
  record.pin_hash = "salt$hash";
  if (!tag.empty()) record.tag_hashes = {tag};
  record.units = session::Units::kLb;
  record.locale = "de";
  return record;
}

template <typename Kept>
class MembersContract : public ::testing::Test {
 protected:
  session::Members& members() { return kept_.members; }
  session::Journal& journal() { return *kept_.journal; }
  template <typename T, typename Start>
  Result<T> ask(Start start) {
    return loop_.await<T>([&](auto done) { start(done); });
  }
  template <typename Start>
  Result<std::uint64_t> commit(Start start) {
    return loop_.commit([&](auto done) { start(done); });
  }
  Result<MemberRecord> add(const MemberRecord& record) {
    return ask<MemberRecord>([&](auto done) { members().add(record, done); });
  }
  Result<MemberRecord> find(const std::string& id) {
    return ask<MemberRecord>([&](auto done) { members().find(id, done); });
  }
  void train(const std::string& session_id, const std::string& member_id, const std::string& program = "cable-row-muscle") {
    SessionRecord record = session_record(session_id, member_id);
    record.program_id = program;
    EXPECT_TRUE(commit([&](auto done) { journal().put_session(record, done); }));
    EXPECT_TRUE(commit([&](auto done) { journal().begin_set(set_record(session_id, 1), done); }));
    EXPECT_TRUE(commit([&](auto done) { journal().add_rep(session_id, 1, rep_record(1), done); }));
    SetRecord set = set_record(session_id, 1);
    set.end = session::SetEndReason::kRacked;
    EXPECT_TRUE(commit([&](auto done) { journal().finish_set(set, done); }));
  }
  std::string owner(const std::string& session_id) {
    const auto found = ask<SessionRecord>([&](auto done) { journal().find_session(session_id, done); });
    return found.ok() ? found->member_id : "no such session";
  }
  std::size_t history(const std::string& member_id) {
    return ask<std::vector<SetRecord>>([&](auto done) { journal().history(member_id, "cable-row-muscle", 100, done); })->size();
  }
  std::vector<std::string> ids(const Result<std::vector<SessionRecord>>& sessions) {
    std::vector<std::string> ids;
    for (const SessionRecord& s : *sessions) ids.push_back(s.id);
    return ids;
  }

  MainLoop loop_;
  Kept kept_{loop_};
};

using Stores = ::testing::Types<OnSqlite, InMemory>;
TYPED_TEST_SUITE(MembersContract, Stores);

TYPED_TEST(MembersContract, AMemberIsFoundByIdNumberAndTag) {
  const auto ann = this->add(member("ann", "tag-a"));
  ASSERT_TRUE(ann) << ann.status().message;
  EXPECT_EQ(ann->number, 1u);
  ASSERT_TRUE(this->add(member("bob", "tag-b")));
  const auto found = this->find("ann");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->alias, "The ann");
  EXPECT_EQ(found->created.unix_ns, 1'800'000'000'000'000'000);
  EXPECT_EQ(found->pin_hash, "salt$hash");
  EXPECT_THAT(found->tag_hashes, ElementsAre("tag-a"));
  EXPECT_EQ(found->units, session::Units::kLb);
  EXPECT_EQ(found->locale, "de");
  EXPECT_EQ(this->template ask<MemberRecord>([&](auto done) { this->members().find_number(2, done); })->id, "bob");
  EXPECT_EQ(this->template ask<MemberRecord>([&](auto done) { this->members().find_tag("tag-b", done); })->id, "bob");
  EXPECT_EQ(this->find("eve").status().reason, "MEMBER_NOT_FOUND");
}

TYPED_TEST(MembersContract, ATagIsOnePersonsOnly) {
  ASSERT_TRUE(this->add(member("ann", "tag-a")));
  EXPECT_EQ(this->add(member("bob", "tag-a")).status().reason, "TAG_TAKEN");
  EXPECT_EQ(this->find("bob").status().reason, "MEMBER_NOT_FOUND") << "nothing of it was stored";
  ASSERT_TRUE(this->add(member("bob", "tag-b")));
  MemberRecord bob = *this->find("bob");
  bob.tag_hashes.push_back("tag-a");
  bob.alias = "Robert";
  EXPECT_EQ(this->template ask<MemberRecord>([&](auto done) { this->members().put(bob, done); }).status().reason, "TAG_TAKEN");
  EXPECT_EQ(this->find("bob")->alias, "The bob");
  bob.tag_hashes = {"tag-c"};
  ASSERT_TRUE(this->template ask<MemberRecord>([&](auto done) { this->members().put(bob, done); }));
  EXPECT_EQ(this->find("bob")->alias, "Robert");
  EXPECT_EQ(this->template ask<MemberRecord>([&](auto done) { this->members().find_tag("tag-b", done); }).status().reason,
            "MEMBER_NOT_FOUND");
}

TYPED_TEST(MembersContract, WhoseASessionIsChangesByPutOwnerOnly) {
  this->train("s1", "ann");
  EXPECT_EQ(this->owner("s1"), "ann");
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_owner("s1", "bob", done); }));
  EXPECT_EQ(this->owner("s1"), "bob");
  EXPECT_TRUE(this->commit([&](auto done) { this->journal().put_session(session_record("s1", "ann"), done); }));
  EXPECT_EQ(this->owner("s1"), "bob") << "a late word of the session's state does not give it back";
  EXPECT_EQ(this->history("ann"), 0u);
  EXPECT_EQ(this->history("bob"), 1u);
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_owner("s1", "", done); }));
  EXPECT_EQ(this->owner("s1"), "");
  EXPECT_EQ(this->history("bob"), 0u);
  EXPECT_EQ(this->commit([&](auto done) { this->journal().put_owner("none", "bob", done); }).status().reason, "STORE_REJECTED");
}

TYPED_TEST(MembersContract, ErasingTakesThePersonAndLeavesTheUse) {
  ASSERT_TRUE(this->add(member("ann", "tag-a")));
  ASSERT_TRUE(this->add(member("bob", "tag-b")));
  this->train("s1", "ann");
  this->train("s2", "bob");
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_rom("ann", "row", {{0.3, 0.9}}, done); }));
  session::SetUpNote note;
  note.program_id = "cable-row-muscle";
  note.notch = 3;
  ASSERT_TRUE(this->commit([&](auto done) { this->members().put_set_up("ann", note, done); }));
  const auto use = [&] {
    return this->template ask<std::vector<session::UsageBucket>>([&](auto done) { this->journal().usage(0, 4'000'000'000, 86'400, done); });
  };
  const auto before = use();
  const auto erased = this->template ask<std::uint32_t>([&](auto done) { this->members().erase("ann", done); });
  ASSERT_TRUE(erased) << erased.status().message;
  EXPECT_EQ(*erased, 1u);
  EXPECT_EQ(this->find("ann").status().reason, "MEMBER_NOT_FOUND");
  EXPECT_EQ(this->template ask<MemberRecord>([&](auto done) { this->members().find_tag("tag-a", done); }).status().reason,
            "MEMBER_NOT_FOUND");
  EXPECT_EQ(this->owner("s1"), "");
  EXPECT_EQ(this->owner("s2"), "bob");
  EXPECT_EQ(this->template ask<std::vector<Rom>>([&](auto done) { this->journal().load_rom("ann", "row", done); }).status().reason,
            "ROM_NOT_FOUND");
  EXPECT_THAT(*this->template ask<std::vector<session::SetUpNote>>([&](auto done) { this->members().set_ups("ann", done); }), IsEmpty());
  const auto after = use();
  ASSERT_EQ(after->size(), before->size());
  EXPECT_EQ(after->front().reps, before->front().reps);
  EXPECT_EQ(after->front().volume_kg, before->front().volume_kg);
  EXPECT_EQ(this->template ask<std::uint32_t>([&](auto done) { this->members().erase("ann", done); }).status().reason, "MEMBER_NOT_FOUND");
  EXPECT_EQ(this->add(member("eve"))->number, 3u) << "a number is never used twice";
}

TYPED_TEST(MembersContract, SetUpsAndRangesAreKeptPerMember) {
  session::SetUpNote note;
  note.program_id = "cable-row";
  note.notch = 3;
  note.attachment = "V-handle";
  note.note = "seat 4";
  ASSERT_TRUE(this->commit([&](auto done) { this->members().put_set_up("ann", note, done); }));
  note.notch = 5;
  ASSERT_TRUE(this->commit([&](auto done) { this->members().put_set_up("ann", note, done); }));
  const auto notes = this->template ask<std::vector<session::SetUpNote>>([&](auto done) { this->members().set_ups("ann", done); });
  ASSERT_EQ(notes->size(), 1u);
  EXPECT_EQ(notes->front().notch, 5u);
  EXPECT_EQ(notes->front().attachment, "V-handle");
  EXPECT_EQ(notes->front().note, "seat 4");
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_rom("ann", "row", {{0.3, 0.9}, {0.31, 0.92}}, done); }));
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_rom("ann", "pull", {{0.1, 0.5}}, done); }));
  const auto ranges = this->template ask<std::vector<session::MemberRange>>([&](auto done) { this->members().ranges("ann", done); });
  ASSERT_EQ(ranges->size(), 2u);
  EXPECT_EQ(ranges->at(1).set_up, "row");
  EXPECT_EQ(ranges->at(1).rom.at(1).end_m, 0.92);
  ASSERT_TRUE(this->commit([&](auto done) { this->journal().put_rom("ann", "row", {}, done); }));
  EXPECT_EQ(this->template ask<std::vector<Rom>>([&](auto done) { this->journal().load_rom("ann", "row", done); }).status().reason,
            "ROM_NOT_FOUND")
      << "forgotten";
}

TYPED_TEST(MembersContract, SessionsOfAMemberAndTheLastOneOfEachProgram) {
  this->train("s1", "ann");
  this->train("s2", "ann", "face-pull");
  this->train("s3", "bob");
  this->train("s4", "ann");
  EXPECT_TRUE(this->commit([&](auto done) { this->journal().put_session(session_record("s5", "ann"), done); }));
  const auto all = this->template ask<std::vector<SessionRecord>>([&](auto done) { this->members().sessions_of("ann", done); });
  EXPECT_THAT(this->ids(all), ElementsAre("s1", "s2", "s4", "s5"));
  const auto last = this->template ask<std::vector<SessionRecord>>([&](auto done) { this->members().last_sessions("ann", done); });
  EXPECT_THAT(this->ids(last), ElementsAre("s4", "s2")) << "s5 has no set yet";
}

// Only SQLite's: what the next start is told of the machine key.
class MachineKeyOnRecord : public JournalTest {
 protected:
  SqliteMembers members() { return SqliteMembers(*journal_); }
};

TEST_F(MachineKeyOnRecord, IsKnownToTheNextStart) {
  EXPECT_FALSE(journal_->startup().holds_credentials);
  EXPECT_EQ(journal_->startup().key_check, "");
  SqliteMembers kept = members();
  ASSERT_TRUE(loop_.commit([&](auto done) { kept.put_key_check("c4ec", done); }));
  MemberRecord no_secret = member("bob");
  no_secret.pin_hash.clear();
  ASSERT_TRUE(loop_.await<MemberRecord>([&](auto done) { kept.add(no_secret, done); }));
  open();
  EXPECT_FALSE(journal_->startup().holds_credentials) << "a name needs no key";
  EXPECT_EQ(journal_->startup().key_check, "c4ec");
}

TEST_F(MachineKeyOnRecord, ForgettingCredentialsLeavesTheMembers) {
  SqliteMembers kept = members();
  ASSERT_TRUE(loop_.await<MemberRecord>([&](auto done) { kept.add(member("ann", "tag"), done); }));
  open();
  EXPECT_TRUE(journal_->startup().holds_credentials);
  SqliteMembers reopened = members();
  ASSERT_TRUE(loop_.commit([&](auto done) { reopened.forget_credentials("new", done); }));
  const auto ann = loop_.await<MemberRecord>([&](auto done) { reopened.find("ann", done); });
  ASSERT_TRUE(ann) << ann.status().message;
  EXPECT_EQ(ann->alias, "The ann");
  EXPECT_EQ(ann->pin_hash, "");
  EXPECT_THAT(ann->tag_hashes, IsEmpty());
  open();
  EXPECT_FALSE(journal_->startup().holds_credentials);
  EXPECT_EQ(journal_->startup().key_check, "new");
}

}  // namespace
}  // namespace sheave::store::testing
