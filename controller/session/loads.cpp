#include "controller/session/loads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "controller/safety/policy.hpp"

namespace sheave::session {

namespace {
// Of a step: what rounding to grams in another unit may have cost, far less than a step a person means.
constexpr double kTolerance = 0.01;
}  // namespace

LoadGrid::LoadGrid(const Machine& machine, double peak_force_n)
    : cables_(std::max<std::size_t>(1, machine.cable_count)), increment_kg_(machine.increment_kg) {
  const double cables = static_cast<double>(cables_);
  min_kg_ = std::ceil(kg_from_newton(safety::kTakeUp_n) * cables / increment_kg_ - kTolerance) * increment_kg_;
  const double drive_kg = kg_from_newton(peak_force_n) * cables;
  max_kg_ = std::floor(std::min(machine.load_max_total_kg, drive_kg) / increment_kg_ + kTolerance) * increment_kg_;
}

Result<double> LoadGrid::check(double total_kg) const {
  if (!std::isfinite(total_kg)) {
    return Status::error(StatusCode::kInvalidArgument, "LOAD_NOT_A_STEP",
                         fmt::format("the load is no number; give one from {:g} to {:g} kg", min_kg_, max_kg_));
  }
  if (total_kg > max_kg_ + kTolerance * increment_kg_) {
    return Status::error(
        StatusCode::kInvalidArgument, "LOAD_ABOVE_LIMIT",
        fmt::format("{:g} kg is above this machine's limit of {:g} kg; choose {:g} kg or less", total_kg, max_kg_, max_kg_));
  }
  if (total_kg < min_kg_ - kTolerance * increment_kg_) {
    return Status::error(StatusCode::kInvalidArgument, "LOAD_NOT_A_STEP",
                         fmt::format("{:g} kg is below the least this machine sets; choose {:g} kg or more", total_kg, min_kg_));
  }
  const double steps = total_kg / increment_kg_;
  const double nearest = std::round(steps);
  if (std::abs(steps - nearest) > kTolerance) {
    const double below = std::floor(steps) * increment_kg_;
    return Status::error(StatusCode::kInvalidArgument, "LOAD_NOT_A_STEP",
                         fmt::format("{:g} kg is no whole multiple of {:g} kg; choose {:g} or {:g} kg", total_kg, increment_kg_,
                                     std::max(below, min_kg_), std::min(below + increment_kg_, max_kg_)));
  }
  return nearest * increment_kg_;
}

double LoadGrid::at_most(double total_kg) const noexcept {
  const double steps = std::floor(total_kg / increment_kg_ + kTolerance);
  return std::clamp(steps * increment_kg_, min_kg_, max_kg_);
}

}  // namespace sheave::session
