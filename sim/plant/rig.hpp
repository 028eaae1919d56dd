#pragma once
// One cable of the machine, whole: drive, mechanics, and the hand at the end of it. The unit that the Modbus server and the
// virtual stack both step.

#include <cstdint>

#include "sim/plant/cable.hpp"
#include "sim/plant/drive.hpp"
#include "sim/plant/hand.hpp"

namespace sheave::sim {

class Rig {
 public:
  /// `hand` outlives the rig.
  Rig(const DriveRating& rating, const CableParams& cable, Hand& hand, std::uint32_t first_sample_us) noexcept
      : drive_(rating, first_sample_us), cable_(cable), hand_(hand) {}

  /// One period of kStep_s: sense, drive, person, mechanics.
  void step(const Panel& panel) noexcept;

  Drive& drive() noexcept { return drive_; }
  const Drive& drive() const noexcept { return drive_; }
  const CableState& cable() const noexcept { return cable_.state(); }
  const Hand& hand() const noexcept { return hand_; }

 private:
  Drive drive_;
  Cable cable_;
  Hand& hand_;
};

}  // namespace sheave::sim
