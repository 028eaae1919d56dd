#pragma once
// Jog: a technician moves one cable with the motor, for as long as they press a button at the machine.
//
// A person's fingers may be at the handle or the cable while the motor pulls, and of the one who presses nothing is known but that they
// press. The page, its browser, the network, the main thread: each may stop for ever with the button "down", and each may hand on later
// what was asked for long ago. So that none of it can be taken for a finger:
//
//   asked for anew   The cable moves only while calls come. Each is good for kJogAlive_ns from when it *arrived* at this host, so that
//                    what waited in a queue has grown old there; the tick compares it with its own time and needs nobody to do so.
//   ended is ended   A press has a number, given out by the machine and rising. Whatever ends it (its release, silence, Stop, any
//                    reaction, a call that differs) spends the number and all before it: no late or repeated call begins it again.
//   a round trip     The number comes with the answer to a call that moves nothing. An order that lay about knows no number that counts.
//   little           50 N are the state's limit; what is asked for stays below. The speed is the drive's own limit, at which it brakes
//                    by itself. Without one the force follows the speed, as everywhere (envelope.hpp).
//   never more       Letting go raises no force: what a press asks for is no less than the take-up that a machine at rest pulls with.
//   one cable        The other one stays at take-up. Both come to rest together.
//
// What it cannot do: see the fingers. After the end the machine is at rest, and a machine at rest pulls in a free cable with 20 N at
// up to 0.25 m/s. Hands go to drum and pulleys with the main switch off only; the page says so.

#include <cstdint>

#include "controller/core/units.hpp"
#include "controller/safety/policy.hpp"

namespace sheave::safety {

/// The page calls every 100 ms: three in a row may be late or lost on a busy host. A jog that stutters teaches people to hold it down with
/// tape; one that outlives its page for half a second winds in 60 mm more, and the load is light.
inline constexpr std::int64_t kJogAlive_ns = 400 * kNsPerMs;

/// Above the friction of any machine that is in order (17 N on average, 30 N at most), so that a cable winds in wherever it is not held;
/// below what hurts a face (65 N), and anybody holds it with one hand.
inline constexpr double kWindIn_n = 40.0;
inline constexpr double kWindIn_mps = 0.15;  ///< A hand follows it; the envelope brakes it before home as ever.
inline constexpr double kHold_mps = 0.05;  ///< The envelope's own creep: a handle that is let go of stays, as nearly as a limit can say it.

enum class JogMotion : std::uint8_t {
  kNone,    ///< The finger is off.
  kWindIn,  ///< kWindIn_n at up to kWindIn_mps.
  kHold,    ///< As at rest, but hardly running in: to be drawn out by hand.
};

constexpr double jog_tension_n(JogMotion motion) noexcept { return motion == JogMotion::kWindIn ? kWindIn_n : kTakeUp_n; }
constexpr double jog_retract_mps(JogMotion motion) noexcept { return motion == JogMotion::kWindIn ? kWindIn_mps : kHold_mps; }
static_assert(kTakeUp_n <= kWindIn_n && kWindIn_n <= kLight_n, "letting go raises nothing, and nothing is more than light");

/// One call, as the tick gets to see it.
struct JogCall {
  std::uint64_t press = 0;  ///< 0: no call.
  std::uint32_t cable = 0;
  JogMotion motion = JogMotion::kNone;
  std::int64_t alive_until_ns = 0;  ///< Host monotonic: its arrival and kJogAlive_ns.
};

/// Which press counts. Pure: time comes with the calls. [control]
class JogPress {
 public:
  enum class Verdict : std::uint8_t {
    kNothing,   ///< No call, one that came too late, or one that keeps alive what runs.
    kMayBegin,  ///< begin() it, if the machine is where it may.
    kEnds,      ///< The press that runs is over.
  };

  bool runs() const noexcept { return call_.press != 0; }
  const JogCall& call() const noexcept { return call_; }  ///< The press that runs.
  bool lapsed(std::int64_t now_ns) const noexcept { return runs() && now_ns >= call_.alive_until_ns; }

  Verdict take(const JogCall& call, std::int64_t now_ns) noexcept;
  void begin(const JogCall& call, std::int64_t now_ns) noexcept;
  /// Whatever runs; its number is spent.
  void end() noexcept;

 private:
  JogCall call_;
  std::uint64_t spent_ = 0;  // this number and all before it
};

}  // namespace sheave::safety
