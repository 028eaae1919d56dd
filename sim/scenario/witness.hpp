#pragma once
// What a set was by the plant and by the person's own count, with nothing of the controller in it but the names of its states.

#include <cstdint>
#include <vector>

#include "controller/safety/states.hpp"
#include "sim/plant/cable.hpp"
#include "sim/plant/hand.hpp"

namespace sheave::sim {

/// One loaded set, from ENGAGE to the end of UNLOAD. Forces summed over the cables.
struct SetTruth {
  std::uint32_t reps = 0;           ///< Whole pulls, as the person counted them.
  double mean_pull_motor_n = 0.0;   ///< The motor's force while the handle went out, mean over time.
  double mean_pull_hand_n = 0.0;    ///< What the hand felt meanwhile.
  double mean_return_hand_n = 0.0;  ///< And on the way back.
  double most_hand_n = 0.0;
  double steepest_hand_nps = 0.0;  ///< Fastest rise of what the hand felt, over 10 ms.
  double highest_m = 0.0;
  double strength_before_n = 0.0, strength_after_n = 0.0;
  double active_s = 0.0;
};

/// One per machine; told of every period.
class Witness {
 public:
  /// @param axis_count cables that are summed.
  void watch(safety::MachineState state, const CableState* cables, std::size_t axis_count, const Truth& person);

  /// Finished sets, oldest first.
  const std::vector<SetTruth>& sets() const noexcept { return sets_; }

 private:
  void begin(const Truth& person) noexcept;
  void end();

  std::vector<SetTruth> sets_;
  SetTruth now_;
  bool running_ = false;
  double pull_s_ = 0.0, return_s_ = 0.0;
  double window_start_n_ = 0.0;
  int window_ms_ = 0;
};

}  // namespace sheave::sim
