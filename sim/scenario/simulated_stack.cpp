#include "sim/scenario/simulated_stack.hpp"

#include <algorithm>

namespace sheave::sim {

namespace {

constexpr std::int64_t kStep_ns = 1'000'000;

DriveRating rating_of(const VirtualStackConfig& config, std::size_t axis) {
  DriveRating rating = config.rating;
  rating.serial += static_cast<std::uint32_t>(axis);
  return rating;
}

}  // namespace

struct SimulatedStack::Axis {
  Axis(const VirtualStackConfig& config, std::size_t axis)
      : athlete(config.athlete, config.seed, 1.0 / static_cast<double>(config.axis_count)),
        rig(rating_of(config, axis), config.cable, athlete, 0) {}

  Athlete athlete;
  Rig rig;
};

SimulatedStack::SimulatedStack(const VirtualStackConfig& config) : config_(config) {
  config_.axis_count = std::clamp<std::size_t>(config.axis_count, 1, hal::kMaxAxes);
  for (std::size_t i = 0; i < config_.axis_count; ++i) axes_[i] = std::make_unique<Axis>(config_, i);
}

SimulatedStack::~SimulatedStack() = default;

Rig& SimulatedStack::rig(std::size_t axis) noexcept { return axes_[axis]->rig; }
const Rig& SimulatedStack::rig(std::size_t axis) const noexcept { return axes_[axis]->rig; }
Athlete& SimulatedStack::athlete(std::size_t axis) noexcept { return axes_[axis]->athlete; }

void SimulatedStack::run_to(std::int64_t time_ns) noexcept {
  for (time_ns_ = time_ns; next_step_ns_ + kStep_ns <= time_ns; next_step_ns_ += kStep_ns) {
    for (std::size_t i = 0; i < config_.axis_count; ++i) axes_[i]->rig.step(panel_);
  }
}

}  // namespace sheave::sim
