#include "controller/api/watch_hub.hpp"

#include <random>

#include "tests/unit/api/context_fixture.hpp"
#include "tests/unit/api/watch_harness.hpp"

namespace sheave::api {
namespace {

using session::LogEntry;

constexpr const char* kSession = "abc";

class WatchHubTest : public testing::Test {
 protected:
  struct Client {
    FakeSink sink;
    std::shared_ptr<WatchOutbox> outbox;
  };

  void SetUp() override {
    session::SessionRecord record;
    record.id = kSession;
    rooms.journal.put_session(record, [](const Result<std::uint64_t>&) {});
    session::SetRecord set;
    set.session_id = kSession;
    set.index = 1;
    rooms.journal.begin_set(set, [](const Result<std::uint64_t>&) {});
    hub = std::make_shared<WatchHub>(context, 3);
  }

  void run_posted() {
    while (!posted.empty()) {
      auto next = std::move(posted.front());
      posted.pop_front();
      next();
    }
  }

  /// Commits rep `n` and gives its entry, which the test announces or not.
  LogEntry commit_rep(std::uint32_t n) {
    Rep rep;
    rep.index = rep.candidate = n;
    rooms.journal.add_rep(kSession, 1, rep, [](const Result<std::uint64_t>& seq) { ASSERT_TRUE(seq.ok()); });
    return rooms.journal.log().back();
  }

  void announce(const LogEntry& entry) {
    session::Update update;
    update.kind = session::Update::Kind::kRep;
    update.seq = entry.seq;
    update.entry = &entry;
    rooms.manager.tell(update);
  }

  std::unique_ptr<Client> watch(const pb::WatchRequest& request, Status* refused = nullptr) {
    auto client = std::make_unique<Client>();
    client->outbox = std::make_shared<WatchOutbox>(
        &client->sink, [this](const WatchOutbox* outbox) { posted.push_back([this, outbox] { hub->feed(outbox); }); });
    const Status status = hub->subscribe(client->outbox, request);
    if (refused != nullptr) *refused = status;
    return client;
  }

  void take_all(Client& client) {
    do {
      run_posted();
    } while (client.sink.take(*client.outbox) || !posted.empty());
  }

