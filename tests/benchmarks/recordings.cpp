// Recorded human movement, a line per source: reps counted of those that are there, as recorded and as a slow link shows them; and speeds
// against a device's own.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "controller/control/replay.hpp"
#include "tests/benchmarks/figure.hpp"
#include "tests/support/device_speeds.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace sheave;

struct Source {
  unsigned sets = 0, reps = 0, counted = 0, exact = 0, exact_slow = 0;
};

unsigned count(const test::Scored& set, std::int64_t period_ns) {
  const auto result = control::replay({.csv_file = test::recorded_file(set.file),
                                       .flip = set.flip,
                                       .min_rom_m = set.min_rom_m,
                                       .exercise = nullptr,
                                       .period_ns = period_ns});
  return result ? result->counted : 9999;
}

void print_speed(const char* name, std::vector<double> errors, double limit, const char* reference) {
  std::vector<double> sizes = errors;
  for (double& size : sizes) size = std::abs(size);
  const double median_size = bench::percentile(sizes, 0.5);
  fmt::print(stderr, "{:<34} {:>4} reps: median {:+.1f} %, median size {:.1f} %\n", name, errors.size(),
             100 * bench::percentile(errors, 0.5), 100 * median_size);
  bench::print_figure(name, median_size, "1", limit, reference);
}

}  // namespace

int main() {
  std::map<std::string, Source> sources;
  unsigned sets = 0, exact = 0;
  for (const test::Scored& set : test::scored()) {
    Source& source = sources[set.source];
    const unsigned counted = count(set, kNsPerMs);
    ++source.sets, ++sets;
    source.reps += set.reps, source.counted += counted;
    source.exact += counted == set.reps, exact += counted == set.reps;
    source.exact_slow += count(set, 10 * kNsPerMs) == set.reps;
  }
  fmt::print(stderr, "{:<46} {:>4} {:>5} {:>7} {:>6} {:>9}\n", "source", "sets", "reps", "counted", "exact", "at 100 Hz");
  for (const auto& [name, s] : sources)
    fmt::print(stderr, "{:<46} {:>4} {:>5} {:>7} {:>6} {:>9}\n", name, s.sets, s.reps, s.counted, s.exact, s.exact_slow);
  bench::print_figure("recordings_counted_exactly_share", static_cast<double>(exact) / std::max(sets, 1u), "1", 1.0,
                      "true counts of the recordings' manifest");
  std::vector<double> means, peaks;
  for (const test::DeviceRep& rep : test::device_reps()) {
    means.push_back(rep.ours_mean_mps / rep.mean_mps - 1.0);
    peaks.push_back(rep.ours_peak_mps / rep.peak_mps - 1.0);
  }
  print_speed("recordings_mean_speed_error", means, 0.05, "OpenBarbell's own mean over distance");
  print_speed("recordings_peak_speed_error", peaks, 0.05, "OpenBarbell's own peak over one tick; recorded is its average over 16");
  return 0;
}
