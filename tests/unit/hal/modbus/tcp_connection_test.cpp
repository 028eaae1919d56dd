#include "hal/modbus/tcp_connection.hpp"

#include <gmock/gmock.h>

#include "hal/modbus/clock.hpp"
#include "tests/support/fake_drive.hpp"
#include "tests/support/many_descriptors.hpp"

namespace sheave::hal::modbus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::int64_t soon() { return monotonic_now_ns() + 5 * kNsPerS; }

TEST(TcpConnection, SaysThatNobodyListens) {
  test::FakeDrive drive;
  drive.go_away();
  TcpConnection connection({"127.0.0.1", drive.port()});
  EXPECT_THAT(connection.connect(soon()), AllOf(HasSubstr("cannot connect to " + drive.endpoint()), HasSubstr("connection refused"),
                                                HasSubstr("Is the drive on and the address right?")));
  EXPECT_FALSE(connection.up());
}

TEST(TcpConnection, SaysThatTheHostIsUnknown) {
  TcpConnection connection({"no-such-host.invalid", 502});
  EXPECT_THAT(connection.connect(soon()), AllOf(HasSubstr("no-such-host.invalid"), HasSubstr("address")));
}

TEST(TcpConnection, KeepsItsLowDescriptorHoweverManyAreOpen) {
  test::FakeDrive drive;
  TcpConnection connection({"127.0.0.1", drive.port()});
  const int reserved = connection.descriptor();
  test::ManyDescriptors many;
  ASSERT_TRUE(many.full());
  ASSERT_THAT(connection.connect(soon()), IsEmpty());
  EXPECT_EQ(connection.descriptor(), reserved);
  EXPECT_LT(reserved, FD_SETSIZE);

  connection.drop(0);
  EXPECT_FALSE(connection.up());
  std::int64_t now = kNsPerS;  // past the first pause
  while (!connection.advance(now)) now += kNsPerMs;
  EXPECT_EQ(connection.descriptor(), reserved);
}

TEST(TcpConnection, RefusesAtOnceWhenNoLowDescriptorIsLeft) {
  test::FakeDrive drive;
  test::ManyDescriptors many;
  ASSERT_TRUE(many.full());
  TcpConnection connection({"127.0.0.1", drive.port()});
  EXPECT_THAT(connection.connect(soon()), HasSubstr("open files"));
}

}  // namespace
}  // namespace sheave::hal::modbus
