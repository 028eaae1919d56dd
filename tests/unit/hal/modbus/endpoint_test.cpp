#include "hal/modbus/endpoint.hpp"

#include <gtest/gtest.h>

namespace sheave::hal::modbus {
namespace {

TEST(Endpoint, TakesWhatPeopleWrite) {
  EXPECT_EQ(parse_endpoint("127.0.0.1:1502")->host, "127.0.0.1");
  EXPECT_EQ(parse_endpoint("127.0.0.1:1502")->port, 1502);
  EXPECT_EQ(parse_endpoint("stack.local:502")->host, "stack.local");
  EXPECT_EQ(parse_endpoint("[::1]:65535")->host, "::1");
}

TEST(Endpoint, RefusesTheRest) {
  for (const char* text : {"", "127.0.0.1", ":502", "host:", "host:0", "host:65536", "host:5o2", "host:-1", "::1:502", "host:502 "})
    EXPECT_FALSE(parse_endpoint(text)) << text;
}

}  // namespace
}  // namespace sheave::hal::modbus
