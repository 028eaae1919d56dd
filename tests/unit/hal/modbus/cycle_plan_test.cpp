#include "hal/modbus/cycle_plan.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/paths.hpp"

namespace sheave::hal::modbus {
namespace {

using Bytes = std::vector<std::uint8_t>;

DeviceProfile reference() {
  std::string error;
  auto profile = load_profile(SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml", error);
  EXPECT_TRUE(profile) << error;
  return *profile;
}

Bytes bytes_of(const Request& request) {
  return {request.bytes.begin(), request.bytes.begin() + static_cast<std::ptrdiff_t>(request.size)};
}

AxisCommand pull() {
  AxisCommand command;
  command.tension_n = 588.399;
  command.force_limit_n = 900;
  command.retract_limit_mps = 1.0;
  command.slope_nps = 2000;
  return command;
}

TEST(CyclePlan, WritesTheReferenceBlockAsByHand) {
  const CyclePlan plan(reference(), 1000.0, 3.0);
  ASSERT_EQ(plan.request_count(), 1U);
  Request request = plan.request(0);
  EXPECT_TRUE(plan.put(request.written(), 0x0102, 0x000F, pull()));
  EXPECT_EQ(bytes_of(request), (Bytes{0x17, 0x01, 0x00, 0x00, 0x12, 0x00, 0x00, 0x00, 0x09, 0x12,  // read 18 at 0x0100, write 9 at 0
                                      0x01, 0x02, 0x00, 0x0F, 0x00, 0x0A,                          // seq, controlword, force mode
                                      0x00, 0x08, 0xFA, 0x6F,                                      // 588399 mN
                                      0x03, 0xE8, 0xFF, 0xFF, 0x00, 0xC8, 0x03, 0x84}));           // 1000 mm/s, none, 200, 900 N
}

TEST(CyclePlan, ReadsTheReferenceBlockAsByHand) {
  const CyclePlan plan(reference(), 1000.0, 3.0);
  const Bytes block{0x01, 0x02, 0xE8, 0xB7, 0x81, 0x30, 0x00, 0x0A,  // echo; warning, limited, slack, sto, brake, enabled; 8130h
                    0x00, 0x07, 0xA1, 0x20, 0xFF, 0xF8, 0x5E, 0xE0,  // 500000 um, -500000 um/s
                    0x00, 0x08, 0xFA, 0x6F, 0xFF, 0xFF, 0xFF, 0xFE,  // 588399 mN, sample time
                    0x00, 0x00, 0x01, 0xE0, 0xFF, 0xCE, 0x01, 0x90,  // torque, 48.0 V, -5.0 degC, 40.0 degC
                    0x00, 0x00, 0x00, 0x63};
  AxisState state;
  plan.get(block.data(), state);
  EXPECT_EQ(plan.seq_echo(block.data()), 0x0102);
  EXPECT_EQ(state.drive, DriveState::kOperationEnabled);
  EXPECT_EQ(state.error_code, 0x8130);
  EXPECT_NEAR(state.extension_m, 0.5, 1e-12);
  EXPECT_NEAR(state.velocity_mps, -0.5, 1e-12);
  EXPECT_NEAR(state.tension_n, 588.399, 1e-9);
  EXPECT_EQ(state.sample_time_us, 0xFFFFFFFEU);
  EXPECT_TRUE(state.warning && state.limited && state.slack && state.sto_active && state.brake_engaged);
  EXPECT_NEAR(state.bus_voltage_v, 48.0, 1e-9);
  EXPECT_NEAR(state.motor_temperature_c, -5.0, 1e-9);
  EXPECT_NEAR(state.drive_temperature_c, 40.0, 1e-9);
  EXPECT_EQ(state.watchdog_left_ms, 0x63);
}

TEST(CyclePlan, WritesThenReadsWhereTheDriveLacksTheOneThatDoesBoth) {
  DeviceProfile profile = reference();
  profile.read_write = false;
  const CyclePlan plan(profile, 1000.0, 3.0);
  ASSERT_EQ(plan.request_count(), 2U);
  EXPECT_EQ(plan.request(0).function(), kWriteMultiple);
  EXPECT_EQ(plan.request(1).function(), kReadHolding);
  EXPECT_EQ(plan.request(0).size, 6U + 18U);
}

TEST(CyclePlan, NeverAsksForMoreThanTheDriveCan) {
  const CyclePlan plan(reference(), 800.0, 3.0);
  Request request = plan.request(0);
  AxisCommand command = pull();
  command.tension_n = 5000;
  command.force_limit_n = 5000;
  command.retract_limit_mps = 50;
  plan.put(request.written(), 1, 0, command);
  EXPECT_EQ(load_counts(request.written(), {3, RegisterType::kI32, 1, true}, WordOrder::kHighFirst), 800'000);
  EXPECT_EQ(load_counts(request.written(), {8, RegisterType::kU16, 1, true}, WordOrder::kHighFirst), 800);
  EXPECT_EQ(load_counts(request.written(), {5, RegisterType::kU16, 1, true}, WordOrder::kHighFirst), 3000);
}

TEST(CyclePlan, SaysWhenACommandHadAHole) {
  const CyclePlan plan(reference(), 800.0, 3.0);
  Request request = plan.request(0);
  for (double AxisCommand::*field : {&AxisCommand::tension_n, &AxisCommand::force_limit_n, &AxisCommand::retract_limit_mps,
                                     &AxisCommand::payout_limit_mps, &AxisCommand::slope_nps}) {
    AxisCommand command = pull();
    command.*field = std::nan("");
    EXPECT_FALSE(plan.put(request.written(), 1, 0, command));
  }
}

}  // namespace
}  // namespace sheave::hal::modbus
