#pragma once
// What a person can pull, now: force-velocity-fatigue around a one-repetition maximum.
//
// Fatigue is chosen so that repetitions to failure follow Epley (1985), load = 1RM / (1 + reps / 30): strength is
// 1RM / (1 + fatigue) and every whole pull adds 1/30. The last of n reps is done at fatigue (n - 1) / 30.

#include "sim/plant/hand.hpp"

namespace sheave::sim {

struct StrengthParams {
  double one_rm_n = 588.4;
  double day_form = 1.0;  ///< Factor on the 1RM, this day.
  /// Unloaded pull, where the straight line of force over velocity meets zero. With the sticking point below, a rep at the
  /// 1RM takes about 0.3 m/s mean, near what is published for rows.
  double top_speed_mps = 2.0;
  double eccentric_ratio = 1.41;  ///< Nuzzo 2023: eccentric over concentric strength.
  double per_rep = 1.0 / 30.0;    ///< Fatigue of one pull; Epley's. People differ: fewer is more endurance.
};

class Strength {
 public:
  explicit Strength(const StrengthParams& params) noexcept : params_(params) {}

  /// Most force at standstill at this share of the range of motion. Weakest at 85 % of the pull, where rows stick.
  double isometric_n(double rom_share) const noexcept;
  /// Force lost per speed of pulling.
  double fade_nspm(double isometric_n) const noexcept { return isometric_n / params_.top_speed_mps; }
  double eccentric_n(double isometric_n) const noexcept { return isometric_n * params_.eccentric_ratio; }

  /// One period of pulling that covered `rom_share` of a range of motion (negative: returning) against `force_n`.
  void pull(double rom_share, double force_n, double velocity_mps) noexcept;
  /// A period of rest, or what is short against 45 s.
  void rest(double duration_s = kStep_s) noexcept;

  /// The load that could be pulled once more through the full range [N].
  double left_n() const noexcept { return params_.one_rm_n * params_.day_form / (1.0 + fast_ + slow_); }

 private:
  /// @param effort force over left_n().
  void tire(double amount, double effort) noexcept;

  StrengthParams params_;
  double fast_ = 0.0;  // fatigue that a rest of a minute mostly takes away
  double slow_ = 0.0;  // and that which stays for the session
};

}  // namespace sheave::sim
