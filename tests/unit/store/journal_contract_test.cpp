// What journal.hpp promises, asked of both: the store on SQLite, and the one in memory that simulated runs and the session's tests use. A
// test that passes on the second says something about a machine only where the two agree.

#include <gmock/gmock.h>

#include "controller/session/memory_journal.hpp"
#include "tests/unit/store/fixture.hpp"

namespace sheave::store::testing {
namespace {

using session::LogEntry;
using session::SessionRecord;
using session::SetRecord;

struct OnSqlite {
  explicit OnSqlite(MainLoop& loop) : journal(*SqliteJournal::open(folder.file("sheave.db"), loop.post())) {}
  test::TemporaryFolder folder;
  std::unique_ptr<SqliteJournal> journal;
};

struct InMemory {
  explicit InMemory(MainLoop&) : journal(std::make_unique<session::MemoryJournal>()) {}
  std::unique_ptr<session::MemoryJournal> journal;
};

template <typename Kept>
class JournalContract : public ::testing::Test {
 protected:
  session::Journal& journal() { return *kept_.journal; }
  template <typename Start>
  Result<std::uint64_t> commit(Start start) {
    return loop_.commit([&](auto done) { start(journal(), done); });
  }
  template <typename T, typename Start>
  Result<T> ask(Start start) {
    return loop_.await<T>([&](auto done) { start(journal(), done); });
  }

  Result<std::uint64_t> put(const SessionRecord& record) {
    return commit([&](auto& j, auto done) { j.put_session(record, done); });
  }
  Result<std::uint64_t> begin(const SetRecord& set) {
    return commit([&](auto& j, auto done) { j.begin_set(set, done); });
  }
  Result<std::uint64_t> add(const std::string& id, std::uint32_t index, const Rep& rep) {
    return commit([&](auto& j, auto done) { j.add_rep(id, index, rep, done); });
  }
  Result<std::uint64_t> finish(SetRecord set) {
    set.end = session::SetEndReason::kRacked;
    return commit([&](auto& j, auto done) { j.finish_set(set, done); });
  }
  std::vector<SetRecord> sets(const std::string& id) {
    const auto answer = ask<std::vector<SetRecord>>([&](auto& j, auto done) { j.list_sets(id, done); });
    EXPECT_TRUE(answer) << answer.status().message;
    return answer ? *answer : std::vector<SetRecord>{};
  }
  std::vector<SetRecord> history(const std::string& member, std::size_t limit = 100) {
    const auto answer = ask<std::vector<SetRecord>>([&](auto& j, auto done) { j.history(member, "cable-row-muscle", limit, done); });
    EXPECT_TRUE(answer);
    return answer ? *answer : std::vector<SetRecord>{};
  }
  Result<std::vector<LogEntry>> log_after(std::uint64_t seq, std::size_t limit = 1000) {
    const session::Cursor after{journal().head().epoch, seq};
    return ask<std::vector<LogEntry>>([&](auto& j, auto done) { j.read_log(after, limit, done); });
  }
  /// A session with one set of `reps`, the last of which is partial.
  void train(const std::string& id, const std::string& member, std::uint32_t reps = 3) {
    EXPECT_TRUE(put(session_record(id, member)));
    EXPECT_TRUE(begin(set_record(id, 1)));
    for (std::uint32_t i = 1; i <= reps; ++i) {
      EXPECT_TRUE(add(id, 1, rep_record(i, i == reps ? RepVerdict::kPartial : RepVerdict::kCounted)));
    }
    EXPECT_TRUE(finish(set_record(id, 1)));
  }

