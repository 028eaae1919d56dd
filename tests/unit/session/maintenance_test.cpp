#include "controller/session/maintenance.hpp"

#include <gtest/gtest.h>

namespace sheave::session {
namespace {

constexpr std::int64_t kDay_s = 86'400, kNow_s = 1'800'000'000;

WallTime at(std::int64_t unix_s) { return {unix_s * kNsPerS, true}; }

Upkeep::Standing used_for(std::int64_t days, Odometer odometer) {
  Upkeep::Standing standing;
  standing.first_use_unix_s = kNow_s - days * kDay_s;
  standing.odometer = odometer;
  return standing;
}

const MaintenanceInterval kCable{"cable-inspection", "Cable inspection", "Look.", Counter::kCableM, 5'000};

TEST(Maintenance, CountsFromTheMachinesFirstUseAndForecastsAtItsPace) {
  const auto state = maintenance_state(kCable, used_for(10, {.cable_m = 1'000}), at(kNow_s));
  EXPECT_DOUBLE_EQ(state.used, 1'000);
  EXPECT_FALSE(state.due);
  EXPECT_FALSE(state.last);
  ASSERT_TRUE(state.due_in_days);
  EXPECT_DOUBLE_EQ(*state.due_in_days, 40);
}

TEST(Maintenance, ASignOffBeginsAnew) {
  Upkeep::Standing standing = used_for(100, {.cable_m = 6'000});
  EXPECT_TRUE(maintenance_state(kCable, standing, at(kNow_s)).due);
  ServiceRecord record;
  record.number = 7;
  record.part = "cable-inspection";
  record.at = at(kNow_s - 4 * kDay_s);
  record.odometer.cable_m = 5'500;
  standing.last = {record};
  const auto state = maintenance_state(kCable, standing, at(kNow_s));
  EXPECT_DOUBLE_EQ(state.used, 500);
  EXPECT_FALSE(state.due);
  EXPECT_EQ(state.last_number, 7U);
  EXPECT_DOUBLE_EQ(state.due_in_days.value(), 36);
}

TEST(Maintenance, OfLessThanADayNoPaceIsKnown) {
  EXPECT_FALSE(maintenance_state(kCable, used_for(0, {.cable_m = 100}), at(kNow_s)).due_in_days);
  EXPECT_FALSE(maintenance_state(kCable, {}, at(kNow_s)).due_in_days);
}

TEST(Maintenance, WhatIsDueHasNoForecast) {
  const auto state = maintenance_state(kCable, used_for(50, {.cable_m = 5'000}), at(kNow_s));
  EXPECT_TRUE(state.due);
  EXPECT_FALSE(state.due_in_days);
}

TEST(Maintenance, EveryCounterReadsItsOwnFigure) {
  const auto standing = used_for(30, {.cable_m = 11, .work_j = 22'000, .powered_s = 33 * 3600, .cycles = 44});
  const auto used = [&](Counter counter) { return maintenance_state({"p", "P", "", counter, 1e6}, standing, at(kNow_s)).used; };
  EXPECT_DOUBLE_EQ(used(Counter::kCableM), 11);
  EXPECT_DOUBLE_EQ(used(Counter::kWorkKj), 22);
  EXPECT_DOUBLE_EQ(used(Counter::kPoweredH), 33);
  EXPECT_DOUBLE_EQ(used(Counter::kCycles), 44);
  EXPECT_DOUBLE_EQ(used(Counter::kDays), 30);
}

}  // namespace
}  // namespace sheave::session
