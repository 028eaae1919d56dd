#include "tests/support/device_speeds.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "controller/control/motion_estimator.hpp"
#include "controller/core/units.hpp"
#include "tests/support/recordings.hpp"

namespace sheave::test {

namespace {

struct Point {
  double time_s, position_m;
};

/// Of a CSV of t_s, position_m, rep: the points of each rep, from rep 1.
std::vector<std::vector<Point>> read_reps(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<Point>> reps;
  while (std::getline(in, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    Point point{};
    double rep = 0.0;
    if (!(cells >> point.time_s >> point.position_m >> rep) || rep < 1.0) continue;
    reps.resize(std::max(reps.size(), static_cast<std::size_t>(rep)));
    auto& points = reps[static_cast<std::size_t>(rep) - 1];
    if (points.empty() || point.time_s > points.back().time_s) points.push_back(point);
  }
  return reps;
}

/// The rep as a drive would have shown it, through the shipped estimator.
void measure(const std::vector<Point>& points, DeviceRep& rep) {
  control::MotionEstimator estimator;
  double squares = 0.0, moved_m = 0.0, duration_s = 0.0;
  std::size_t at = 0;
  for (std::int64_t now_ns = 0;; now_ns += kNsPerMs) {
    const double time_s = points.front().time_s + seconds(now_ns);
    if (time_s > points.back().time_s) break;
    while (at + 2 < points.size() && points[at + 1].time_s <= time_s) ++at;
    hal::AxisState state;
    state.fresh = true;
    state.velocity_mps = (points[at + 1].position_m - points[at].position_m) / (points[at + 1].time_s - points[at].time_s);
    state.extension_m = points[at].position_m + state.velocity_mps * (time_s - points[at].time_s);
    state.sample_time_us = static_cast<std::uint32_t>(now_ns / 1000);
    const double speed_mps = estimator.update(state, now_ns, now_ns == 0 ? 0 : kNsPerMs).velocity_mps;
    squares += speed_mps * speed_mps * 1e-3;
    moved_m += speed_mps * 1e-3;
    duration_s += 1e-3;
    rep.ours_peak_mps = std::max(rep.ours_peak_mps, speed_mps);
  }
  rep.ours_mean_mps = squares / moved_m;
  rep.ours_mean_time_mps = moved_m / duration_s;
}

}  // namespace

std::vector<DeviceRep> device_reps() {
  std::vector<DeviceRep> all;
  for (const auto& set : recorded_sets()) {
    if (!set.contains("per_rep_truth") || !set.at("per_rep_truth").contains("openbarbell_device")) continue;
    const auto& said = set.at("per_rep_truth").at("openbarbell_device");
    const auto reps = read_reps(recorded_file(set.at("file")));
    for (std::size_t i = 0; i < reps.size() && i < said.at("mean_velocity_mps").size(); ++i) {
      if (reps[i].size() < 6 || said.at("rom_m")[i].is_null()) continue;
      DeviceRep rep;
      rep.mean_mps = said.at("mean_velocity_mps")[i];
      rep.peak_mps = said.at("peak_velocity_mps")[i];
      rep.missing_m = said.at("rom_m")[i].get<double>() - (reps[i].back().position_m - reps[i].front().position_m);
      if (rep.missing_m > 1.0) continue;  // a few were edited by hand: a range of 9001
      measure(reps[i], rep);
      all.push_back(rep);
    }
  }
  return all;
}

}  // namespace sheave::test
