#include "controller/session/identification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "controller/control/self_test.hpp"

namespace sheave::session {

namespace {

constexpr double kSettled = 0.5;  // of each load's time; before it the force is still on its way
constexpr double kSameLoad_n = 0.05;
constexpr std::size_t kFewestReadings = 5;  // ticks of one load: 100 Hz and half a second leave 50
constexpr double kFrom_mps = 0.05, kBottom_m = 0.10;
constexpr double kSlope_s = 0.02;
constexpr double kSlowing_mps2 = -0.1;
constexpr std::size_t kFewestTicks = 50;
// What a machine may have, and how well runs have to agree. A hand that carries the handle is off by tens of newtons.
constexpr double kFrictionMost_n = 60.0, kViscousMost_nspm = 60.0, kMassLeast_kg = 0.05, kMassMost_kg = 30.0;
constexpr double kResidualMost_n = 3.0, kSpreadMost = 0.15, kSpreadFloor_n = 1.0;

struct Row {
  double speed_mps, acceleration_mps2, tension_n;
};
using Run = std::vector<Row>;

Status unclear(const std::string& why) {
  return Status::error(StatusCode::kAborted, "SELF_TEST_UNCLEAR", why + " Nothing was changed; test again.");
}

/// The ten loads, in the order in which they were asked for.
std::vector<ForceReading> read_loads(const std::vector<TestSample>& samples) {
  std::vector<ForceReading> readings;
  std::size_t from = 0;
  for (const double load_n : control::kSelfTestLoads_n) {
    const std::size_t index = readings.size();
    const bool again = index > 0 && control::kSelfTestLoads_n[index - 1] == load_n;  // the turn: the same load twice, one long stretch
    std::size_t begin = from;
    while (!again && begin < samples.size() && std::abs(samples[begin].commanded_n - load_n) > kSameLoad_n) ++begin;
    std::size_t end = begin;
    while (end < samples.size() && samples[end].phase == Phase::kRest && std::abs(samples[end].commanded_n - load_n) <= kSameLoad_n) ++end;
    const bool twice = index + 1 < control::kSelfTestLoads_n.size() && control::kSelfTestLoads_n[index + 1] == load_n;
    if (twice) end = begin + (end - begin) / 2;
    const std::size_t settled = begin + static_cast<std::size_t>(kSettled * static_cast<double>(end - begin));
    if (end < settled + kFewestReadings) return {};
    double sum_n = 0.0;
    for (std::size_t i = settled; i < end; ++i) sum_n += samples[i].tension_n;
    readings.push_back({load_n, sum_n / static_cast<double>(end - settled), 2 * index < control::kSelfTestLoads_n.size()});
    from = end;
  }
  return readings;
}

void judge_loads(CableTest& test) {
  const auto count = static_cast<double>(test.readings.size());
  double sum = 0.0, squares = 0.0;
  for (const ForceReading& reading : test.readings) {
    const double error = reading.measured_n / reading.commanded_n - 1.0;
    sum += error;
    squares += error * error;
  }
  const double mean = sum / count;
  test.bias_percent = 100.0 * mean;
  test.cv_percent = 100.0 * std::sqrt(std::max(0.0, (squares - count * mean * mean) / (count - 1.0)));
}

std::vector<Run> find_runs(const std::vector<TestSample>& samples) {
  std::vector<Run> runs;
  bool running = false;
  std::size_t before = 0, after = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const TestSample& now = samples[i];
    const bool on_run = now.phase == Phase::kEccentric;
    if (on_run && !running) runs.emplace_back();
    running = on_run;
    if (!on_run || now.extension_m < kBottom_m || now.velocity_mps > -kFrom_mps) continue;
    while (samples[before].time_s < now.time_s - kSlope_s) ++before;
    while (after + 1 < samples.size() && samples[after].time_s < now.time_s + kSlope_s) ++after;
    const double apart_s = samples[after].time_s - samples[before].time_s;
    const double acceleration_mps2 = -(samples[after].velocity_mps - samples[before].velocity_mps) / apart_s;  // toward the machine
    if (acceleration_mps2 > kSlowing_mps2) runs.back().push_back({-now.velocity_mps, acceleration_mps2, now.tension_n});
  }
  return runs;
}

/// Least squares of tension over (1, speed, acceleration) by the normal equations: three unknowns, thousands of rows. False where the
/// runs hold no such line.
bool fit(const std::vector<Run>& runs, std::array<double, 3>& line) {
  std::array<std::array<double, 4>, 3> m{};
  for (const Run& run : runs) {
    for (const Row& row : run) {
      const std::array<double, 4> x{1.0, row.speed_mps, row.acceleration_mps2, row.tension_n};
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 4; ++j) m[i][j] += x[i] * x[j];
      }
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {  // Gauss-Jordan; symmetric and positive definite, so no pivoting
    if (!(m[i][i] > 1e-9)) return false;
    for (std::size_t k = 0; k < 3; ++k) {
      if (k == i) continue;
      const double factor = m[k][i] / m[i][i];
      for (std::size_t j = i; j < 4; ++j) m[k][j] -= factor * m[i][j];
    }
  }
  for (std::size_t i = 0; i < 3; ++i) line[i] = m[i][3] / m[i][i];
  return true;
}

/// Residual of the line and the spread of the friction between the runs.
void judge_runs(const std::vector<Run>& runs, CableTest& test) {
  double squares = 0.0, rows = 0.0, sum_n = 0.0, sum_squares = 0.0;
  for (const Run& run : runs) {
    double friction_n = 0.0;
    for (const Row& row : run) {
      const double left_n = row.tension_n - test.drag.viscous_nspm * row.speed_mps - test.drag.moving_mass_kg * row.acceleration_mps2;
      friction_n += left_n / static_cast<double>(run.size());
      squares += (left_n - test.drag.friction_n) * (left_n - test.drag.friction_n);
      rows += 1.0;
    }
    sum_n += friction_n;
    sum_squares += friction_n * friction_n;
  }
  const auto count = static_cast<double>(runs.size());
  const double mean_n = sum_n / count;
  const double spread_n = std::sqrt(std::max(0.0, (sum_squares - count * mean_n * mean_n) / (count - 1.0)));
  test.runs = static_cast<std::uint32_t>(runs.size());
  test.residual_n = std::sqrt(squares / rows);
  test.friction_cv_percent = 100.0 * spread_n / std::max(kSpreadFloor_n, std::abs(mean_n));
}

}  // namespace

