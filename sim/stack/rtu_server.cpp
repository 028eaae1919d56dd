#include "sim/stack/rtu_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>
#include <utility>

#include "sim/key_value.hpp"
#include "sim/stack/modbus_pdu.hpp"

namespace sheave::sim {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kCrc = 2;
constexpr std::size_t kFifo = 16;  // bytes that a usual receiver collects before it tells the host

std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
  unsigned crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xA001U : crc >> 1U;
  }
  return static_cast<std::uint16_t>(crc);
}

bool parse_pair(std::string_view key, std::string_view value, SerialSpec& spec) {
  double number = 0.0;
  if (key == "baud" && parse_number(value, 1200.0, 4e6, number)) return (spec.baud = static_cast<std::uint32_t>(number)) > 0;
  if (key == "units" && parse_number(value, 1.0, static_cast<double>(hal::kMaxAxes), number)) {
    spec.units = static_cast<std::uint32_t>(number);
    return spec.units == number;
  }
  if (key == "turnaround_us") return parse_number(value, 0.0, 50'000.0, spec.turnaround_us);
  if (key == "parity" && (value == "N" || value == "E" || value == "O")) {
    spec.parity = value[0];
    return true;
  }
  if (key == "gap" && (value == "characters" || value == "fixed")) {
    spec.fixed_gap = value == "fixed";
    return true;
  }
  return false;
}

/// A link of an earlier run goes; anything else stays, and is named.
bool link_to(const std::string& terminal, const std::string& path, std::string& error) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0 && S_ISLNK(there.st_mode)) ::unlink(path.c_str());
  if (::symlink(terminal.c_str(), path.c_str()) == 0) return true;
  error = fmt::format("listen: cannot make {}: {}. Give a path that can be written and that is not there yet.", path, std::strerror(errno));
  return false;
}

}  // namespace

bool parse_serial(const std::string& text, SerialSpec& spec, std::string& error) {
  const std::size_t comma = std::min(text.find(','), text.size());
  spec.path = text.starts_with("rtu:") ? text.substr(4, comma - 4) : std::string();
  if (spec.path.empty()) {
    error = fmt::format("listen: \"{}\" is not rtu:PATH, for example rtu:/tmp/line,baud=115200,parity=E", text);
    return false;
  }
  return for_each_pair(std::string_view(text).substr(std::min(comma + 1, text.size())), [&](std::string_view key, std::string_view value) {
    if (parse_pair(key, value, spec)) return true;
    error = fmt::format("listen: cannot understand {}={}; there are baud, parity=N|E|O, gap=characters|fixed, turnaround_us, units=1|2",
                        key, value);
    return false;
  });
}

std::unique_ptr<RtuServer> RtuServer::open(const SerialSpec& spec, std::vector<RegisterMap*> maps, const WireFaults& faults,
                                           std::string& error) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  char terminal[64];
  const bool made = master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0 && ::ptsname_r(master, terminal, sizeof terminal) == 0;
  const int slave = made ? ::open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
  const int why = errno;
  std::unique_ptr<RtuServer> server(new RtuServer(spec, master, slave, std::move(maps), faults));
  if (slave < 0) {
    error = fmt::format("listen: cannot make a pseudo terminal for {}: {}", spec.path, std::strerror(why));
    server->spec_.path.clear();  // nothing to remove
    return nullptr;
  }
  termios raw{};
  ::tcgetattr(slave, &raw);
  ::cfmakeraw(&raw);
  ::tcsetattr(slave, TCSANOW, &raw);
  if (link_to(terminal, spec.path, error)) return server;
  server->spec_.path.clear();
  return nullptr;
}

RtuServer::RtuServer(const SerialSpec& spec, int master, int slave, std::vector<RegisterMap*> maps, const WireFaults& faults)
    : spec_(spec), master_(master), slave_(slave), maps_(std::move(maps)), faults_(faults), line_(spec) {}

RtuServer::~RtuServer() {
  if (!spec_.path.empty()) ::unlink(spec_.path.c_str());
  if (slave_ >= 0) ::close(slave_);
  if (master_ >= 0) ::close(master_);
}

void RtuServer::collect(std::vector<pollfd>& waits) const { waits.push_back({master_, POLLIN, 0}); }

void RtuServer::serve(std::span<const pollfd> waits, std::int64_t now_ns) {
  if (!waits.empty() && waits[0].revents != 0) receive(now_ns);
}

/// The terminal knows no speed but remembers the one that its other end asked for.
bool RtuServer::speed_fits() const {
  static constexpr std::pair<speed_t, std::uint32_t> kSpeeds[] = {
      {B9600, 9600},     {B19200, 19200},   {B38400, 38400},   {B57600, 57600},     {B115200, 115200},   {B230400, 230400},
      {B460800, 460800}, {B500000, 500000}, {B921600, 921600}, {B1000000, 1000000}, {B2000000, 2000000}, {B3000000, 3000000}};
  termios asked{};
  if (::tcgetattr(master_, &asked) != 0) return false;
  return std::find(std::begin(kSpeeds), std::end(kSpeeds), std::pair{::cfgetospeed(&asked), spec_.baud}) != std::end(kSpeeds);
}