  MainLoop loop_;
  Kept kept_{loop_};
};

struct Names {
  template <typename Kept>
  static std::string GetName(int) {
    return std::is_same_v<Kept, OnSqlite> ? "OnSqlite" : "InMemory";
  }
};
using Journals = ::testing::Types<OnSqlite, InMemory>;
TYPED_TEST_SUITE(JournalContract, Journals, Names);

TYPED_TEST(JournalContract, WhatIsNotThereIsNamed) {
  const auto reason = [&](auto answer) { return answer.status().reason; };
  EXPECT_EQ(reason(this->template ask<SessionRecord>([](auto& j, auto done) { j.find_session("s9", done); })), "SESSION_NOT_FOUND");
  EXPECT_EQ(reason(this->template ask<SessionRecord>([](auto& j, auto done) { j.find_request("r9", done); })), "REQUEST_NOT_FOUND");
  EXPECT_EQ(reason(this->template ask<std::vector<SetRecord>>([](auto& j, auto done) { j.list_sets("s9", done); })), "SESSION_NOT_FOUND");
  EXPECT_EQ(reason(this->template ask<std::vector<Rom>>([](auto& j, auto done) { j.load_rom("ann", "p", done); })), "ROM_NOT_FOUND");
  EXPECT_EQ(reason(this->template ask<session::SampleBlob>([](auto& j, auto done) { j.load_samples("s9", 1, done); })),
            "SAMPLES_NOT_FOUND");
}

TYPED_TEST(JournalContract, WhatWasChangedInASetIsKeptWithIt) {
  EXPECT_TRUE(this->put(session_record("s1")));
  SetRecord set = set_record("s1", 1);
  set.tuned = {{1, "eccentric", "return_share", 1.1, 0.0}};
  EXPECT_TRUE(this->begin(set));
  set.tuned.push_back({1, "eccentric", "return_share", 1.2, 12.5});
  set.lightened = {{3, 38.0, 9.5, false}, {5, 35.5, 14.0, true}};
  EXPECT_TRUE(this->finish(set));
  const auto sets = this->sets("s1");
  ASSERT_EQ(sets.size(), 1u);
  ASSERT_EQ(sets[0].tuned.size(), 2u);
  EXPECT_EQ(sets[0].tuned[0].value, 1.1);
  EXPECT_EQ(sets[0].tuned[1].profile, "eccentric");
  EXPECT_EQ(sets[0].tuned[1].parameter, "return_share");
  EXPECT_EQ(sets[0].tuned[1].time_s, 12.5);
  ASSERT_EQ(sets[0].lightened.size(), 2u);
  EXPECT_EQ(sets[0].lightened[0].after_reps, 3u);
  EXPECT_EQ(sets[0].lightened[0].load_kg, 38.0);
  EXPECT_EQ(sets[0].lightened[0].time_s, 9.5);
  EXPECT_FALSE(sets[0].lightened[0].by_person);
  EXPECT_EQ(sets[0].lightened[1].load_kg, 35.5);
  EXPECT_TRUE(sets[0].lightened[1].by_person);
}

TYPED_TEST(JournalContract, TheCurveThatASetsLoadFollowedIsKeptWithIt) {
  EXPECT_TRUE(this->put(session_record("s1")));
  SetRecord shaped = set_record("s1", 1), level = set_record("s1", 2);
  shaped.curve = {{{1.2, 1.1, 1.0, 0.9, 0.8}}, "test-session", {1'700'000'000'000'000'000, true}};
  level.curve = session::CurveUsed{};
  for (const SetRecord& set : {shaped, level, set_record("s1", 3)}) EXPECT_TRUE(this->begin(set));
  const auto sets = this->sets("s1");
  ASSERT_EQ(sets.size(), 3u);
  ASSERT_TRUE(sets[0].curve && sets[1].curve);
  EXPECT_EQ(sets[0].curve->shares.share, shaped.curve->shares.share);
  EXPECT_EQ(sets[0].curve->test_session_id, "test-session");
  EXPECT_EQ(sets[0].curve->tested.unix_ns, shaped.curve->tested.unix_ns);
  EXPECT_EQ(sets[1].curve->test_session_id, "");
  EXPECT_EQ(sets[1].curve->shares.share[0], 1.0);
  EXPECT_FALSE(sets[2].curve);
}

TYPED_TEST(JournalContract, TheSameRecordGivenAgainIsOneRecord) {
  EXPECT_TRUE(this->put(session_record("s1")));
  EXPECT_TRUE(this->begin(set_record("s1", 1)));
  EXPECT_TRUE(this->begin(set_record("s1", 1)));
  const auto rep = this->add("s1", 1, rep_record(1));
  const auto rep_again = this->add("s1", 1, rep_record(1));
  ASSERT_TRUE(rep && rep_again);
  EXPECT_EQ(*rep, *rep_again);
  const auto end = this->finish(set_record("s1", 1));
  const auto end_again = this->finish(set_record("s1", 1));
  ASSERT_TRUE(end && end_again);
  EXPECT_EQ(*end, *end_again);
  EXPECT_EQ(this->log_after(0)->size(), 3u);
  EXPECT_EQ(this->sets("s1").at(0).reps.size(), 1u);
}

TYPED_TEST(JournalContract, WhatContradictsTheStoredIsRejectedAndChangesNothing) {
  EXPECT_TRUE(this->put(session_record("s1")));
  EXPECT_TRUE(this->begin(set_record("s1", 1)));
  EXPECT_TRUE(this->add("s1", 1, rep_record(1)));
  const std::uint64_t head = this->journal().head().seq;

  SessionRecord twin = session_record("s2");
  twin.request_id = "request-s1";
  Rep other = rep_record(1);
  other.start_ns += 1;
  EXPECT_EQ(this->put(twin).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->begin(set_record("nobody", 1)).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->begin(set_record("s1", 1, 50.0)).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->add("s1", 1, other).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->add("s1", 9, rep_record(1)).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->finish(set_record("s1", 9)).status().reason, "STORE_REJECTED");
  EXPECT_EQ(this->journal().head().seq, head);
  EXPECT_EQ(this->sets("s1").size(), 1u);
}

TYPED_TEST(JournalContract, ASessionIsFoundByItsRequestAndManyMayHaveNone) {
  for (const char* id : {"s1", "s2"}) EXPECT_TRUE(this->put(session_record(id)));
  for (const char* id : {"s3", "s4"}) {
    SessionRecord session = session_record(id);
    session.request_id.clear();
    EXPECT_TRUE(this->put(session));
  }
  const auto found = this->template ask<SessionRecord>([](auto& j, auto done) { j.find_request("request-s2", done); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "s2");
  const auto none = this->template ask<SessionRecord>([](auto& j, auto done) { j.find_request("", done); });
  EXPECT_EQ(none.status().code, StatusCode::kNotFound);
}

TYPED_TEST(JournalContract, SamplesAreKeptByteByByte) {
  EXPECT_TRUE(this->put(session_record("s1")));
  EXPECT_TRUE(this->begin(set_record("s1", 1)));
  const session::SampleBlob blob{"s1", 1, 100.0, 2, 3, {0, 1, 0, 255}};
  EXPECT_TRUE(this->commit([&](auto& j, auto done) { j.put_samples(blob, done); }));
  const auto stored = this->template ask<session::SampleBlob>([](auto& j, auto done) { j.load_samples("s1", 1, done); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->rate_hz, 100.0);
  EXPECT_EQ(stored->axis_count, 2U);
  EXPECT_EQ(stored->lost, 3U);
  EXPECT_EQ(stored->bytes, blob.bytes);
}

TYPED_TEST(JournalContract, ANewRangeReplacesTheOld) {
  EXPECT_TRUE(this->commit([](auto& j, auto done) { j.put_rom("ann", "p", {{0.3, 0.9}, {0.2, 0.8}}, done); }));
  EXPECT_TRUE(this->commit([](auto& j, auto done) { j.put_rom("ann", "p", {{0.35, 1.0}}, done); }));
  const auto rom = this->template ask<std::vector<Rom>>([](auto& j, auto done) { j.load_rom("ann", "p", done); });
  ASSERT_TRUE(rom);
  ASSERT_EQ(rom->size(), 1U);
  EXPECT_EQ((*rom)[0].end_m, 1.0);
}

TYPED_TEST(JournalContract, OnlyCountedRepsAreCounted) {
  this->train("s1", "ann", 4);
  const auto sets = this->sets("s1");
  ASSERT_EQ(sets.size(), 1u);
  EXPECT_EQ(sets[0].reps.size(), 4u);
  EXPECT_EQ(sets[0].counted, 3u);
  EXPECT_FALSE(sets[0].answer_rir);
}

TYPED_TEST(JournalContract, HistoryIsOfOneMembersFinishedSetsOfOneProgramNewestFirst) {
  this->train("s1", "ann");
  this->train("s2", "bob");
  this->train("s3", "ann");
  SessionRecord other = session_record("s4", "ann");
  other.program_id = "face-pull";
  EXPECT_TRUE(this->put(other));
  EXPECT_TRUE(this->begin(set_record("s4", 1)));
  EXPECT_TRUE(this->finish(set_record("s4", 1)));
  EXPECT_TRUE(this->begin(set_record("s3", 2)));  // still runs
  const auto found = this->history("ann");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].session_id, "s3");
  EXPECT_EQ(found[1].session_id, "s1");
  EXPECT_EQ(found[1].reps.size(), 3u);
  EXPECT_EQ(this->history("ann", 1).size(), 1u);
}

TYPED_TEST(JournalContract, AGuestLeavesNoHistoryAndNoRange) {
  this->train("s1", "");
  EXPECT_TRUE(this->history("").empty());
  EXPECT_TRUE(this->commit([](auto& j, auto done) { j.put_rom("", "p", {{0.1, 0.9}}, done); }));
  const auto rom = this->template ask<std::vector<Rom>>([](auto& j, auto done) { j.load_rom("", "p", done); });
  EXPECT_EQ(rom.status().reason, "ROM_NOT_FOUND");
}

TYPED_TEST(JournalContract, SessionsAndFaultsArePagedNewestFirst) {
  for (const char* id : {"s1", "s2", "s3"}) EXPECT_TRUE(this->put(session_record(id)));
  EXPECT_TRUE(this->put(session_record("s1")));  // changed: keeps its place
  const auto page = this->template ask<std::vector<SessionRecord>>([](auto& j, auto done) { j.list_sessions(2, 0, done); });
  ASSERT_TRUE(page);
  ASSERT_EQ(page->size(), 2u);
  EXPECT_EQ((*page)[0].id, "s3");
  const auto rest = this->template ask<std::vector<SessionRecord>>([&](auto& j, auto done) { j.list_sessions(2, page->back().seq, done); });
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->size(), 1u);
  EXPECT_EQ((*rest)[0].id, "s1");

