#include "controller/api/watch_hub.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/api/convert_session.hpp"
#include "controller/api/gate.hpp"
#include "controller/api/watch_wire.hpp"
#include "controller/rt/thread_roles.hpp"

namespace sheave::api {
namespace {

constexpr double kDefaultSampleRate_hz = 30;  // what a screen shows

constexpr std::uint32_t bit(std::uint32_t kind) { return 1U << kind; }

std::uint32_t kinds_of(const pb::WatchRequest& request) {
  std::uint32_t kinds = 0;
  for (const int kind : request.kinds()) {
    if (pb::WatchKind_IsValid(kind)) kinds |= bit(static_cast<std::uint32_t>(kind));
  }
  return kinds != 0 ? kinds : ~bit(pb::WATCH_KIND_SAMPLES);
}

}  // namespace

WatchHub::WatchHub(const Context& context, std::size_t max_streams)
    : context_(context), max_streams_(max_streams), tail_(context.names, context.journal, [this] {
        for (const auto& stream : streams_) feed(*stream);
      }) {
  context_.manager.add_observer(this);
}

WatchHub::~WatchHub() { context_.manager.remove_observer(this); }

Status WatchHub::subscribe(const std::shared_ptr<WatchOutbox>& outbox, const pb::WatchRequest& request, bool names_members,
                           Admission admission) {
  SHEAVE_ON_THREAD(kMain);
  if (!closed_.ok()) return closed_;
  if (Status status = admission ? admission() : Status(); !status.ok()) return status;  // a recheck() may have come before this
  if (Status status = context_.names.check_machine(request.machine()); !status.ok()) return status;
  const double rate_hz = request.sample_rate_hz() == 0 ? kDefaultSampleRate_hz : request.sample_rate_hz();
  if (!std::isfinite(rate_hz) || rate_hz < 0) {
    return Status::error(StatusCode::kInvalidArgument, "SAMPLE_RATE_INVALID", "sample_rate_hz is no rate; use 0 for 30 Hz.");
  }
  if (streams_.size() >= max_streams_) {
    return Status::error(StatusCode::kResourceExhausted, "WATCHERS_LIMIT",
                         "This machine has " + std::to_string(max_streams_) + " watchers, its most. Close one and try again.");
  }
  auto stream = std::make_shared<Stream>();
  stream->outbox = outbox;
  stream->kinds = kinds_of(request);
  const double tick_hz = static_cast<double>(kNsPerS) / static_cast<double>(context_.facts.machine.period_ns);
  stream->every = static_cast<std::uint64_t>(std::max(1.0, std::round(tick_hz / std::max(rate_hz, 1e-3))));
  stream->cursor = tail_.newest();
  if (request.has_after()) {
    if (request.after().epoch() != tail_.epoch() || request.after().seq() > context_.journal.head().seq) {
      return Status::error(StatusCode::kOutOfRange, "CURSOR_EXPIRED",
                           "The cursor is of another database or ahead of this one. Watch again without a cursor, and read the sets anew.");
    }
    stream->cursor = request.after().seq();
  }
  pb::Cursor cursor;
  cursor.set_machine(context_.names.machine());
  cursor.set_epoch(tail_.epoch());
  cursor.set_seq(stream->cursor);
  outbox->begin_at(std::move(cursor));
  stream->names_members = names_members;
  stream->admission = std::move(admission);
  outbox->put_snapshot(snapshot_body(context_.manager.snapshot(), names_members));
  streams_.push_back(stream);
  feed(*stream);
  return {};
}

grpc::Slice WatchHub::snapshot_body(const session::Snapshot& snapshot, bool names_members) const {
  pb::Snapshot message;
  to_pb(context_.names, snapshot, context_.facts.machine.cable_count, &message);
  if (!names_members) {
    if (message.has_session()) hide_member(message.mutable_session());
    for (pb::Lane& lane : *message.mutable_lanes()) hide_member(lane.mutable_session());
  }
  return wire_snapshot_body(message);
}

void WatchHub::unsubscribe(const WatchOutbox* outbox) {
  std::erase_if(streams_, [&](const auto& stream) { return stream->outbox.get() == outbox; });
}

void WatchHub::recheck() {
  const std::uint64_t revision = context_.gate ? context_.gate->revision() : 0;
  if (std::exchange(gate_revision_, revision) == revision) return;
  std::erase_if(streams_, [](const auto& stream) {
    const Status status = stream->admission ? stream->admission() : Status();
    if (!status.ok()) stream->outbox->finish(to_grpc(status));
    return !status.ok();
  });
}

void WatchHub::feed(const WatchOutbox* outbox) {
  SHEAVE_ON_THREAD(kMain);
  for (const auto& stream : streams_) {
    if (stream->outbox.get() == outbox) return feed(*stream);
  }
}

void WatchHub::close(const Status& status) {
  closed_ = status;
  for (const auto& stream : streams_) stream->outbox->finish(to_grpc(status));
  streams_.clear();
}

void WatchHub::feed(Stream& stream) {
  std::vector<WatchEntry> entries;
  while (!stream.reading && stream.cursor < tail_.newest()) {
    const std::size_t room = stream.outbox->room();
    if (room == 0) return;
    if (!tail_.covers(stream.cursor)) {
      for (const auto& shared : streams_) {
        if (shared.get() == &stream) return read_journal(shared, room);
      }
      return;
    }
    entries.clear();
    tail_.copy_after(stream.cursor, room, entries);
    put(stream, entries);
  }
}

void WatchHub::read_journal(const std::shared_ptr<Stream>& stream, std::size_t limit) {
  stream->reading = true;
  context_.journal.read_log({tail_.epoch(), stream->cursor}, limit,
                            [this, alive = std::weak_ptr<bool>(alive_),
                             waiting = std::weak_ptr<Stream>(stream)](const Result<std::vector<session::LogEntry>>& page) {
                              const auto reader = waiting.lock();
                              if (alive.expired() || !reader) return;
                              reader->reading = false;
                              if (!page.ok() || page->empty()) {
                                // A hole that nobody can fill: the client has to know, and reads the sets anew.
                                reader->outbox->finish(to_grpc(
                                    page.ok() ? Status::error(StatusCode::kOutOfRange, "CURSOR_EXPIRED",
                                                              "The log no longer holds what comes after the cursor. Watch without one.")
                                              : page.status()));
                                return;
                              }
                              std::vector<WatchEntry> entries;
                              for (const auto& entry : *page) entries.push_back(watch_entry(context_.names, tail_.epoch(), entry));
                              put(*reader, entries);
                              feed(*reader);
                            });
}

void WatchHub::put(Stream& stream, const std::vector<WatchEntry>& entries) {
  for (const auto& entry : entries) {
    if (entry.kind != 0 && (stream.kinds & bit(entry.kind)) != 0) stream.outbox->put_entry(entry);
    stream.cursor = std::max(stream.cursor, entry.seq);
  }
}

void WatchHub::on_update(const session::Update& update) {
  if (update.entry != nullptr) return tail_.announce(*update.entry);
  if (update.kind == session::Update::Kind::kSnapshot && update.snapshot != nullptr) {
    if (streams_.empty()) return;
    const grpc::Slice named = snapshot_body(*update.snapshot, true), nameless = snapshot_body(*update.snapshot, false);
    for (const auto& stream : streams_) {
      if ((stream->kinds & bit(pb::WATCH_KIND_STATE)) != 0) stream->outbox->put_snapshot(stream->names_members ? named : nameless);
    }
  } else if (update.kind == session::Update::Kind::kCue) {
    pb::WatchResponse message;
    message.mutable_cue()->set_id(cue_name(update.cue));
    const WatchEntry cue{0, pb::WATCH_KIND_CUES, wire_message(message)};
    for (const auto& stream : streams_) {
      if ((stream->kinds & bit(pb::WATCH_KIND_CUES)) != 0 && stream->outbox->room() > 0) stream->outbox->put_entry(cue);
    }
  }
}

void WatchHub::on_frames(const control::Frame* frames, std::size_t count) {
  std::map<std::uint64_t, WatchSamples> batches;
  for (const auto& stream : streams_) {
    if ((stream->kinds & bit(pb::WATCH_KIND_SAMPLES)) == 0) continue;
    auto [batch, is_new] = batches.try_emplace(stream->every);
    if (is_new) batch->second = take_samples(stream->every, rates_[stream->every], frames, count);
    if (batch->second.count > 0) stream->outbox->put_samples(batch->second);
  }
  std::erase_if(rates_, [&](const auto& rate) { return !batches.contains(rate.first); });
}

WatchSamples WatchHub::take_samples(std::uint64_t every, Rate& rate, const control::Frame* frames, std::size_t count) {
  WatchSamples samples;
  batch_.Clear();
  for (std::size_t i = 0; i < count; ++i) {
    if (frames[i].tick % every != 0) continue;
    const std::uint64_t step = frames[i].tick / every;
    if (rate.begun && step > rate.last_step + 1) samples.gap += step - rate.last_step - 1;
    rate.last_step = step;
    rate.begun = true;
    ++samples.count;
    to_pb(frames[i], batch_.add_samples());
  }
  if (samples.count > 0) samples.body = wire_samples_body(batch_);
  return samples;
}

}  // namespace sheave::api
