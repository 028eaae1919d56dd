#pragma once
// Judges every period of a simulated run by the invariants of protection, from what was sent to the drives and what the plant then
// did. Written from the specification alone, with constants of its own: it shares no code and no number with safety/, so that an
// error there cannot excuse itself here. (`MachineState` is a name for what was claimed, not how it was come by.)
//
//   I1  commanded force finite, >= 0, at most what the state and the set allow
//   I2  it rises no faster than the state allows
//   I3  while a load is taken off it never rises, and after that only to take-up, until the next READY
//   I4  the cable never runs in faster than the cap and 0.25 m/s
//   I5  the plant reacts in time: to a silent link, to safe torque off, to a handle let go
//   I6  above 50 N only in a loaded state, with a session
//   I7  no torque before the self-test, and none rising on a drive whose settings are not known
//   I10 a Stop takes the machine out of the loaded states at once
//   I11 a set's load never rises while it is on
//   I13 the motor's own force is at most 30 N within 400 ms of a Stop
//   I15 born powerless; loaded states only by way of READY and ENGAGE
// I8 and I12 are not a tick's: the scenario tests jump the wall clock, and count exchanges and frames.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "controller/safety/states.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::sim {

/// What a witness beside the machine sees of one cable.
struct PlantSample {
  double motor_force_n = 0.0;
  double drum_mps = 0.0;
  double extension_m = 0.0;
  bool handle_free = false;  ///< No hand on it.
  bool sto = false;
};

/// One period: what was sent, on whose claim, and the plant at its end.
struct OracleSample {
  std::int64_t now_ns = 0;
  safety::MachineState state = safety::MachineState::kBoot;  ///< In which the commands were made.
  bool session_open = false;
  bool verified = false;
  bool link_silent = false;  ///< No command reached the drives.
  bool stop = false;         ///< Somebody pressed Stop since the last sample.
  double set_load_n = 0.0;   ///< Per cable, as the session says; 0: none.
  double set_most_n = 0.0;   ///< What the program may ask per cable, where a profile makes a force of its own; 0: a share of the load.
  double own_force_n = 0.0;  ///< On top of that share: what the program's file lets its profiles make by themselves, per cable.
  std::size_t axis_count = 1;
  std::array<hal::AxisCommand, hal::kMaxAxes> commands{};
  std::array<PlantSample, hal::kMaxAxes> plant{};
};

struct Violation {
  int invariant = 0;
  std::int64_t time_ns = 0;
  std::string text;
};

class Oracle {
 public:
  /// @param force_max_n per cable, as built. @param retract_cap_mps the machine's.
  Oracle(double force_max_n, double retract_cap_mps, double period_s)
      : force_max_n_(force_max_n), retract_cap_mps_(retract_cap_mps), period_s_(period_s) {}

  void judge(const OracleSample& sample);

  /// The first ones; more are only counted.
  const std::vector<Violation>& violations() const noexcept { return violations_; }
  std::uint64_t violation_count() const noexcept { return count_; }

 private:
  struct Axis {
    double commanded_n = 0.0;
    std::int64_t free_ns = -1;       // how long no hand has been on the handle
    double free_n = 0.0;             // what was commanded when it was let go
    std::int64_t sto_ns = -1;        // how long safe torque off has been asserted
    double silent_n = 0.0;           // the motor's force when the link fell silent; after the watchdog's time, its lowest since
    bool unverified_before = false;  // the settings were not known in the last sample either
  };

  void judge_command(const OracleSample& s, std::size_t axis);
  void judge_plant(const OracleSample& s, std::size_t axis);
  void judge_states(const OracleSample& s);
  void judge_stop(const OracleSample& s);
  void broken(int invariant, const OracleSample& s, const char* what, double value, double limit);

  double force_max_n_, retract_cap_mps_, period_s_;
  std::array<Axis, hal::kMaxAxes> axes_{};
  safety::MachineState state_ = safety::MachineState::kBoot;
  std::int64_t in_state_ns_ = 0, last_ns_ = -1, dt_ns_ = 0;
  std::int64_t silent_ns_ = 0, no_session_ns_ = 0;
  std::int64_t stop_ns_ = -1;
  double set_load_n_ = 0.0;
  double load_limit_n_ = 0.0;  // the set's load, and for a moment after it was lowered the one before
  std::int64_t lowered_ns_ = 0;
  std::vector<Violation> violations_;
  std::uint64_t count_ = 0;
};

}  // namespace sheave::sim
