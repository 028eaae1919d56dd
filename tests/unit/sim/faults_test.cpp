#include "sim/stack/faults.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

FaultSpec spec_of(const char* text) {
  FaultSpec spec;
  std::string error;
  EXPECT_TRUE(parse_faults(text, spec, error)) << error;
  return spec;
}

TEST(Faults, AreSpelledOutAndRefusedByName) {
  const FaultSpec spec = spec_of("drop=0.25,delay_ms=3,drive_fault_at_s=1.5:0x2310,watchdog_off");
  EXPECT_DOUBLE_EQ(spec.drop, 0.25);
  EXPECT_EQ(spec.drive_fault_code, 0x2310);
  EXPECT_TRUE(spec.watchdog_off);
  FaultSpec other;
  std::string error;
  EXPECT_FALSE(parse_faults("dropp=1", other, error));
  EXPECT_NE(error.find("dropp"), std::string::npos);
  EXPECT_FALSE(parse_faults("drop=2", other, error));
  EXPECT_FALSE(parse_faults("drive_fault_at_s=3", other, error));
}

TEST(Faults, HappenOnceAtTheirTime) {
  const DriveFaults faults(spec_of("drive_fault_at_s=0.5:0x2310"));
  StillHand hand;
  Rig rig(DriveRating{}, CableParams{}, hand, 0);
  std::uint16_t seq = 0;
  double time_s = 0.0;
  run_at(rig.drive(), seq, 20.0, 499, [&] {
    faults.apply(rig.drive(), time_s + kStep_s, time_s);
    time_s += kStep_s;
    rig.step({});
  });
  EXPECT_EQ(rig.drive().state(), hal::DriveState::kOperationEnabled);
  faults.apply(rig.drive(), 0.5005, time_s);
  EXPECT_EQ(rig.drive().state(), hal::DriveState::kFault);
  EXPECT_EQ(rig.drive().status().error_code, 0x2310);
}

TEST(Faults, OnTheWireFollowTheSeed) {
  const FaultSpec spec = spec_of("drop=0.5");
  WireFaults one(spec, 3);
  WireFaults two(spec, 3);
  std::array<std::uint8_t, 4> bytes{1, 2, 3, 4};
  int passed = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool through = one.pass(bytes);
    EXPECT_EQ(through, two.pass(bytes));
    passed += through ? 1 : 0;
  }
  EXPECT_NEAR(passed, 500, 60);
}

}  // namespace
}  // namespace sheave::sim
