#pragma once
// A machine with the shipped catalog and plugins, and somebody at it.

#include <gtest/gtest.h>

#include <string>

#include "sim/scenario/scenario.hpp"

namespace sheave::test {

/// The shipped catalog; loaded once.
const session::Catalog& shipped_catalog();

/// An athlete as written on sheave-sim's command line. Fails the test where it is none.
sim::AthleteSpec athlete(const std::string& spec);

/// The reference machine with everything that ships.
sim::ScenarioConfig gym(const std::string& athlete_spec = "", std::uint64_t seed = 1);

/// The oracle found nothing, and every tick was told of. While the main thread hangs, frames are lost, and counted.
enum class InOrder { kAlways, kButMainMayHang };
void expect_in_order(const sim::Scenario& scenario, InOrder how = InOrder::kAlways);

/// What a person would write into a training log: one line per set, for messages.
std::string training_log(const sim::Scenario& scenario);

}  // namespace sheave::test