  Rooms rooms;
  std::deque<std::function<void()>> posted;
  Context context = rooms.context([this](std::function<void()> call) { posted.push_back(std::move(call)); });
  std::shared_ptr<WatchHub> hub;
};

std::vector<std::uint32_t> reps_in(const std::vector<pb::WatchResponse>& messages) {
  std::vector<std::uint32_t> reps;
  for (const auto& message : messages) {
    if (message.has_rep()) reps.push_back(static_cast<std::uint32_t>(message.rep().index()));
  }
  return reps;
}

TEST_F(WatchHubTest, BeginsWithTheSnapshotAndGoesOnFromNow) {
  commit_rep(1);
  hub = std::make_shared<WatchHub>(context, 3);
  rooms.manager.shown.counted_reps = 1;
  auto client = watch({});
  announce(commit_rep(2));
  take_all(*client);
  ASSERT_EQ(client->sink.received.size(), 2U);
  EXPECT_EQ(client->sink.received[0].snapshot().counted_reps(), 1);
  EXPECT_EQ(client->sink.received[0].cursor().machine(), "machines/m1");
  EXPECT_EQ(client->sink.received[1].rep().name(), "machines/m1/sessions/abc/sets/1/reps/2");
  EXPECT_EQ(client->sink.received[1].cursor().seq(), rooms.journal.head().seq);
}

TEST_F(WatchHubTest, ReadsTheJournalForEntriesThatNobodyAnnounced) {
  auto client = watch({});
  commit_rep(1);
  commit_rep(2);
  announce(commit_rep(3));
  take_all(*client);
  EXPECT_EQ(reps_in(client->sink.received), (std::vector<std::uint32_t>{1, 2, 3}));
}

TEST_F(WatchHubTest, OtherHostsSeeTheSessionsAndNotWhoseTheyAre) {
  rooms.manager.shown.session.emplace();
  rooms.manager.shown.session->id = kSession;
  rooms.manager.shown.session->member_id = "ann";
  rooms.manager.shown.session->member_alias = "Ann";
  rooms.manager.shown.lanes.resize(1);
  rooms.manager.shown.lanes[0].session = *rooms.manager.shown.session;
  const auto here = watch({});
  Client afar;
  afar.outbox = std::make_shared<WatchOutbox>(&afar.sink, [](const WatchOutbox*) {});
  ASSERT_TRUE(hub->subscribe(afar.outbox, {}, false).ok());
  rooms.manager.shown.counted_reps = 1;
  rooms.manager.tell({session::Update::Kind::kSnapshot, 0, nullptr, &rooms.manager.shown, 0});
  take_all(*here);
  take_all(afar);
  ASSERT_FALSE(here->sink.received.empty());
  ASSERT_FALSE(afar.sink.received.empty());
  for (const auto& message : here->sink.received) EXPECT_EQ(message.snapshot().lanes(0).session().member_alias(), "Ann");
  for (const auto& message : afar.sink.received) {
    EXPECT_EQ(message.snapshot().session().name(), "machines/m1/sessions/abc");
    EXPECT_EQ(message.SerializeAsString().find("Ann"), std::string::npos);
    EXPECT_EQ(message.SerializeAsString().find("ann"), std::string::npos);
  }
}

TEST_F(WatchHubTest, RefusesWhatItCannotServe) {
  pb::WatchRequest request;
  request.mutable_after()->set_epoch("another");
  Status status;
  watch(request, &status);
  EXPECT_EQ(status.reason, "CURSOR_EXPIRED");
  EXPECT_EQ(status.code, StatusCode::kOutOfRange);
  request.mutable_after()->set_epoch(rooms.journal.head().epoch);
  request.mutable_after()->set_seq(rooms.journal.head().seq + 1);
  watch(request, &status);
  EXPECT_EQ(status.reason, "CURSOR_EXPIRED");
  request.clear_after();
  request.set_sample_rate_hz(-1);
  watch(request, &status);
  EXPECT_EQ(status.reason, "SAMPLE_RATE_INVALID");
  request.set_sample_rate_hz(0);
  request.set_machine("machines/m2");
  watch(request, &status);
  EXPECT_EQ(status.reason, "MACHINE_NOT_FOUND");
  request.clear_machine();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(watch(request, &status));
  EXPECT_EQ(status.reason, "WATCHERS_LIMIT");
  hub->unsubscribe(clients.front()->outbox.get());
  clients.push_back(watch(request, &status));
  EXPECT_TRUE(status.ok());
}

TEST_F(WatchHubTest, SamplesAreThinnedToTheRateAndGapsAreCounted) {
  pb::WatchRequest request;
  request.add_kinds(pb::WATCH_KIND_SAMPLES);
  request.set_sample_rate_hz(100);  // of 1000: every tenth tick
  auto client = watch(request);
  std::vector<control::Frame> frames;
  for (std::uint64_t tick = 0; tick < 100; ++tick) {
    if (tick >= 40 && tick < 60) continue;  // lost on the way to main
    control::Frame frame;
    frame.tick = tick;
    frame.time_ns = static_cast<std::int64_t>(tick) * kNsPerMs;
    frames.push_back(frame);
  }
  hub->on_frames(frames.data(), 30);
  take_all(*client);
  hub->on_frames(frames.data() + 30, frames.size() - 30);
  take_all(*client);
  ASSERT_EQ(client->sink.received.size(), 3U);
  EXPECT_EQ(client->sink.received[1].samples().samples_size(), 3);
  EXPECT_EQ(client->sink.received[1].samples().lost(), 0U);
  EXPECT_EQ(client->sink.received[2].samples().samples_size(), 5);
  EXPECT_EQ(client->sink.received[2].samples().lost(), 2U);
}

TEST_F(WatchHubTest, ClosingEndsEveryStreamAndTheNextOnes) {
  auto client = watch({});
  hub->close(Status::error(StatusCode::kUnavailable, "SHUTTING_DOWN", "down"));
  EXPECT_TRUE(client->sink.take(*client->outbox)) << "the snapshot was in flight";
  EXPECT_EQ(client->sink.end.error_code(), grpc::StatusCode::UNAVAILABLE);
  Status status;
  watch({}, &status);
  EXPECT_EQ(status.reason, "SHUTTING_DOWN");
}

/// A client that is slow, is cut off and comes back with its last cursor, a session that announces late, twice or never, and a
/// journal that answers late: every rep exactly once and in order, whatever the seed.
class WatchResume : public WatchHubTest, public testing::WithParamInterface<unsigned> {};

TEST_P(WatchResume, EveryRepExactlyOnceAcrossCuts) {
  std::mt19937 random(GetParam());
  const auto chance = [&random](unsigned percent) { return random() % 100 < percent; };
  rooms.journal.set_deferred(false);
  pb::WatchRequest request;
  request.mutable_after()->set_epoch(rooms.journal.head().epoch);
  request.mutable_after()->set_seq(rooms.journal.head().seq);
  auto client = watch(request);
  std::vector<std::unique_ptr<Client>> gone;  // a cut stream's sink outlives its write
  std::vector<std::uint32_t> seen;
  std::vector<LogEntry> held_back;
  constexpr std::uint32_t kReps = 1500;  // beyond the tail, so that some replays come from the journal

  const auto absorb = [&] {
    for (const auto& message : client->sink.received) {
      if (message.has_rep()) seen.push_back(static_cast<std::uint32_t>(message.rep().index()));
      if (message.has_cursor()) *request.mutable_after() = message.cursor();
    }
    client->sink.received.clear();
  };
  std::uint32_t committed = 0;
  bool away = false;
  for (int step = 0; committed < kReps || step % 7 != 0; ++step) {
    if (committed < kReps && chance(60)) {
      const LogEntry entry = commit_rep(++committed);
      if (chance(20)) held_back.push_back(entry);
      if (chance(80)) announce(entry);
    }
    if (!held_back.empty() && chance(15)) {
      announce(held_back.back());
      held_back.pop_back();
    }
    rooms.journal.set_deferred(chance(30));
    if (chance(40)) rooms.journal.deliver();
    if (chance(50)) run_posted();
    if (!away && chance(45)) client->sink.take(*client->outbox);
    if (!away && chance(2)) {
      absorb();
      client->outbox->finish(grpc::Status::CANCELLED);
      hub->unsubscribe(client->outbox.get());
      gone.push_back(std::move(client));
      away = true;
    } else if (away && chance(3)) {
      Status status;
      client = watch(request, &status);
      ASSERT_TRUE(status.ok()) << status.message;
      away = false;
    }
  }
  rooms.journal.set_deferred(false);
  rooms.journal.deliver();
  if (away) client = watch(request);
  announce(commit_rep(++committed));
  rooms.journal.deliver();
  take_all(*client);
  absorb();
  ASSERT_EQ(seen.size(), committed);
  for (std::uint32_t i = 0; i < committed; ++i) ASSERT_EQ(seen[i], i + 1);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WatchResume, testing::Range(1U, 21U));

}  // namespace
}  // namespace sheave::api
