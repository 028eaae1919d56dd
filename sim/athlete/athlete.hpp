#pragma once
// The person at the machine. Knows the lamp, the beeper and what the hand feels, and nothing else of the controller.
//
//   lamp kCalibrate           takes the handle out, three light slow full pulls, holds; home when the lamp changes
//   lamp kReady, kEngage      takes the handle out to the start of the range and holds still
//   lamp kActive              pulls until the prescription, failure, the end beep or the lamp; then racks
//   lamp kSelfTest            takes the handle out a metre, holds it still and lets it go
//   any other                 brings the handle home and rests; so does a load that is gone

#include <cstdint>
#include <optional>

#include "sim/athlete/spec.hpp"
#include "sim/athlete/strength.hpp"
#include "sim/athlete/trace.hpp"
#include "sim/plant/hand.hpp"
#include "sim/random.hpp"

namespace sheave::sim {

class Athlete final : public Hand {
 public:
  /// @param share of the person's strength on this cable: 1 / cables.
  Athlete(const AthleteSpec& spec, std::uint64_t seed, double share = 1.0);

  /// A recording moves the handle instead of pulls of the athlete's own, with what strength it needs.
  /// @param at_once follow it now, without waiting for the lamp; else when the lamp says kActive.
  void follow(Trace trace, bool at_once);

  /// The hand opens now, whatever it does; not again before the next lamp.
  void let_go() noexcept;

  Grip grip(const Felt& felt) noexcept override;
  Truth truth() const noexcept override;

 private:
  enum class Doing : std::uint8_t {
    kResting,
    kTakingOut,
    kHolding,
    kPulling,
    kPeakHold,
    kLowering,
    kBottom,
    kFailing,
    kRacking,
    kLetGo,
    kFollowing
  };
  enum class Wish : std::uint8_t { kHome, kStart, kCalibrate, kLift, kRelease };

  void perceive(const Panel& panel) noexcept;
  void decide(const Felt& felt) noexcept;
  void decide_holding(const Felt& felt) noexcept;
  void decide_pulling(const Felt& felt) noexcept;
  void after_rep(const Felt& felt) noexcept;
  void begin(Doing doing) noexcept;
  void move_to(Doing doing, const Felt& felt, double to_m, double duration_s) noexcept;
  void begin_rep(const Felt& felt) noexcept;
  void rack(const Felt& felt) noexcept;
  void advance(const Felt& felt) noexcept;
  bool arrived(const Felt& felt) const noexcept;
  bool enough() const noexcept;
  Grip hold(const Felt& felt) noexcept;
  double vary(double value, double spread) noexcept;

  AthleteSpec spec_;
  Random random_;
  Strength strength_;
  std::optional<Trace> trace_;

  // Perception
  hal::Lamp lamp_ = hal::Lamp::kOff;       // as understood, after the reaction time
  hal::Lamp lamp_seen_ = hal::Lamp::kOff;  // as lit
  std::uint8_t beep_seq_ = 0;
  double reaction_s_ = 0.0;
  bool end_heard_ = false;
  bool at_once_ = false;
  Wish wish_ = Wish::kHome;

  // Doing
  Doing doing_ = Doing::kResting;
  double doing_s_ = 0.0;
  bool done_ = false;  // with this set or calibration
  std::uint32_t reps_ = 0;
  double still_s_ = 0.0;
  double no_load_s_ = 0.0;
  double pause_s_ = 0.0;  // how long the present pause is to be
  double force_memory_n_ = 0.0;

  // Movement along a minimum-jerk path
  double from_m_ = 0.0, to_m_ = 0.0, duration_s_ = 1.0, progress_ = 1.0;
  double reference_m_ = 0.0, reference_mps_ = 0.0;
  double last_m_ = 0.0;
};

}  // namespace sheave::sim
