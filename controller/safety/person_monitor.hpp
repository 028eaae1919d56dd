#pragma once
// What the person does: ready, stuck, lowering the handle to say "enough", or nobody there.

#include <cstdint>

#include "controller/safety/input.hpp"

namespace sheave::safety {

/// Stuck in a pull, by the share of the range at which it stands still:
///   below 10 %        no stall: a pause before the pull
///   10 to 80 %        a stall, at once
///   80 to 90 %        may be an honest short rep held at its peak: a stall after 2 s, for nobody is asked to hold for longer
///   above 90 %        never: the pull is done; who can hold it there can lower it, and letting go is known otherwise
/// Where no range is known, standing still anywhere in a pull is a stall. A hold that a test asks for (PersonInput::hold_ns, granted to
/// light base loads only) is none until its time is over.
///
/// One for the stack. Delays stand in the policy table; what is found here is true now. [control]
class PersonMonitor {
 public:
  /// @param state_age_ns since the machine's state was entered.
  void step(const SafetyInput& in, MachineState state, std::int64_t state_age_ns, ConditionSet& found) noexcept;

  /// The handle is out, on all active cables, and has been held still: READY may become ENGAGE.
  bool ready() const noexcept;
  /// All handles are home and have been still.
  bool home() const noexcept;

 private:
  std::int64_t ready_ns_ = 0, home_ns_ = 0, still_ns_ = 0, idle_ns_ = 0;
};

}  // namespace sheave::safety
