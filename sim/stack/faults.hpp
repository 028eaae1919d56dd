#pragma once
// Faults that the simulator is told to have, on the wire and in the drive. Never part of a controller.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/plant/drive.hpp"
#include "sim/random.hpp"

namespace sheave::sim {

struct FaultSpec {
  double drop = 0.0;       ///< Probability that a reply is not sent. The request was carried out.
  double garbage = 0.0;    ///< Probability that a reply's bytes are random.
  double swap = 0.0;       ///< Probability that a reply carries the address of the other unit.
  double delay_ms = 0.0;   ///< Every reply comes this much later (on a serial line: is held back by the adapter) ...
  double late = 1.0;       ///< ... or, with this probability, some do ...
  double late_every = 0;   ///< ... or every so many-th. 0: not counted.
  double sto_at_s = -1.0;  ///< Safe torque off from then on. Times are since the start; negative: never.
  double reboot_at_s = -1.0;
  double drive_fault_at_s = -1.0;
  std::uint16_t drive_fault_code = 0;
  double pull_in_rep = 0;     ///< The last cable to a drive is pulled out in the middle of this rep of a set; 0: never ...
  double pull_for_s = 0.0;    ///< ... and plugged in again so much later. 0: stays out.
  bool watchdog_off = false;  ///< Accepts a write of the watchdog and keeps 0: only a read-back shows it.
};

/// Parses "drop=0.01,delay_ms=3,late=0.002,late_every=500,swap=0.001,garbage=0.001,sto_at_s=12,reboot_at_s=20,drive_fault_at_s=15:0x2310,
/// pull_in_rep=2,pull_for_s=3,watchdog_off".
/// @return false with `error` naming the key and the remedy.
bool parse_faults(std::string_view text, FaultSpec& spec, std::string& error);

/// What happens in the drives, by time.
class DriveFaults {
 public:
  explicit DriveFaults(const FaultSpec& spec) noexcept : spec_(spec) {}
  void arm(Drive& drive) const noexcept;
  /// [simulator] Once per period, for each drive with the same `time_s`.
  void apply(Drive& drive, double time_s, double previous_s) const noexcept;

 private:
  FaultSpec spec_;
};

/// What happens to a reply on its way.
class WireFaults {
 public:
  WireFaults(const FaultSpec& spec, std::uint64_t seed) noexcept : spec_(spec), random_(seed) {}
  /// @return false where the reply is lost. May change its bytes.
  bool pass(std::span<std::uint8_t> reply) noexcept;
  /// How much later this reply comes.
  std::int64_t delay_ns() noexcept;
  /// The unit that this reply says it is from.
  std::uint8_t unit(std::uint8_t truly) noexcept;

 private:
  FaultSpec spec_;
  Random random_;
  std::uint64_t replies_ = 0;
};

}  // namespace sheave::sim
