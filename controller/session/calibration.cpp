#include "controller/session/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sheave::session {

namespace {

// A share of the range: people repeat light pulls to within a few centimetres, and a half pull is off by far more.
constexpr double kMaxSpread = 0.25;

template <typename Value, typename Pulls>
double median(const Pulls& pulls, Value value) {
  std::array<double, kCalibrationReps> values{};
  std::transform(pulls.begin(), pulls.end(), values.begin(), value);
  std::sort(values.begin(), values.end());
  return values[kCalibrationReps / 2];
}

template <typename Value, typename Pulls>
double spread(const Pulls& pulls, Value value) {
  double low = value(pulls.front()), high = low;
  for (const auto& pull : pulls) {
    low = std::min(low, value(pull));
    high = std::max(high, value(pull));
  }
  return high - low;
}

constexpr auto kStart = [](const auto& pull) { return pull.start_m; };
constexpr auto kPeak = [](const auto& pull) { return pull.peak_m; };

}  // namespace

Calibration::Calibration(std::size_t axis_count, double min_rom_m) : axis_count_(axis_count), min_rom_m_(min_rom_m) {}

bool Calibration::add(const Rep& rep) {
  if (!std::isfinite(rep.start_m) || !std::isfinite(rep.peak_m)) return false;
  bool all = true;
  for (std::size_t axis = 0; axis < axis_count_; ++axis) {
    std::vector<Pull>& pulls = pulls_[axis];
    const bool concerned = rep.axis == RepAxis::kBoth || static_cast<std::size_t>(rep.axis) == axis;
    if (concerned) {
      if (pulls.size() == kCalibrationReps) pulls.erase(pulls.begin());
      // The higher of its two low points: the lower one of a first or last pull is the handle's way from home or back.
      pulls.push_back({std::fmax(rep.start_m, rep.end_m), rep.peak_m});
    }
    all = agree(pulls) && all;
  }
  return all;
}

bool Calibration::agree(std::vector<Pull>& pulls) {
  if (pulls.size() < kCalibrationReps) return false;
  const double length_m = median(pulls, kPeak) - median(pulls, kStart);
  if (length_m < min_rom_m_) {
    problem_ = {"PULLS_SHORT",
                fmt::format("The pulls were {:.0f} cm long; pull the whole way, at least {:.0f} cm.", length_m * 100, min_rom_m_ * 100),
                {{"length_m", length_m}, {"least_m", min_rom_m_}}};
  } else if (const double apart_m = std::max(spread(pulls, kPeak), spread(pulls, kStart)); apart_m > kMaxSpread * length_m) {
    problem_ = {"PULLS_DIFFER",
                fmt::format("The pulls differed by {:.0f} cm; pull the same whole way each time.", apart_m * 100),
                {{"apart_m", apart_m}}};
  } else {
    problem_ = {};
    return true;
  }
  pulls.erase(pulls.begin());
  return false;
}

std::uint32_t Calibration::reps() const noexcept {
  std::size_t fewest = kCalibrationReps;
  for (std::size_t axis = 0; axis < axis_count_; ++axis) fewest = std::min(fewest, pulls_[axis].size());
  return static_cast<std::uint32_t>(fewest);
}

std::vector<Rom> Calibration::rom() const {
  std::vector<Rom> rom;
  for (std::size_t axis = 0; axis < axis_count_; ++axis) rom.push_back({median(pulls_[axis], kStart), median(pulls_[axis], kPeak)});
  return rom;
}

}  // namespace sheave::session