  for (const FaultCode code : {FaultCode::kSlack, FaultCode::kLinkLost}) {
    EXPECT_TRUE(this->commit([&](auto& j, auto done) { j.add_fault({code, true, safety::Reaction::kUnload, {5, false}, "s1"}, done); }));
  }
  std::uint64_t before = 0;
  for (const FaultCode code : {FaultCode::kLinkLost, FaultCode::kSlack}) {
    const auto faults = this->template ask<std::vector<session::FaultRecord>>([&](auto& j, auto done) { j.list_faults(1, before, done); });
    ASSERT_TRUE(faults);
    ASSERT_EQ(faults->size(), 1u);
    EXPECT_EQ((*faults)[0].code, code);
    EXPECT_EQ((*faults)[0].reaction, safety::Reaction::kUnload);
    EXPECT_EQ((*faults)[0].session_id, "s1");
    before = (*faults)[0].seq;
  }
}

TYPED_TEST(JournalContract, TheLogTellsAllOnceInOrder) {
  this->train("s1", "ann");
  const auto all = this->log_after(0);
  ASSERT_TRUE(all);
  std::vector<LogEntry::Kind> kinds;
  for (const LogEntry& entry : *all) kinds.push_back(entry.kind);
  using Kind = LogEntry::Kind;
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::kSession, Kind::kRep, Kind::kRep, Kind::kRep, Kind::kSet}));
  EXPECT_EQ(all->back().seq, this->journal().head().seq);
  EXPECT_TRUE(all->back().set.reps.empty());
  const auto from = this->log_after((*all)[1].seq, 2);
  ASSERT_TRUE(from);
  ASSERT_EQ(from->size(), 2u);
  EXPECT_EQ(from->front().seq, (*all)[2].seq);
  EXPECT_EQ(this->log_after(all->back().seq + 1).status().reason, "CURSOR_EXPIRED") << "a place that never was is of another file";
}

