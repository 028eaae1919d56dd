#include "tests/support/fake_serial_line.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace sheave::test {
namespace {

/// Of the request that begins here; 0 where that cannot be told yet.
std::size_t request_size(const Bytes& bytes) {
  if (bytes.size() < 8) return 0;
  if (bytes[1] == 16) return 9U + bytes[6];
  if (bytes[1] == 23) return bytes.size() < 11 ? 0 : 13U + bytes[10];
  return 8;
}

}  // namespace

std::uint16_t rtu_crc(const Bytes& bytes) {
  unsigned crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xA001U : crc >> 1U;
  }
  return static_cast<std::uint16_t>(crc);
}

Bytes rtu_frame(Bytes frame) {
  const std::uint16_t crc = rtu_crc(frame);
  frame.push_back(static_cast<std::uint8_t>(crc));
  frame.push_back(static_cast<std::uint8_t>(crc >> 8));
  return frame;
}

FakeSerialLine::FakeSerialLine(std::vector<FakeDrive*> drives) : drives_(std::move(drives)) {
  master_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  char name[64];
  if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0 || ::ptsname_r(master_, name, sizeof name) != 0)
    throw std::runtime_error("fake serial line: no pseudo terminal");
  path_ = name;
  slave_ = ::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios raw{};
  ::tcgetattr(slave_, &raw);
  ::cfmakeraw(&raw);
  ::tcsetattr(slave_, TCSANOW, &raw);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { run(); });
}

FakeSerialLine::~FakeSerialLine() {
  stop_ = true;
  ::eventfd_write(wake_, 1);
  thread_.join();
  for (const int fd : {slave_, master_, wake_}) ::close(fd);
}

void FakeSerialLine::set_hook(Hook hook) {
  const std::lock_guard lock(mutex_);
  hook_ = std::move(hook);
}

void FakeSerialLine::say(const Bytes& bytes) {
  if (!bytes.empty() && ::write(master_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("fake serial line: full");
}

void FakeSerialLine::run() {
  Bytes buffer;
  for (;;) {
    pollfd waiting[] = {{master_, POLLIN, 0}, {wake_, POLLIN, 0}};
    ::poll(waiting, 2, -1);
    if (stop_) return;
    std::uint8_t chunk[512];
    const auto got = ::read(master_, chunk, sizeof chunk);
    if (got <= 0) return;
    buffer.insert(buffer.end(), chunk, chunk + got);
    for (std::size_t size = request_size(buffer); size != 0 && buffer.size() >= size; size = request_size(buffer)) {
      serve(Bytes(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)));
      buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    }
  }
}

void FakeSerialLine::serve(const Bytes& request) {
  if (rtu_crc(request) != 0 || request[0] < 1 || request[0] > drives_.size()) return;
  const std::size_t length = request.size() - 2;
  Bytes mbap(6 + length);
  mbap[5] = static_cast<std::uint8_t>(length);  // never above 255 on a serial line
  std::copy_n(request.begin(), length, mbap.begin() + 6);
  bool close = false;
  const Bytes answer = drives_[request[0] - 1U]->turn(mbap, close);
  Bytes reply;
  if (answer.size() > 6) reply = rtu_frame(Bytes(answer.begin() + 6, answer.end()));
  {
    const std::lock_guard lock(mutex_);
    if (hook_) hook_(request, reply);
  }
  say(reply);
}

}  // namespace sheave::test
