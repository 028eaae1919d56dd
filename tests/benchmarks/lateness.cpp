// How late the control loop's thread wakes at 1 kHz under full processor load, against cyclictest in interleaved blocks of the same run.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "controller/rt/periodic_thread.hpp"
#include "tests/benchmarks/figure.hpp"

namespace {

using namespace sheave;

constexpr std::int64_t kPeriod_ns = 1'000'000;
constexpr int kBlocks = 10;
constexpr int kHistogram_us = 5000;

/// Keeps every core busy with ordinary priority while it lives.
class FullLoad {
 public:
  FullLoad() {
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
      const pid_t pid = fork();
      if (pid == 0) {
        volatile unsigned spin = 0;  // volatile: the loop is the work
        for (;;) {
          const unsigned next = spin + 1;
          spin = next;
        }
      }
      children_.push_back(pid);
    }
  }
  ~FullLoad() {
    for (const pid_t pid : children_) {
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, 0);
    }
  }
  FullLoad(const FullLoad&) = delete;
  FullLoad& operator=(const FullLoad&) = delete;

 private:
  std::vector<pid_t> children_;
};

class Recorder final : public rt::PeriodicTask {
 public:
  explicit Recorder(std::size_t periods) { late_us_.reserve(periods); }
  bool run(const rt::Period& period, const rt::PeriodicSchedule&) noexcept override {
    late_us_.push_back(static_cast<double>(period.now_ns - period.release_ns) * 1e-3);
    return late_us_.size() < late_us_.capacity();
  }
  const std::vector<double>& late_us() const { return late_us_; }

 private:
  std::vector<double> late_us_;
};

void append_own_block(int block_s, std::vector<double>& late_us) {
  rt::MonotonicClock clock;
  Recorder recorder(static_cast<std::size_t>(block_s) * 1000);
  rt::PeriodicThread thread;
  rt::PeriodicConfig config;
  config.period_ns = kPeriod_ns;
  if (!thread.start(config, clock, recorder)) std::exit(1);
  thread.join();
  late_us.insert(late_us.end(), recorder.late_us().begin(), recorder.late_us().end());
}

/// cyclictest's histogram of one block, unrolled. Its resolution is one microsecond.
void append_cyclictest_block(int block_s, std::vector<double>& late_us) {
  const std::string command =
      "cyclictest -q -t1 -p80 -m -i1000 -D" + std::to_string(block_s) + " -h" + std::to_string(kHistogram_us) + " 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  char line[256];
  int us = 0;
  long count = 0;
  while (pipe != nullptr && std::fgets(line, sizeof line, pipe) != nullptr) {
    if (line[0] != '#' && std::sscanf(line, "%d %ld", &us, &count) == 2) {
      late_us.insert(late_us.end(), static_cast<std::size_t>(count), us + 0.5);
    }
  }
  if (pipe == nullptr || pclose(pipe) != 0 || late_us.empty()) {
    std::fputs("bench lateness: cyclictest gave no figures (Debian package rt-tests; needs the right to SCHED_FIFO)\n", stderr);
    std::exit(1);
  }
}

}  // namespace

int main() {
  const int block_s = std::getenv("SHEAVE_FULL") != nullptr ? 60 : 4;
  const FullLoad load;
  std::vector<double> own;
  std::vector<double> reference;
  double worst_block = 0.0;  // cyclictest's own p99.9 varies this much from block to block
  double best_block = 1e9;
  for (int block = 0; block < kBlocks; ++block) {
    append_own_block(block_s, own);
    std::vector<double> one;
    append_cyclictest_block(block_s, one);
    reference.insert(reference.end(), one.begin(), one.end());
    const double p999 = bench::percentile(one, 0.999);
    worst_block = std::max(worst_block, p999);
    best_block = std::min(best_block, p999);
  }
  const char* against = "cyclictest, interleaved blocks of the same run, all cores busy";
  bench::print_figure("lateness.median", bench::percentile(own, 0.5) / bench::percentile(reference, 0.5), "ratio", 1.25, against);
  bench::print_figure("lateness.p99", bench::percentile(own, 0.99) / bench::percentile(reference, 0.99), "ratio", 1.25, against);
  bench::print_figure("lateness.p999", bench::percentile(own, 0.999) / worst_block, "ratio", 1.0,
                      "the worst p99.9 of cyclictest's own blocks");
  bench::print_figure("lateness.p99_us", bench::percentile(own, 0.99), "us", 0, "absolute, no goal");
  return 0;
}
