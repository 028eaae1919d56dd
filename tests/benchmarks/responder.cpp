#include "tests/benchmarks/responder.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

namespace sheave::bench {
namespace {

int listen_anywhere(std::uint16_t& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* where = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || ::bind(fd, where, size) != 0 || ::listen(fd, 8) != 0 || ::getsockname(fd, where, &size) != 0) die("cannot listen");
  port = ntohs(address.sin_port);
  return fd;
}

class Registers {
 public:
  explicit Registers(Asked& asked) : asked_(asked) {
    const std::array<std::uint16_t, 11> identity{0x4B44, 1, 0, 1, 0x000B, 0x71B0, 0x000F, 0x4240, 3000, 0x0026, 0x25A0};
    for (std::size_t i = 0; i < identity.size(); ++i) put(0x0300 + i, identity[i]);
    put(0x0101, 0x0240);
  }

  /// Answers the frame in `in`; returns the bytes put into `out`.
  std::size_t answer(const std::uint8_t* in, std::uint8_t* out) {
    const auto word = [&](std::size_t at) { return static_cast<std::size_t>(in[at] << 8 | in[at + 1]); };
    std::memcpy(out, in, 12);
    std::size_t size = 12;  // of a write's confirmation
    if (in[7] == 16) ++asked_.writes;
    if (in[7] == 3) ++asked_.reads;
    if (in[7] == 16) std::memcpy(&memory_[2 * word(8)], in + 13, 2 * word(10));
    if (in[7] == 23) {
      std::memcpy(&memory_[2 * word(12)], in + 17, 2 * word(14));
      std::memcpy(&memory_[2 * 0x0100], &memory_[0], 2);  // the echo
    }
    if (in[7] == 3 || in[7] == 23) {
      const std::size_t bytes = 2 * word(10);
      out[8] = static_cast<std::uint8_t>(bytes);
      std::memcpy(out + 9, &memory_[2 * word(8)], bytes);
      size = 9 + bytes;
    }
    out[4] = 0;
    out[5] = static_cast<std::uint8_t>(size - 6);
    return size;
  }

 private:
  void put(std::size_t at, std::uint16_t value) {
    memory_[2 * at] = static_cast<std::uint8_t>(value >> 8);
    memory_[2 * at + 1] = static_cast<std::uint8_t>(value);
  }
  std::array<std::uint8_t, 2 * 0x0500> memory_{};
  Asked& asked_;
};

/// Whoever asks and who answers on a processor each, as a drive has its own: left to the scheduler they share one or not, and the same
/// exchange takes 6 us or 18.
void stay_on(std::size_t which) {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < 2) return;
  for (int processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (!CPU_ISSET(processor, &allowed) || which-- > 0) continue;
    cpu_set_t mine;
    CPU_ZERO(&mine);
    CPU_SET(processor, &mine);
    ::sched_setaffinity(0, sizeof mine, &mine);
    return;
  }
}

/// Serves until the parent ends. Each request is one segment here, so one recv() is one frame or several whole ones.
[[noreturn]] void respond(int listener, Asked& asked) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Registers registers(asked);
  std::vector<pollfd> open{{listener, POLLIN, 0}};
  std::array<std::uint8_t, 2048> in{};
  std::array<std::uint8_t, 512> out{};
  for (;;) {
    if (::poll(open.data(), open.size(), -1) <= 0) continue;
    for (std::size_t i = 1; i < open.size(); ++i) {
      if (open[i].revents == 0) continue;
      const auto got = ::recv(open[i].fd, in.data(), in.size(), 0);
      if (got <= 0) open[i].fd = -1;
      for (long at = 0; at + 8 <= got; at += 6 + in[static_cast<std::size_t>(at) + 5]) {
        const std::size_t size = registers.answer(&in[static_cast<std::size_t>(at)], out.data());
        if (::send(open[i].fd, out.data(), size, MSG_NOSIGNAL) < 0) open[i].fd = -1;
      }
    }
    if (open[0].revents == 0) continue;
    const int fd = ::accept(listener, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    open.push_back({fd, POLLIN, 0});
  }
}

}  // namespace

void die(const char* what) {
  std::fprintf(stderr, "cycle: %s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

Responder::Responder() {
  void* shared = ::mmap(nullptr, sizeof(Asked), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) die("cannot share memory");
  asked_ = new (shared) Asked;
  const int listener = listen_anywhere(port_);
  child_ = ::fork();
  if (child_ < 0) die("cannot fork");
  if (child_ == 0) {
    stay_on(1);
    respond(listener, *asked_);
  }
  stay_on(0);
  ::close(listener);
}

Responder::~Responder() {
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  ::munmap(asked_, sizeof(Asked));
}

}  // namespace sheave::bench
