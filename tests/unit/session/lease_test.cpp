#include "controller/session/lease.hpp"

#include <gtest/gtest.h>

namespace sheave::session {
namespace {

using control::LeaseHealth;

TEST(Lease, TheMachineHoldsItWhereNobodyDoes) {
  Lease lease;
  EXPECT_TRUE(lease.held_by_machine());
  EXPECT_EQ(lease.update(0, true), LeaseHealth::kHeldByMachine);
}

TEST(Lease, GoesSilentThenLostForAKiosk) {
  Lease lease;
  ASSERT_TRUE(lease.acquire("kiosk", true, "t", 0).ok());
  EXPECT_EQ(lease.update(2 * kNsPerS, true), LeaseHealth::kHeld);
  EXPECT_EQ(lease.update(2 * kNsPerS + 1, true), LeaseHealth::kSilent);
  EXPECT_EQ(lease.update(10 * kNsPerS + 1, true), LeaseHealth::kLost);
  EXPECT_FALSE(lease.take_kiosk_lost());
  EXPECT_EQ(lease.update(11 * kNsPerS, false), LeaseHealth::kHeldByMachine);
  EXPECT_TRUE(lease.take_kiosk_lost());
  EXPECT_FALSE(lease.take_kiosk_lost());
}

TEST(Lease, APhonesIsNeverLostInASet) {
  Lease lease;
  ASSERT_TRUE(lease.acquire("phone", false, "t", 0).ok());
  EXPECT_EQ(lease.update(60 * kNsPerS, true), LeaseHealth::kSilent);
  EXPECT_EQ(lease.update(61 * kNsPerS, false), LeaseHealth::kHeldByMachine);
  EXPECT_FALSE(lease.take_kiosk_lost());
}

TEST(Lease, IsRefusedToAnotherAndGivenBackToTheSame) {
  Lease lease;
  ASSERT_TRUE(lease.acquire("kiosk", true, "t1", 0).ok());
  EXPECT_EQ(lease.acquire("phone", false, "t2", 5 * kNsPerS).reason, "LEASE_HELD");
  EXPECT_EQ(lease.acquire("kiosk", true, "t2", kNsPerS).reason, "LEASE_HELD");
  EXPECT_TRUE(lease.acquire("kiosk", true, "t2", 3 * kNsPerS).ok());
  EXPECT_EQ(lease.renew("t1", 3 * kNsPerS).reason, "LEASE_LOST");
  EXPECT_TRUE(lease.renew("t2", 4 * kNsPerS).ok());
  EXPECT_EQ(lease.renew("", 4 * kNsPerS).reason, "LEASE_LOST");
  EXPECT_TRUE(lease.release("t2").ok());
  EXPECT_TRUE(lease.held_by_machine());
  EXPECT_EQ(lease.release("").reason, "LEASE_LOST");
}

}  // namespace
}  // namespace sheave::session
