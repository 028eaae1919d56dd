#pragma once
// What a self-test's frames say about one cable: how true its force is at rest, and what friction, damping and mass its machinery has.

#include <cstdint>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// One tick of one cable.
struct TestSample {
  double time_s = 0.0, extension_m = 0.0, velocity_mps = 0.0, tension_n = 0.0, commanded_n = 0.0;
  Phase phase = Phase::kRest;  ///< As control/self_test.hpp says.
};

/// At rest against its stop the cable's tension is the motor's: measured over commanded is the torque loop's own error.
///
/// On a run the free cable's end pulls with nothing, so that the motor's force is what the machinery takes:
/// tension = friction + viscous * speed + mass * acceleration, by least squares over all runs. Acceleration is the slope of the
/// velocity over 20 ms before and after. What slows down is left out: there the handle goes its own way.
///
/// SELF_TEST_UNCLEAR where that fits badly, the runs disagree or a value is none that a machine has: somebody held the handle, or
/// something rubs. @param samples in order, without the feed-forward.
Result<CableTest> identify(const std::vector<TestSample>& samples);

}  // namespace sheave::session
