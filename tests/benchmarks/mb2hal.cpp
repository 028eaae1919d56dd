#include "tests/benchmarks/mb2hal.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "hal/modbus/clock.hpp"

namespace sheave::bench {
namespace {

using hal::modbus::monotonic_now_ns;

std::string transaction(int number, const char* code, int first, int count, int port) {
  char text[512];
  std::snprintf(text, sizeof text,
                "[TRANSACTION_%02d]\nMB_TX_CODE=%s\nFIRST_ELEMENT=%d\nNELEMENTS=%d\nLINK_TYPE=tcp\nTCP_IP=127.0.0.1\nTCP_PORT=%d\n"
                "MB_SLAVE_ID=1\nMAX_UPDATE_RATE=0.0\nMB_RESPONSE_TIMEOUT_MS=500\nMB_BYTE_TIMEOUT_MS=500\nDEBUG=0\n",
                number, code, first, count, port);
  return text;
}

// Slept through, so that nothing of ours keeps a processor awake for it.
constexpr std::int64_t kBlock_ns = 4 * hal::modbus::kNsPerMs;

}  // namespace

std::unique_ptr<Mb2hal> Mb2hal::start(std::uint16_t port) {
  if (std::system("command -v mb2hal >/dev/null") != 0) return nullptr;
  char path[] = "/tmp/sheave-mb2hal-XXXXXX";
  const int file = ::mkstemp(path);
  const std::string text = "[MB2HAL_INIT]\nINIT_DEBUG=0\nVERSION=1.1\nHAL_MODULE_NAME=sheave" + std::to_string(::getpid()) +
                           "\nSLOWDOWN=0.0\nTOTAL_TRANSACTIONS=2\n" +
                           transaction(0, "fnct_16_write_multiple_registers", 0x0000, kWritten, port) +
                           transaction(1, "fnct_03_read_holding_registers", 0x0100, kRead, port);
  if (file < 0 || ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) die("cannot write mb2hal's configuration");
  ::close(file);
  const std::string argument = "config=" + std::string(path);
  const pid_t child = ::fork();
  if (child < 0) die("cannot fork");
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nothing, STDOUT_FILENO);
    ::execlp("mb2hal", "mb2hal", argument.c_str(), nullptr);
    ::_exit(127);
  }
  return std::unique_ptr<Mb2hal>(new Mb2hal(child, path));
}

Mb2hal::~Mb2hal() {
  ::kill(child_, SIGTERM);  // it takes its name out of HAL's memory by itself, which outlives it
  ::kill(child_, SIGCONT);
  ::waitpid(child_, nullptr, 0);
  ::unlink(config_.c_str());
}

double Mb2hal::block_us(const Responder& responder) {
  const timespec block{0, kBlock_ns};
  if (::kill(child_, SIGCONT) != 0) die("mb2hal has ended");
  for (int tries = 0; responder.pairs() == 0; ++tries) {  // it has yet to connect
    if (tries * kBlock_ns > 5 * hal::modbus::kNsPerS) die("mb2hal does not ask");
    ::nanosleep(&block, nullptr);
  }
  const std::uint64_t before = responder.pairs();
  const std::int64_t begin_ns = monotonic_now_ns();
  ::nanosleep(&block, nullptr);
  const std::uint64_t done = responder.pairs() - before;
  const auto passed_us = static_cast<double>(monotonic_now_ns() - begin_ns) / 1e3;
  ::kill(child_, SIGSTOP);
  return done == 0 ? passed_us : passed_us / static_cast<double>(done);
}

}  // namespace sheave::bench
