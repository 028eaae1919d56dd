#include "hal/modbus/tcp_link.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

// Longer than any answer is late on a working link, far beyond every drive watchdog: the other end is gone without a word
// (unplugged, half-open after a power cycle) or for ever out of step.
constexpr std::int64_t kSilenceNs = kNsPerS;

// Ids this far back are answers to requests of ours; at 1 kHz four seconds.
constexpr std::uint16_t kStaleWindow = 4096;

}  // namespace

TcpLink::TcpLink(Endpoint endpoint, std::size_t max_outstanding)
    // libmodbus never connects by itself here, so the address is no more than a valid one.
    : Link(Context(::modbus_new_tcp("127.0.0.1", endpoint.port))),
      connection_(std::move(endpoint)),
      name_(connection_.endpoint().host + ":" + std::to_string(connection_.endpoint().port)),
      max_outstanding_(std::clamp(max_outstanding, std::size_t{1}, kMaxStarted)) {}

TcpLink::~TcpLink() { ::modbus_set_socket(context(), -1); }  // the descriptor is the connection's

std::string TcpLink::connect(std::int64_t deadline_ns) {
  if (connection_.up()) lose(monotonic_now_ns());
  std::string error = connection_.connect(deadline_ns);
  if (error.empty()) come_up();
  return error;
}

void TcpLink::disconnect() noexcept { lose(monotonic_now_ns()); }

void TcpLink::come_up() noexcept {
  ::modbus_set_socket(context(), connection_.descriptor());
  out_begin_ = out_end_ = 0;
  in_.discard();
  out_of_step_ = false;
  unanswered_since_ns_ = 0;
  ++generation_;
}

void TcpLink::lose(std::int64_t now_ns) noexcept {
  ::modbus_set_socket(context(), -1);
  connection_.drop(now_ns);
  for (std::size_t i = 0; i < started_count_; ++i)
    if (started_[i]->outcome == Outcome::kPending) started_[i]->outcome = Outcome::kUnsent;
  started_count_ = framed_count_ = answered_count_ = 0;
}

void TcpLink::begin(std::int64_t now_ns) noexcept {
  for (std::size_t i = 0; i < started_count_; ++i)
    if (started_[i]->outcome == Outcome::kPending) started_[i]->outcome = Outcome::kAbandoned;
  started_count_ = framed_count_ = answered_count_ = 0;
  if (connection_.up() && unanswered_since_ns_ != 0 && now_ns - unanswered_since_ns_ > kSilenceNs) lose(now_ns);
  if (!connection_.up()) {
    if (!connection_.advance(now_ns)) return;
    come_up();
    ++tally_.reconnects;
  }
  if (!out_of_step_) return;
  // All that lies here came before this period's request: no part of its answer.
  while (::recv(descriptor(), in_.space().data(), in_.space().size(), MSG_DONTWAIT) > 0) {
  }
  out_of_step_ = false;
}

void TcpLink::start(Transaction& transaction) noexcept {
  const bool possible = connection_.up() && started_count_ < started_.size();
  transaction.outcome = possible ? Outcome::kPending : Outcome::kUnsent;
  if (possible) started_[started_count_++] = &transaction;
}

void TcpLink::flush(std::int64_t now_ns) noexcept {
  if (!connection_.up()) return;
  while (framed_count_ < started_count_ && framed_count_ - answered_count_ < max_outstanding_) {
    Transaction& next = *started_[framed_count_];
    if (out_.size() - out_end_ < kMaxTcpFrame) break;  // the other end takes nothing: what waits here goes first
    next.id = next_id_++;
    out_end_ += put_frame(out_.data() + out_end_, next.id, next.unit, {next.request.bytes.data(), next.request.size});
    ++framed_count_;
  }
  if (out_begin_ == out_end_) return;
  if (unanswered_since_ns_ == 0) unanswered_since_ns_ = now_ns;
  const auto sent = ::send(descriptor(), out_.data() + out_begin_, out_end_ - out_begin_, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN && errno != EINTR) lose(now_ns);
    return;
  }
  out_begin_ += static_cast<std::size_t>(sent);
  if (out_begin_ == out_end_) out_begin_ = out_end_ = 0;
}

bool TcpLink::pump(std::int64_t now_ns) noexcept {
  while (connection_.up() && !settled()) {
    const std::span<std::uint8_t> space = in_.space();
    const auto got = ::recv(descriptor(), space.data(), space.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (got <= 0) {
      lose(now_ns);
      return false;
    }
    in_.received(static_cast<std::size_t>(got));
    take_frames();
    if (framed_count_ < started_count_) flush(now_ns);
  }
  return false;
}

bool TcpLink::settled() const noexcept { return answered_count_ == started_count_; }

void TcpLink::take_frames() noexcept {
  if (out_of_step_) in_.discard();
  Frame frame;
  for (;;) {
    switch (in_.next(frame)) {
      case FrameReader::Result::kFrame:
        take(frame);
        break;
      case FrameReader::Result::kIncomplete:
        return;
      case FrameReader::Result::kGarbage:
        garbage();
        return;
    }
  }
}

void TcpLink::take(const Frame& frame) noexcept {
  for (std::size_t i = 0; i < framed_count_; ++i) {
    Transaction& waiting = *started_[i];
    if (waiting.outcome != Outcome::kPending || waiting.id != frame.id) continue;
    const Outcome outcome = accept_reply(waiting, frame.unit, frame.pdu);
    if (outcome != Outcome::kDone) ++tally_.protocol_errors;
    if (outcome != Outcome::kMalformed) unanswered_since_ns_ = 0;
    ++answered_count_;
    return;
  }
  const auto behind = static_cast<std::uint16_t>(next_id_ - frame.id);
  if (behind >= 1 && behind <= kStaleWindow) {
    ++tally_.stale_dropped;
    unanswered_since_ns_ = 0;  // late, but alive and in step
  } else {
    ++tally_.protocol_errors;
  }
}

void TcpLink::garbage() noexcept {
  ++tally_.protocol_errors;
  in_.discard();
  out_of_step_ = true;
}

}  // namespace sheave::hal::modbus
