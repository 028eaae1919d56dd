#include "controller/api/names.hpp"

#include <gtest/gtest.h>

namespace sheave::api {
namespace {

const Names kNames("m1");

TEST(Names, BuildsWhatItParses) {
  EXPECT_EQ(kNames.rep("abc", 2, 7), "machines/m1/sessions/abc/sets/2/reps/7");
  const auto session = kNames.parse_session(kNames.session("abc"));
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->session, "abc");
  const auto set = kNames.parse_set(kNames.set("abc", 2));
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->session, "abc");
  EXPECT_EQ(set->set, 2U);
}

TEST(Names, DashStandsForThisMachineNewestSessionAllSets) {
  EXPECT_TRUE(kNames.check_machine("machines/-").ok());
  EXPECT_TRUE(kNames.check_machine("").ok());
  const auto path = kNames.parse_set("machines/-/sessions/-/sets/-");
  ASSERT_TRUE(path.ok());
  EXPECT_TRUE(path->session.empty());
  EXPECT_FALSE(path->set.has_value());
}

TEST(Names, AnotherMachineIsNotFound) {
  EXPECT_EQ(kNames.check_machine("machines/m2").reason, "MACHINE_NOT_FOUND");
  EXPECT_EQ(kNames.parse_session("machines/m2/sessions/abc").status().code, StatusCode::kNotFound);
}

TEST(Names, RefusesWhatIsNoName) {
  for (const char* name : {"", "abc", "machines/m1", "machines/m1/sessions/", "machines/m1/sessions/a b", "machines/m1/sets/abc",
                           "machines/m1/sessions/a/b", "machines/m1/sessions/../../etc"}) {
    EXPECT_EQ(kNames.parse_session(name).status().reason, "NAME_INVALID") << name;
  }
  for (const char* name : {"machines/m1/sessions/a", "machines/m1/sessions/a/sets/", "machines/m1/sessions/a/sets/0",
                           "machines/m1/sessions/a/sets/-1", "machines/m1/sessions/a/sets/1x", "machines/m1/sessions/a/sets/99999999999"}) {
    EXPECT_EQ(kNames.parse_set(name).status().reason, "NAME_INVALID") << name;
  }
  EXPECT_EQ(Names::parse_program("programs/").status().reason, "NAME_INVALID");
  EXPECT_EQ(Names::parse_program("a/b").status().reason, "NAME_INVALID");
}

TEST(Names, AProgramMayBeNamedByItsBareId) {
  EXPECT_EQ(*Names::parse_program("programs/cable-row"), "cable-row");
  EXPECT_EQ(*Names::parse_program("cable-row"), "cable-row");
}

}  // namespace
}  // namespace sheave::api
