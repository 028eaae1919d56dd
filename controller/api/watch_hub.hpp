#pragma once
// All Watch streams of the machine: tells each what it asked for, every log entry exactly once and in order.

#include <map>
#include <memory>
#include <vector>

#include "controller/api/context.hpp"
#include "controller/api/watch_outbox.hpp"
#include "controller/api/watch_tail.hpp"
#include "controller/session/manager.hpp"
#include "sheave/v1/watch.pb.h"

namespace sheave::api {

/// Everything is [main], but that an outbox is emptied by gRPC's threads. Observes the manager for as long as it lives.
///
/// A stream is a cursor into the log. What lies after it comes from the tail in memory, or from the journal where the stream is
/// further behind, as fast as the stream takes it. So a slow stream holds at most its outbox, and none misses an entry.
class WatchHub final : public session::Observer {
 public:
  WatchHub(const Context& context, std::size_t max_streams);
  ~WatchHub() override;
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;

  /// Begins to fill `outbox`: the snapshot first, then what `request` asks for. Else why not: MACHINE_NOT_FOUND,
  /// SAMPLE_RATE_INVALID, WATCHERS_LIMIT, CURSOR_EXPIRED (another epoch, or ahead of the log).
  /// @param names_members whether snapshots may say whose the sessions are.
  /// @param admission asked by recheck(); null: always admitted.
  Status subscribe(const std::shared_ptr<WatchOutbox>& outbox, const pb::WatchRequest& request, bool names_members = true,
                   Admission admission = nullptr);
  /// The stream ended. Unknown ones are ignored.
  void unsubscribe(const WatchOutbox* outbox);
  /// The outbox has room again.
  void feed(const WatchOutbox* outbox);
  /// Ends the streams of callers whose token is no longer good, with the reason. Costs a look at a file's time while nothing changed.
  void recheck();
  /// Ends every stream, and every one that comes later.
  void close(const Status& status);

  std::size_t size() const noexcept { return streams_.size(); }

  void on_update(const session::Update& update) override;
  void on_frames(const control::Frame* frames, std::size_t count) override;

 private:
  struct Stream {
    std::shared_ptr<WatchOutbox> outbox;
    std::uint64_t cursor = 0;  // everything up to it was put, or was not asked for
    std::uint32_t kinds = 0;   // bit per WatchKind
    std::uint64_t every = 1;   // of so many ticks one sample
    bool names_members = true;
    Admission admission;
    bool reading = false;  // waits for the journal
  };
  /// What is known of the ticks of one sample rate.
  struct Rate {
    std::uint64_t last_step = 0;  // tick / every of the newest sample
    bool begun = false;
  };

  grpc::Slice snapshot_body(const session::Snapshot& snapshot, bool names_members) const;
  void feed(Stream& stream);
  void read_journal(const std::shared_ptr<Stream>& stream, std::size_t limit);
  void put(Stream& stream, const std::vector<WatchEntry>& entries);
  WatchSamples take_samples(std::uint64_t every, Rate& rate, const control::Frame* frames, std::size_t count);

  const Context& context_;
  const std::size_t max_streams_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for answers of the journal that come after the hub is gone
  std::vector<std::shared_ptr<Stream>> streams_;
  std::map<std::uint64_t, Rate> rates_;
  Status closed_;
  std::uint64_t gate_revision_ = 0;  // of the last recheck()
  pb::SampleBatch batch_;            // reused, so that a sample costs no allocation
  WatchTail tail_;
};

}  // namespace sheave::api
