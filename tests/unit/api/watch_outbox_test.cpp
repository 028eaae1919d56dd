#include "controller/api/watch_outbox.hpp"

#include "controller/api/watch_wire.hpp"
#include "tests/unit/api/watch_harness.hpp"

namespace sheave::api {
namespace {

using sheave::v1::SampleBatch;
using sheave::v1::WatchResponse;

WatchEntry rep_entry(std::uint64_t seq) {
  WatchResponse message;
  message.mutable_rep()->set_seq(seq);
  message.mutable_cursor()->set_seq(seq);
  return {seq, sheave::v1::WATCH_KIND_REPS, wire_message(message)};
}

WatchSamples sample_batch(std::int64_t time_ns, std::uint64_t gap = 0) {
  SampleBatch batch;
  batch.add_samples()->set_time_ns(time_ns);
  return {wire_samples_body(batch), 1, gap};
}

class WatchOutboxTest : public testing::Test {
 protected:
  void SetUp() override {
    sheave::v1::Cursor cursor;
    cursor.set_epoch("e");
    cursor.set_seq(5);
    outbox.begin_at(cursor);
  }
  void take_all() {
    while (sink.take(outbox)) {
    }
  }

  FakeSink sink;
  int rooms = 0;
  WatchOutbox outbox{&sink, [this](const WatchOutbox*) { ++rooms; }};
};

TEST_F(WatchOutboxTest, TheSnapshotComesFirstWithTheCursorOfTheStream) {
  sheave::v1::Snapshot snapshot;
  snapshot.set_counted_reps(3);
  outbox.put_snapshot(wire_snapshot_body(snapshot));
  outbox.put_entry(rep_entry(6));
  outbox.put_snapshot(wire_snapshot_body(snapshot));
  take_all();
  ASSERT_EQ(sink.received.size(), 3U);
  EXPECT_EQ(sink.received[0].snapshot().counted_reps(), 3);
  EXPECT_EQ(sink.received[0].cursor().seq(), 5U);
  EXPECT_EQ(sink.received[1].cursor().seq(), 5U) << "entry 6 was not sent yet";
  EXPECT_EQ(sink.received[2].rep().seq(), 6U);
}

TEST_F(WatchOutboxTest, ASlowStreamLosesOldSamplesAndCountsThem) {
  for (std::int64_t t = 0; t < 10; ++t) outbox.put_samples(sample_batch(t, t == 9 ? 2 : 0));
  take_all();
  ASSERT_EQ(sink.received.size(), 1 + kOutboxBatches);
  EXPECT_EQ(sink.received[0].samples().samples(0).time_ns(), 0) << "in flight before the others came";
  EXPECT_EQ(sink.received[1].samples().samples(0).time_ns(), 6);
  EXPECT_EQ(sink.received[1].samples().lost(), 5U);
  EXPECT_EQ(sink.received.back().samples().samples(0).time_ns(), 9);
  EXPECT_EQ(sink.received.back().samples().lost(), 7U) << "and the two ticks that never came";
}

TEST_F(WatchOutboxTest, AFullOutboxTellsOnceItIsHalfEmpty) {
  std::uint64_t seq = 5;
  while (outbox.room() > 0) outbox.put_entry(rep_entry(++seq));
  EXPECT_EQ(rooms, 0);
  for (std::size_t i = 0; i < kOutboxEntries / 2; ++i) sink.take(outbox);
  EXPECT_EQ(rooms, 1);
  take_all();
  EXPECT_EQ(rooms, 1);
  EXPECT_EQ(sink.received.back().rep().seq(), seq);
}

TEST_F(WatchOutboxTest, AfterTheEndNothingIsWritten) {
  outbox.put_entry(rep_entry(6));
  outbox.put_entry(rep_entry(7));
  outbox.finish(grpc::Status::CANCELLED);
  outbox.finish(grpc::Status::OK);
  outbox.put_entry(rep_entry(8));
  sink.take(outbox);
  EXPECT_EQ(sink.received.size(), 1U);
  EXPECT_EQ(sink.end.error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(WatchOutboxTest, TheEndWaitsForTheWriteInFlight) {
  outbox.put_entry(rep_entry(6));
  outbox.put_entry(rep_entry(7));
  outbox.finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, ""));
  EXPECT_TRUE(outbox.finished());
  EXPECT_FALSE(sink.ended) << "a write is in flight";
  sink.take(outbox);
  EXPECT_TRUE(sink.ended);
  EXPECT_EQ(sink.end.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(sink.received.size(), 1U);
}

TEST_F(WatchOutboxTest, AClientThatHasGoneEndsItAtOnce) {
  outbox.put_entry(rep_entry(6));
  outbox.finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, ""));
  outbox.cancel();
  EXPECT_TRUE(sink.ended);
  outbox.on_written(false);
  EXPECT_EQ(sink.end.error_code(), grpc::StatusCode::CANCELLED) << "once";
}

TEST_F(WatchOutboxTest, AFailedWriteEndsTheStream) {
  outbox.put_entry(rep_entry(6));
  outbox.on_written(false);
  EXPECT_TRUE(outbox.finished());
  EXPECT_TRUE(sink.ended);
}

}  // namespace
}  // namespace sheave::api
