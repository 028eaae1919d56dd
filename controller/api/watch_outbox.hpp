#pragma once
// What waits to be sent on one Watch stream. Filled on [main], emptied by gRPC's threads, one write in flight.

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "sheave/v1/common.pb.h"

namespace sheave::api {

/// Entries that wait on one stream before the journal is read instead: a set's worth of reps.
inline constexpr std::size_t kOutboxEntries = 32;
/// Sample batches that wait before the oldest is dropped: 40 ms at 1 kHz, which rides out a scheduling hiccup and no more.
inline constexpr std::size_t kOutboxBatches = 4;

/// The stream beneath. Both calls come with the outbox locked and may not call back into it on the same thread.
class WatchSink {
 public:
  virtual ~WatchSink() = default;
  virtual void write(const grpc::ByteBuffer& message) = 0;  ///< `message` stays as it is until on_written().
  virtual void finish(const grpc::Status& status) = 0;      ///< Last call.
};

/// One committed entry of the log. Bytes are shared by all streams.
struct WatchEntry {
  std::uint64_t seq = 0;   ///< 0: not of the log (a cue): lost where there is no room.
  std::uint32_t kind = 0;  ///< sheave.v1.WatchKind
  grpc::ByteBuffer bytes;  ///< Whole message; empty where this entry is nothing that watchers are told.
};

/// One batch of samples for all streams of one rate.
struct WatchSamples {
  grpc::Slice body;         ///< wire_samples_body()
  std::uint32_t count = 0;  ///< Samples in it.
  std::uint64_t gap = 0;    ///< Samples that were due before it and never came to be.
};

class WatchOutbox {
 public:
  using OnRoom = std::function<void(const WatchOutbox*)>;

  /// @param sink outlives finish(). @param on_room called on any thread once a full outbox is half empty again.
  WatchOutbox(WatchSink* sink, OnRoom on_room) : on_room_(std::move(on_room)), sink_(sink) {}

  /// Machine and epoch of the stream, and where it begins. Before the first put. [main]
  void begin_at(sheave::v1::Cursor cursor);
  /// Replaces a snapshot that still waits. [main]
  void put_snapshot(const grpc::Slice& body);
  /// How many entries fit. Where none do, on_room is called later. [main]
  std::size_t room();
  void put_entry(const WatchEntry& entry);        // [main]; only as many as room() said
  void put_samples(const WatchSamples& samples);  // [main]

  /// No more writes begin, and the stream ends after the one in flight: an end beside a write can leave the call open for ever where its
  /// client goes at the same time (gRPC 1.51, in-process channel). Once counts. [any]
  void finish(const grpc::Status& status);
  /// The client has gone: the write in flight may never end. [transport]
  void cancel();
  void on_written(bool ok);  // [transport]
  bool finished() const;     // [any]

 private:
  void write_next();  // mutex_ held

  const OnRoom on_room_;
  mutable std::mutex mutex_;
  // All under mutex_.
  WatchSink* sink_;  // null once finished
  sheave::v1::Cursor sent_;
  std::optional<grpc::Slice> snapshot_;
  std::deque<WatchEntry> entries_;
  std::deque<WatchSamples> samples_;
  std::uint64_t lost_ = 0;
  bool waiting_for_room_ = false;
  bool writing_ = false;
  std::optional<grpc::Status> ending_;  // once the write in flight is through
  grpc::ByteBuffer in_flight_;
};

}  // namespace sheave::api