Result<CableTest> identify(const std::vector<TestSample>& samples) {
  CableTest test;
  test.readings = read_loads(samples);
  if (test.readings.empty()) return unclear("The loads at rest could not be read; keep away from the handle until the lamp asks for it.");
  judge_loads(test);

  const std::vector<Run> runs = find_runs(samples);
  const bool enough = runs.size() == control::kSelfTestRuns &&
                      std::all_of(runs.begin(), runs.end(), [](const Run& run) { return run.size() >= kFewestTicks; });
  std::array<double, 3> line{};
  if (!enough || !fit(runs, line)) return unclear("The cable did not run home freely; let go of the handle when it is out and still.");
  test.drag = {line[0], std::max(0.0, line[1]), line[2]};
  judge_runs(runs, test);
  const bool sane =
      line[0] >= 0.0 && line[0] <= kFrictionMost_n && line[1] <= kViscousMost_nspm && line[2] >= kMassLeast_kg && line[2] <= kMassMost_kg;
  if (!sane || test.residual_n > kResidualMost_n || test.friction_cv_percent > 100.0 * kSpreadMost) {
    return unclear(
        fmt::format("The runs make no sense together ({:.1f} N of friction +- {:.0f} %, {:.1f} kg, {:.1f} N left over): was a "
                    "hand on the handle, or does the cable rub?",
                    line[0], test.friction_cv_percent, line[2], test.residual_n));
  }
  return test;
}

}  // namespace sheave::session
