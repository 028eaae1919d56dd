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

}  // namespace
}  // namespace sheave::api
