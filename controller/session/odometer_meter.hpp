#pragma once
// Counts what wears: cable moved, pulls, work and time under power, from the control frames, whoever moves the cable and why.

#include <array>
#include <cstddef>
#include <cstdint>

#include "controller/control/port.hpp"
#include "controller/session/journal.hpp"

namespace sheave::session {

/// All [main]. A cable that is held still counts nothing: its position is followed in steps that are longer than any noise of it.
class OdometerMeter {
 public:
  void add(const control::Frame* frames, std::size_t count);

  /// What has come together since the last call. `cable_m` is of all cables together, `cycles` of the one that was pulled most often.
  Odometer take();
  /// Something was moved since the last take().
  bool moved() const noexcept { return total_.cable_m > 0; }

 private:
  struct Axis {
    bool known = false;
    double anchor_m = 0;   // where the last step ended
    double turning_m = 0;  // furthest point since the last turn
    bool outward = false;
    std::uint64_t cycles = 0;
    void follow(double extension_m, double tension_n, Odometer& total);
    void turn(double extension_m);
  };

  std::array<Axis, kMaxAxes> axes_;
  Odometer total_;
  std::int64_t last_ns_ = 0;  // 0: none yet
};

}  // namespace sheave::session
