#include "controller/api/watch_outbox.hpp"

#include <utility>

#include "controller/api/watch_wire.hpp"

namespace sheave::api {

void WatchOutbox::begin_at(sheave::v1::Cursor cursor) {
  const std::lock_guard lock(mutex_);
  sent_ = std::move(cursor);
}

void WatchOutbox::put_snapshot(const grpc::Slice& body) {
  const std::lock_guard lock(mutex_);
  snapshot_ = body;
  write_next();
}

std::size_t WatchOutbox::room() {
  const std::lock_guard lock(mutex_);
  const std::size_t free = kOutboxEntries - entries_.size();
  if (free == 0) waiting_for_room_ = true;
  return free;
}

void WatchOutbox::put_entry(const WatchEntry& entry) {
  const std::lock_guard lock(mutex_);
  entries_.push_back(entry);
  write_next();
}

void WatchOutbox::put_samples(const WatchSamples& samples) {
  const std::lock_guard lock(mutex_);
  if (samples_.size() == kOutboxBatches) {
    lost_ += samples_.front().count + samples_.front().gap;
    samples_.pop_front();
  }
  samples_.push_back(samples);
  write_next();
}

void WatchOutbox::finish(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  if (sink_ == nullptr || ending_) return;
  if (writing_) {
    ending_ = status;
  } else {
    std::exchange(sink_, nullptr)->finish(status);
  }
  entries_.clear();
  samples_.clear();
  snapshot_.reset();
}

void WatchOutbox::cancel() {
  const std::lock_guard lock(mutex_);
  if (WatchSink* sink = std::exchange(sink_, nullptr)) sink->finish(grpc::Status::CANCELLED);
}

void WatchOutbox::on_written(bool ok) {
  bool tell_room = false;
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) {
      if (WatchSink* sink = std::exchange(sink_, nullptr)) sink->finish(grpc::Status::CANCELLED);
      return;
    }
    if (ending_ && sink_ != nullptr) std::exchange(sink_, nullptr)->finish(*ending_);
    write_next();
    if (waiting_for_room_ && entries_.size() <= kOutboxEntries / 2) {
      waiting_for_room_ = false;
      tell_room = true;
    }
  }
  if (tell_room) on_room_(this);
}

bool WatchOutbox::finished() const {
  const std::lock_guard lock(mutex_);
  return sink_ == nullptr || ending_;
}

void WatchOutbox::write_next() {
  if (writing_ || sink_ == nullptr || ending_) return;
  if (snapshot_) {
    in_flight_ = wire_snapshot(*snapshot_, sent_);
    snapshot_.reset();
  } else if (!entries_.empty()) {
    in_flight_ = entries_.front().bytes;
    if (entries_.front().seq != 0) sent_.set_seq(entries_.front().seq);
    entries_.pop_front();
  } else if (!samples_.empty()) {
    lost_ += samples_.front().gap;
    in_flight_ = wire_samples(samples_.front().body, lost_);
    samples_.pop_front();
  } else {
    return;
  }
  writing_ = true;
  sink_->write(in_flight_);
}

}  // namespace sheave::api
