#pragma once
// A simulated machine in virtual time behind hal::CableStack: drives, cables and the hands of one athlete. How commands and samples come
// and go is the derived class's: as values (virtual_stack.hpp), or over the shipped links (wire_stack.hpp).

#include <array>
#include <cstdint>
#include <memory>

#include "hal/cable_stack.hpp"
#include "sim/athlete/athlete.hpp"
#include "sim/plant/rig.hpp"

namespace sheave::sim {

struct VirtualStackConfig {
  std::size_t axis_count = 1;
  std::int64_t period_ns = 1'000'000;  ///< Control period; the drive goes on at 1 kHz.
  AthleteSpec athlete;
  std::uint64_t seed = 1;
  DriveRating rating;
  DriveConfig drive;
  CableParams cable;
};

/// Not thread-safe; all on one thread.
class SimulatedStack : public hal::CableStack {
 public:
  explicit SimulatedStack(const VirtualStackConfig& config);
  ~SimulatedStack() override;

  /// One period in which nothing reached the drives: their watchdogs run on.
  virtual void pass() noexcept = 0;
  /// No command reaches some drive, by a fault that was injected below this interface.
  virtual bool silent() const noexcept { return false; }

  /// Virtual time since construction.
  std::int64_t time_ns() const noexcept { return time_ns_; }

  // The witness, and the hands that inject faults.
  Rig& rig(std::size_t axis) noexcept;
  const Rig& rig(std::size_t axis) const noexcept;
  Athlete& athlete(std::size_t axis) noexcept;
  hal::Lamp lamp() const noexcept { return panel_.lamp; }

 protected:
  /// Steps every drive, cable and hand until `time_ns`.
  void run_to(std::int64_t time_ns) noexcept;

  static constexpr std::int64_t kBoot_ns = 60'000'000;  ///< Of a drive, from power-on to its first answer.

  VirtualStackConfig config_;
  Panel panel_;

 private:
  struct Axis;
  std::array<std::unique_ptr<Axis>, hal::kMaxAxes> axes_;
  std::int64_t time_ns_ = 0, next_step_ns_ = 0;
};

}  // namespace sheave::sim
