#include "sim/plant/cable.hpp"

#include <gtest/gtest.h>

#include "sim/random.hpp"
#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

// Friction, damping and a motor that is off can only take energy away, wherever the cable is plucked.
TEST(Cable, NeverGainsEnergyByItself) {
  Cable cable{CableParams{}};
  for (int i = 0; i < 500; ++i) cable.step(300.0, false, held_at(0.4));
  for (int i = 0; i < 20; ++i) cable.step(0.0, false, held_at(0.4));
  double energy = cable.energy_j();
  EXPECT_GT(energy, 0.0);
  for (int i = 0; i < 3000; ++i) {
    cable.step(0.0, false, {});
    EXPECT_LE(cable.energy_j(), energy + 1e-6);
    energy = cable.energy_j();
  }
}

TEST(Cable, HandFeelsTheMotorPlusFrictionWhilePulling) {
  Cable cable{CableParams{}};
  Grip grip = held_at(0.1);
  grip.velocity_mps = 0.5;
  for (int i = 0; i < 1000; ++i) {
    cable.step(200.0, false, grip);
    grip.position_m += 0.5 * kStep_s;
  }
  const CableParams& p = cable.params();
  EXPECT_NEAR(cable.state().motor_force_n, 200.0, 0.01);
  EXPECT_NEAR(cable.state().hand_force_n, 200.0 + p.friction_n + 0.5 * p.viscous_nspm, 1.0);
}

TEST(Cable, MotorOnlyPullsAndOnlyToItsPeak) {
  Cable cable{CableParams{}};
  for (int i = 0; i < 200; ++i) cable.step(5000.0, false, held_at(0.5));
  EXPECT_NEAR(cable.state().motor_force_n, 1000.0, 1e-6);
  for (int i = 0; i < 200; ++i) cable.step(-500.0, false, held_at(0.5));
  EXPECT_NEAR(cable.state().motor_force_n, 0.0, 1e-6);
}

TEST(Cable, RestsAgainstTheHomeStopWithTheTakeUpOn) {
  Cable cable{CableParams{}};
  for (int i = 0; i < 2000; ++i) cable.step(20.0, false, {});
  EXPECT_NEAR(cable.state().handle_m, 0.0, 0.001);
  EXPECT_NEAR(cable.state().handle_mps, 0.0, 0.001);
}

TEST(Cable, EndsAtItsLength) {
  Cable cable{CableParams{}};
  Grip grip = held_at(0.0);
  grip.velocity_mps = 1.0;
  grip.max_n = grip.eccentric_max_n = 800.0;
  for (int i = 0; i < 4000; ++i, grip.position_m += kStep_s) cable.step(20.0, false, grip);
  EXPECT_NEAR(cable.state().handle_m, 2.5, 0.01);
}

TEST(Cable, BrakeHoldsTheDrum) {
  Cable cable{CableParams{}};
  for (int i = 0; i < 1000; ++i) cable.step(50.0, false, held_at(0.5));
  const double drum_m = cable.state().drum_m;
  for (int i = 0; i < 500; ++i) cable.step(0.0, true, held_at(0.6));
  EXPECT_DOUBLE_EQ(cable.state().drum_m, drum_m);
}

TEST(Cable, MachinesAreDrawnFromTheMeasuredSpread) {
  Random random(7);
  double sum = 0.0;
  for (int i = 0; i < 1000; ++i) {
    const CableParams params = CableParams::drawn(random);
    EXPECT_GE(params.friction_n, 5.0);
    EXPECT_LE(params.friction_n, 30.0);
    sum += params.friction_n;
  }
  EXPECT_NEAR(sum / 1000.0, 17.0, 1.0);
}

}  // namespace
}  // namespace sheave::sim
