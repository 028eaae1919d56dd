#pragma once
// The servo drive of one cable: CiA 402 states, force mode, limits and watchdog, all inside the drive at 1 kHz.
//
// Signs are the reference stack's: position and velocity positive out of the machine, force positive toward it. The drive knows
// registers only as the values below; addresses and word order are the stack's business.

#include <cstdint>

#include "hal/cable_stack.hpp"

namespace sheave::sim {

/// What a master writes every cycle. Applied whole or not at all.
struct DriveCommand {
  std::uint16_t seq = 0;  ///< The watchdog is fed only by one that differs from the last.
  std::uint16_t controlword = 0;
  std::int16_t mode = 0;              ///< 0 none, 3 velocity, 10 force.
  std::int32_t target = 0;            ///< mN; in mode 3 um/s toward the machine.
  std::uint16_t retract_mmps = 0;     ///< Most speed toward the machine. 0: none, therefore no force.
  std::uint16_t payout_mmps = 65535;  ///< 65535: no limit.
  std::uint16_t slope_10nps = 0;      ///< Rate of the set-point in both directions; 0: no rise, falls at once.
  std::uint16_t force_limit_n = 0;
};

enum class CommLossReaction : std::uint16_t { kSto = 1, kDampedRelease = 2, kSs1Brake = 3 };

/// Parameters, factory defaults. The ramp differs from what a master would write, so that a reboot shows in a read-back.
struct DriveConfig {
  std::uint16_t watchdog_ms = 100;  ///< 20 to 1000. 0 exists only by injection: a drive that never expires.
  CommLossReaction reaction = CommLossReaction::kDampedRelease;
  std::uint16_t release_ramp_ms = 250;      ///< 1 to 2000, from the present force to `hold_force_n`.
  std::uint16_t hold_force_n = 0;           ///< 0 to 50, after the release.
  std::uint16_t safety_damping_nspm = 100;  ///< 0 to 1000: takes force away while the cable retracts during a release.
  std::int32_t position_min_um = -100'000;
  std::int32_t position_max_um = 3'000'000;
};

/// Nameplate.
struct DriveRating {
  std::uint32_t serial = 1001;
  double rated_force_n = 750.0;
  double peak_force_n = 1000.0;
  double max_speed_mps = 3.0;
  double travel_m = 2.5;
};

/// What the drive's own sensors say, once per period.
struct DriveSense {
  double position_m = 0.0;
  double velocity_mps = 0.0;
  double motor_force_n = 0.0;
  bool slack = false;
};

/// What a master reads every cycle: one sample, taken at the last period.
struct DriveStatus {
  std::uint16_t seq_echo = 0;
  std::uint16_t statusword = 0;
  std::uint16_t error_code = 0;
  std::int16_t mode_display = 0;
  std::int32_t position_um = 0;
  std::int32_t velocity_umps = 0;
  std::int32_t force_mn = 0;
  std::uint32_t sample_time_us = 0;
  std::int16_t torque_permille = 0;  ///< Of rated.
  std::uint16_t bus_voltage_dv = 0;
  std::uint16_t motor_temperature_dc = 0;
  std::uint16_t drive_temperature_dc = 0;
  std::uint16_t limit_bits = 0;  ///< kLimit*
  std::uint16_t watchdog_left_ms = 0;
};

inline constexpr std::uint16_t kLimitForce = 1U << 0U;
inline constexpr std::uint16_t kLimitRetract = 1U << 1U;
inline constexpr std::uint16_t kLimitPayout = 1U << 2U;
inline constexpr std::uint16_t kLimitSlope = 1U << 3U;
inline constexpr std::uint16_t kWarnMotorHot = 1U << 8U;

inline constexpr std::uint16_t kErrorHeartbeat = 0x8130;  ///< Nobody fed the watchdog.
inline constexpr std::uint16_t kErrorPosition = 0x8612;   ///< Outside position_min..max.

/// Pure and in virtual time: step() is the only clock.
class Drive {
 public:
  explicit Drive(const DriveRating& rating, std::uint32_t first_sample_us = 0) noexcept;

  /// False, and nothing changed, where any field is out of range.
  bool write(const DriveCommand& command) noexcept;

  enum class ConfigResult : std::uint8_t { kDone, kOutOfRange, kBusy };
  /// kBusy unless the power stage is off.
  ConfigResult configure(const DriveConfig& config) noexcept;
  /// The present position becomes 0. kBusy unless the power stage is off.
  ConfigResult home() noexcept;

  /// One period; returns the force to make [N], never negative.
  double step(const DriveSense& sense) noexcept;

  DriveStatus status() const noexcept;
  hal::DriveState state() const noexcept { return state_; }
  const DriveCommand& command() const noexcept { return command_; }
  const DriveConfig& config() const noexcept { return config_; }
  const DriveRating& rating() const noexcept { return rating_; }
  bool brake_engaged() const noexcept { return brake_; }
  double commanded_force_n() const noexcept;  ///< What the master asks for; 0 outside force mode.

  // From outside the drive and by injection.
  void set_sto(bool active) noexcept { sto_ = active; }
  void trip(std::uint16_t error_code) noexcept;  ///< A fault that takes the power stage away at once.
  void reboot() noexcept;                        ///< As a power cycle: parameters back to the factory's.
  void disable_watchdog() noexcept { watchdog_broken_ = true, config_.watchdog_ms = 0; }  ///< Stays at 0 whatever is written.

 private:
  enum class Release : std::uint8_t { kNone, kRamp, kBrake };

  void walk() noexcept;
  void fault(std::uint16_t error_code, CommLossReaction reaction) noexcept;
  void begin_release(Release kind) noexcept;
  double released_n() noexcept;
  double driven_n() noexcept;
  double velocity_capped_n(double force_n) noexcept;
  bool power_on() const noexcept;
  void warm_up() noexcept;

  DriveRating rating_;
  double inverse_rated_;
  DriveConfig config_;
  DriveCommand command_;
  DriveSense sense_;
  hal::DriveState state_ = hal::DriveState::kNotReady;
  Release release_ = Release::kNone;
  std::int16_t active_mode_ = 0;
  std::uint16_t error_code_ = 0;
  std::uint16_t limits_ = 0;
  std::uint32_t sample_time_us_ = 0;
  std::uint32_t boot_left_ = 0;  // periods
  std::uint32_t unfed_periods_ = 0;
  bool reset_edge_ = false;
  bool sto_ = false;
  bool brake_ = false;
  bool watchdog_broken_ = false;
  double origin_m_ = 0.0;
  double setpoint_n_ = 0.0;  // after the slope limit
  double output_n_ = 0.0;
  double ramp_n_ = 0.0;
  double ramp_step_n_ = 0.0;
  double motor_c_ = 25.0;
  // The command in SI, converted once per write.
  double target_n_ = 0.0;
  double target_mps_ = 0.0;
  double retract_mps_ = 0.0;
  double payout_mps_ = 0.0;
  double slope_step_n_ = 0.0;
};

}  // namespace sheave::sim
