#include "controller/api/listen_address.hpp"

#include <gtest/gtest.h>

namespace sheave::api {
namespace {

TEST(ListenAddress, OnlyThisHostIsServedWithoutTls) {
  for (const char* address : {"127.0.0.1:7400", "127.0.0.1:0", "[::1]:7400", "localhost:7400", "unix:/tmp/sheave.sock"}) {
    EXPECT_TRUE(check_listen_address(address).ok()) << address;
  }
  for (const char* address : {"0.0.0.0:7400", "[::]:7400", "192.168.1.4:7400", "gym.example:7400"}) {
    EXPECT_EQ(check_listen_address(address).reason, "LISTEN_NOT_LOCAL") << address;
  }
  for (const char* address : {"", "7400", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000", ":7400", "unix:"}) {
    EXPECT_EQ(check_listen_address(address).reason, "LISTEN_INVALID") << address;
  }
}

TEST(ListenAddress, LinksForOtherHostsNameWhatTheyCanReach) {
  const std::vector<std::string> names = {"127.0.0.1", "192.0.2.7", "198.51.100.2", "::1", "localhost", "row-3"};
  EXPECT_EQ(origin_of("0.0.0.0:8443", "", names), "https://192.0.2.7:8443");
  EXPECT_EQ(origin_of("[::]:8443", "", names), "https://192.0.2.7:8443");
  EXPECT_EQ(origin_of("198.51.100.2:8443", "", names), "https://198.51.100.2:8443");
  EXPECT_EQ(origin_of("[2001:db8::2]:8443", "", names), "https://[2001:db8::2]:8443");
  EXPECT_EQ(origin_of("0.0.0.0:8443", "row-3.gym.example", names), "https://row-3.gym.example:8443");
  EXPECT_EQ(origin_of("0.0.0.0:8443", "", {"127.0.0.1", "localhost"}), "") << "a host without a network";
}

}  // namespace
}  // namespace sheave::api