TYPED_TEST(JournalContract, TheNewestProposalStands) {
  EXPECT_TRUE(this->put(session_record("s1")));
  EXPECT_TRUE(this->begin(set_record("s1", 1)));
  EXPECT_TRUE(this->finish(set_record("s1", 1)));
  for (const double load_kg : {42.5, 40.0}) {
    SetRecord set = set_record("s1", 1);
    set.proposal.emplace();
    set.proposal->load_kg = load_kg;
    EXPECT_TRUE(this->commit([&](auto& j, auto done) { j.put_proposal(set, done); }));
  }
  const auto sets = this->sets("s1");
  ASSERT_TRUE(sets.at(0).proposal);
  EXPECT_EQ(sets[0].proposal->load_kg, 40.0);
}

TYPED_TEST(JournalContract, UsageIsSummedByWholeBucketsAndPrograms) {
  this->train("s1", "ann");  // starts at 1,800,000,180 s
  this->train("s2", "bob");
  EXPECT_TRUE(this->put(session_record("s3")));  // nothing was trained in it
  const auto usage = this->template ask<std::vector<session::UsageBucket>>(
      [](auto& j, auto done) { j.usage(1'799'999'000, 1'800'090'000, 86'400, done); });
  ASSERT_TRUE(usage);
  ASSERT_EQ(usage->size(), 1u);
  const session::UsageBucket& day = usage->front();
  EXPECT_EQ(day.start_unix_s % 86'400, 0) << "days begin at midnight, whatever was asked for";
  EXPECT_EQ(day.sessions, 2u);
  EXPECT_EQ(day.sets, 2u);
  EXPECT_EQ(day.reps, 4u);
  EXPECT_DOUBLE_EQ(day.volume_kg, 4 * 40.0);
  EXPECT_DOUBLE_EQ(day.work_j, 4 * 200.0);
}

TYPED_TEST(JournalContract, UsageSumsTheLoadThatEachRepWasMadeWith) {
  EXPECT_TRUE(this->put(session_record("s1")));
  SetRecord set = set_record("s1", 1);
  EXPECT_TRUE(this->begin(set));
  for (std::uint32_t rep = 1; rep <= 6; ++rep) EXPECT_TRUE(this->add("s1", 1, rep_record(rep)));
  EXPECT_TRUE(this->add("s1", 1, rep_record(7, RepVerdict::kPartial)));
  set.counted = 6;
  set.lightened = {{3, 38.0, 9.5, false}, {5, 35.5, 14.0, true}};
  EXPECT_TRUE(this->finish(set));
  const auto usage = this->template ask<std::vector<session::UsageBucket>>(
      [](auto& j, auto done) { j.usage(1'799'999'000, 1'800'090'000, 86'400, done); });
  ASSERT_TRUE(usage);
  ASSERT_EQ(usage->size(), 1u);
  EXPECT_DOUBLE_EQ(usage->front().volume_kg, 3 * 40.0 + 2 * 38.0 + 35.5);
}

TYPED_TEST(JournalContract, UsageOfOneSessionFallsIntoTheHoursOfItsSets) {
  constexpr std::int64_t kBegin_s = 1'800'000'000;
  EXPECT_TRUE(this->put(session_record("s1")));
  for (const std::uint32_t index : {1U, 2U}) {
    SetRecord set = set_record("s1", index);
    set.started.unix_ns = (kBegin_s + 10 + (index - 1) * 3600) * kNsPerS;
    EXPECT_TRUE(this->begin(set));
    EXPECT_TRUE(this->add("s1", index, rep_record(1)));
    set.duration_s = 30.0;
    EXPECT_TRUE(this->finish(set));
  }
  const auto usage =
      this->template ask<std::vector<session::UsageBucket>>([](auto& j, auto done) { j.usage(kBegin_s, kBegin_s + 100'000, 3600, done); });
  ASSERT_TRUE(usage);
  ASSERT_EQ(usage->size(), 2u);
  for (std::size_t hour = 0; hour < 2; ++hour) {
    const session::UsageBucket& bucket = (*usage)[hour];
    EXPECT_EQ(bucket.start_unix_s, kBegin_s + 3600 * static_cast<std::int64_t>(hour));
    EXPECT_EQ(bucket.seconds, 3600);
    EXPECT_EQ(bucket.program_id, "cable-row-muscle");
    EXPECT_EQ(bucket.sessions, 1u);
    EXPECT_EQ(bucket.reps, 1u);
    EXPECT_EQ(bucket.active_s, 30.0);
  }
}

TYPED_TEST(JournalContract, TheOdometerAddsUp) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(
        this->commit([](auto& j, auto done) { j.add_odometer({.cable_m = 2.0, .work_j = 5.0, .powered_s = 1.0, .cycles = 3}, done); }));
  }
  const auto total = this->template ask<session::Odometer>([](auto& j, auto done) { j.odometer(done); });
  ASSERT_TRUE(total);
  EXPECT_EQ(total->cable_m, 4.0);
  EXPECT_EQ(total->cycles, 6u);
}

}  // namespace
}  // namespace sheave::store::testing
