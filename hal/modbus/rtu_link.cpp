#include "hal/modbus/rtu_link.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

// As long as a drive needs to restart: whoever answers then may have lost its memory.
constexpr std::int64_t kSilenceNs = kNsPerS;

// An answer beside the cycle has no sequence number, so after one was lost the next waits until a late one would have come.
constexpr std::uint32_t kQuietPeriods = 8;

constexpr std::int64_t kFirstPauseNs = 20 * kNsPerMs;
constexpr std::int64_t kLongestPauseNs = kNsPerS;

// What an answer may come later than computed before the next unit on the line is asked: an eighth of the exchange, for the device's
// clock and turnaround, and what the host needs to see it.
std::int64_t patience_ns(std::int64_t exchange_ns) { return exchange_ns + std::max(exchange_ns / 8, std::int64_t{200'000}); }

}  // namespace

RtuLink::RtuLink(std::string path, const SerialTiming& timing)
    // libmodbus never opens the port here; it reads and writes on the descriptor that is given to it.
    : Link(Context(::modbus_new_rtu(path.c_str(), static_cast<int>(timing.baud), static_cast<char>(timing.parity), 8, 1))),
      port_(std::move(path), timing.baud, timing.parity),
      timing_(timing) {}

RtuLink::~RtuLink() { ::modbus_set_socket(context(), -1); }  // the descriptor is the port's

std::string RtuLink::connect(std::int64_t) {
  disconnect();
  std::uint32_t got = 0;
  const SerialPort::Failure failure = port_.open(got);
  const int why = errno;
  if (failure != SerialPort::Failure::kNone) return port_.explain(failure, why, got);
  come_up(monotonic_now_ns());
  return {};
}

void RtuLink::disconnect() noexcept { lose(monotonic_now_ns()); }

void RtuLink::come_up(std::int64_t now_ns) noexcept {
  ::modbus_set_socket(context(), port_.descriptor());
  in_.discard();
  busy_until_ns_ = now_ns + timing_.gap_ns();
  unanswered_since_ns_ = 0;
  quiet_periods_left_ = 0;
  pause_ns_ = 0;
  ++generation_;
}

void RtuLink::lose(std::int64_t now_ns) noexcept {
  ::modbus_set_socket(context(), -1);
  port_.close();
  for (std::size_t i = current_; i < started_count_; ++i) started_[i]->outcome = Outcome::kUnsent;
  started_count_ = current_ = 0;
  on_line_ = false;
  pause_ns_ = std::clamp(2 * pause_ns_, kFirstPauseNs, kLongestPauseNs);
  next_attempt_ns_ = now_ns + pause_ns_;
}

void RtuLink::reopen(std::int64_t now_ns) noexcept {
  if (now_ns < next_attempt_ns_) return;
  std::uint32_t got = 0;
  if (port_.open(got) != SerialPort::Failure::kNone) {
    lose(now_ns);
    return;
  }
  come_up(now_ns);
  ++tally_.reconnects;
}

void RtuLink::settle(std::int64_t deadline_ns) noexcept {
  const std::int64_t silence_ns = 2 * timing_.gap_ns();  // twice: the device measures it with another clock
  std::array<std::uint8_t, kMaxRtuFrame> dropped;
  for (std::int64_t now = monotonic_now_ns(); now < deadline_ns; now = monotonic_now_ns()) {
    pollfd waiting{port_.descriptor(), POLLIN, 0};
    const timespec left = time_left(now + silence_ns, now);
    if (::ppoll(&waiting, 1, &left, nullptr) == 0 || ::read(port_.descriptor(), dropped.data(), dropped.size()) <= 0) return;
  }
}

void RtuLink::begin(std::int64_t now_ns) noexcept {
  if (!port_.up()) reopen(now_ns);
  if (port_.up() && receive(now_ns)) take_answers(now_ns);
  if (!port_.up()) return;

  // What goes beside the cycle may end in the next period.
  Transaction* carried = nullptr;
  if (on_line_ && started_[current_]->beside && now_ns < give_up_ns_) carried = started_[current_];
  for (std::size_t i = current_; i < started_count_; ++i)
    if (started_[i] != carried) started_[i]->outcome = Outcome::kAbandoned;
  if (on_line_ && carried == nullptr) {
    // An answer that has begun is let finish: to talk into it would lose the next one too.
    const std::size_t size = kRtuOverhead + started_[current_]->request.reply_size;
    if (!in_.empty() && in_.size() < size) busy_until_ns_ = now_ns + timing_.characters_ns(size - in_.size()) + timing_.gap_ns();
    give_up_current();
  }
  started_count_ = current_ = 0;
  if (carried != nullptr) started_[started_count_++] = carried;
  if (carried == nullptr) in_.keep_late(late_);
  note_noise();
  if (quiet_periods_left_ > 0) --quiet_periods_left_;
}

void RtuLink::start(Transaction& transaction) noexcept {
  const bool possible = port_.up() && started_count_ < started_.size();
  transaction.outcome = possible ? Outcome::kPending : Outcome::kUnsent;
  if (possible) started_[started_count_++] = &transaction;
}

bool RtuLink::has_room_beside() const noexcept {
  if (quiet_periods_left_ > 0) return false;
  return std::none_of(started_.begin(), started_.begin() + static_cast<std::ptrdiff_t>(started_count_),
                      [](const Transaction* each) { return each->beside; });
}

bool RtuLink::cycle_waits() const noexcept {
  for (std::size_t i = current_ + 1; i < started_count_; ++i)
    if (!started_[i]->beside) return true;
  return false;
}

void RtuLink::flush(std::int64_t now_ns) noexcept {
  if (!port_.up() || on_line_) return;
  while (current_ < started_count_ && started_[current_]->beside && quiet_periods_left_ > 0)
    started_[current_++]->outcome = Outcome::kAbandoned;  // a line in trouble carries the cycle only
  if (current_ == started_count_ || now_ns < busy_until_ns_) return;
  const Transaction& next = *started_[current_];
  std::array<std::uint8_t, kMaxRtuFrame> frame;
  const std::size_t size = put_rtu_frame(frame.data(), next.unit, {next.request.bytes.data(), next.request.size});
  const auto sent = ::write(port_.descriptor(), frame.data(), size);
  if (sent != static_cast<ssize_t>(size)) {  // a line that does not take one frame is no line
    lose(now_ns);
    return;
  }
  on_line_ = true;
  busy_until_ns_ = now_ns + timing_.characters_ns(size) + timing_.gap_ns();
  give_up_ns_ = now_ns + patience_ns(timing_.exchange_ns(next.request.size, next.request.reply_size));
  if (unanswered_since_ns_ == 0) unanswered_since_ns_ = now_ns;
}

bool RtuLink::receive(std::int64_t now_ns) noexcept {
  bool any = false;
  for (;;) {
    const std::span<std::uint8_t> space = in_.space();
    const auto got = ::read(port_.descriptor(), space.data(), space.size());
    if (got > 0) {
      in_.received(static_cast<std::size_t>(got));
      busy_until_ns_ = std::max(busy_until_ns_, now_ns + timing_.gap_ns());
      any = true;
      if (static_cast<std::size_t>(got) == space.size()) continue;
      return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) lose(now_ns);  // unplugged
    return any;
  }
}

void RtuLink::take_answers(std::int64_t now_ns) noexcept {
  while (on_line_) {
    Transaction& awaited = *started_[current_];
    const std::span<const std::uint8_t> pdu = in_.find(awaited, late_);
    tally_.stale_dropped += in_.take_late();
    if (pdu.empty()) return;
    if (pdu[0] == awaited.request.function() && !awaited.echoes(pdu)) {
      ++tally_.stale_dropped;  // good in itself, and the answer to an earlier request
      continue;
    }
    if (accept_reply(awaited, awaited.unit, pdu) != Outcome::kDone) ++tally_.protocol_errors;
    answered(now_ns);
  }
}

void RtuLink::answered(std::int64_t now_ns) noexcept {
  note_noise();
  on_line_ = false;
  ++current_;
  if (unanswered_since_ns_ != 0 && now_ns - unanswered_since_ns_ > kSilenceNs) {
    ++generation_;
    ++tally_.reconnects;
  }
  unanswered_since_ns_ = 0;
}

void RtuLink::give_up_current() noexcept {
  const AnswerShape given_up = AnswerShape::of(*started_[current_]);
  if (std::find(late_.begin(), late_.end(), given_up) == late_.end()) {
    std::move_backward(late_.begin(), late_.end() - 1, late_.end());
    late_[0] = given_up;
  }
  on_line_ = false;
  quiet_periods_left_ = kQuietPeriods;
}

void RtuLink::note_noise() noexcept {
  if (in_.take_passed_over() > 0) ++tally_.protocol_errors;
}

bool RtuLink::pump(std::int64_t now_ns) noexcept {
  if (!port_.up()) return false;
  if (receive(now_ns)) take_answers(now_ns);
  if (!port_.up()) return false;
  if (on_line_ && cycle_waits() && now_ns >= give_up_ns_) {
    started_[current_]->outcome = Outcome::kAbandoned;  // one silent unit must not silence the other
    give_up_current();
    ++current_;
  }
  flush(now_ns);
  if (!port_.up() || current_ == started_count_) return false;
  return !on_line_ || !started_[current_]->beside || current_ + 1 < started_count_;
}

std::int64_t RtuLink::wake_ns() const noexcept {
  if (current_ == started_count_) return kNever;
  if (!on_line_) return busy_until_ns_;
  return cycle_waits() ? give_up_ns_ : kNever;
}

}  // namespace sheave::hal::modbus