void RtuServer::receive(std::int64_t now_ns) {
  std::array<std::uint8_t, 1024> bytes;
  const auto got = ::read(master_, bytes.data(), bytes.size());
  if (got <= 0 || pulled_) return;
  const auto size = static_cast<std::size_t>(got);
  const bool silent = now_ns >= line_.silent_at_ns();
  const bool answering = reply_size_ != 0;
  if (!request_open_) {
    request_size_ = 0;
    spoilt_ = answering || !silent || !speed_fits();
  }
  request_open_ = true;
  spoilt_ = spoilt_ || answering || request_size_ + size > request_.size();
  if (answering && reply_sent_ < reply_size_) {
    reply_size_ = reply_sent_;  // a collision: the rest of the answer is not to be read
    if (reply_size_ == 0) reply_starts_ns_ = 0;
  }
  line_.carry(now_ns, size);
  if (spoilt_) return;
  std::copy_n(bytes.begin(), size, request_.begin() + static_cast<std::ptrdiff_t>(request_size_));
  request_size_ += size;
}

void RtuServer::end_request() {
  request_open_ = false;
  reply_size_ = reply_sent_ = 0;
  if (spoilt_ || request_size_ < 2 + kCrc || crc16(std::span(request_).first(request_size_)) != 0) return;
  const unsigned unit = request_[0];
  if (unit >= 1 && unit <= maps_.size()) answer(*maps_[unit - 1]);
}

void RtuServer::answer(RegisterMap& map) {
  const std::span<const std::uint8_t> request = std::span(request_).first(request_size_ - kCrc).subspan(1);
  const std::size_t size = answer_pdu(map, request, std::span(reply_).subspan(1, kMaxPdu));
  reply_[0] = faults_.unit(request_[0]);
  const std::uint16_t crc = crc16(std::span(reply_).first(1 + size));
  reply_[1 + size] = static_cast<std::uint8_t>(crc & 0xFFU);
  reply_[2 + size] = static_cast<std::uint8_t>(crc >> 8U);
  const std::size_t frame = 1 + size + kCrc;
  if (!faults_.pass(std::span(reply_).first(frame))) return;
  reply_size_ = frame;
  reply_starts_ns_ = line_.silent_at_ns() + static_cast<std::int64_t>(spec_.turnaround_us * 1e3);
  held_for_ns_ = faults_.delay_ns();
}

/// Everything of the answer that has been on the wire by now.
void RtuServer::send_part(std::int64_t now_ns) {
  const std::int64_t over = (now_ns - reply_starts_ns_) / line_.character_ns();
  const std::size_t arrived = std::min(reply_size_, static_cast<std::size_t>(std::max<std::int64_t>(0, over)));
  if (arrived > reply_sent_) {
    hand_on(std::span(reply_).subspan(reply_sent_, arrived - reply_sent_), now_ns);
    line_.carry(reply_starts_ns_ + static_cast<std::int64_t>(reply_sent_) * line_.character_ns(), arrived - reply_sent_);
    reply_sent_ = arrived;
  }
  if (reply_sent_ == reply_size_) reply_size_ = reply_sent_ = 0;
}

/// In order: behind what is held back already, if something is.
void RtuServer::hand_on(std::span<const std::uint8_t> bytes, std::int64_t now_ns) {
  if (held_for_ns_ > 0 || !held_.empty()) {
    held_.push_back({now_ns + held_for_ns_, {bytes.begin(), bytes.end()}});
  } else {
    write(bytes);
  }
}

void RtuServer::write(std::span<const std::uint8_t> bytes) const {
  if (pulled_) return;
  // A client that does not read its line loses what does not fit; waiting for it would stop the plant.
  [[maybe_unused]] const auto sent = ::write(master_, bytes.data(), bytes.size());
}

std::int64_t RtuServer::send_due(std::int64_t now_ns) {
  while (!held_.empty() && held_.front().due_ns <= now_ns) {
    write(held_.front().bytes);
    held_.pop_front();
  }
  return std::min(held_.empty() ? kNever : held_.front().due_ns, send_line(now_ns));
}

std::int64_t RtuServer::send_line(std::int64_t now_ns) {
  if (request_open_) {
    if (now_ns < line_.silent_at_ns()) return line_.silent_at_ns();
    end_request();
  }
  if (reply_size_ == 0) return kNever;
  send_part(now_ns);
  if (reply_size_ == 0) return kNever;
  const std::size_t next = std::min(reply_size_, reply_sent_ + kFifo);
  return reply_starts_ns_ + static_cast<std::int64_t>(next) * line_.character_ns();
}

}  // namespace sheave::sim
