#include "hal/modbus/serial_port.hpp"

#include <gmock/gmock.h>

#include <cerrno>

#include "tests/support/fake_serial_line.hpp"
#include "tests/support/many_descriptors.hpp"

namespace sheave::hal::modbus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Failure = SerialPort::Failure;

std::string open_message(SerialPort& port) {
  std::uint32_t got = 0;
  const Failure failure = port.open(got);
  const int why = errno;
  return port.explain(failure, why, got);
}

TEST(SerialPort, OpensALineAndKeepsItsNumber) {
  test::FakeSerialLine line({});
  SerialPort port(line.path(), 1'000'000, Parity::kEven);
  const int number = port.descriptor();
  EXPECT_EQ(open_message(port), "");
  EXPECT_TRUE(port.up());
  EXPECT_EQ(port.descriptor(), number);
  port.close();
  EXPECT_EQ(open_message(port), "");
  EXPECT_EQ(port.descriptor(), number);
}

TEST(SerialPort, RefusesASpeedThatThereIsNot) {
  test::FakeSerialLine line({});
  SerialPort port(line.path(), 250'000, Parity::kNone);
  EXPECT_THAT(open_message(port), HasSubstr("unsupported baud 250000"));
  EXPECT_FALSE(port.up());
  EXPECT_FALSE(is_serial_speed(250'000));
  EXPECT_TRUE(is_serial_speed(230'400));
}

TEST(SerialPort, TheSpeedThatThePortTookInsteadIsNamed) {
  const SerialPort port("/dev/ttyX", 1'000'000, Parity::kNone);
  EXPECT_THAT(port.explain(Failure::kSpeed, 0, 9600), AllOf(HasSubstr("unsupported baud 1000000"), HasSubstr("took 9600")));
}

TEST(SerialPort, SaysWhatIsNoPort) {
  SerialPort missing("/dev/no-such-port", 115200, Parity::kNone);
  EXPECT_THAT(open_message(missing), AllOf(HasSubstr("/dev/no-such-port"), HasSubstr("plugged in")));
  SerialPort file("/dev/null", 115200, Parity::kNone);
  EXPECT_THAT(open_message(file), HasSubstr("no serial port"));
}

TEST(SerialPort, OneMasterAtATime) {
  test::FakeSerialLine line({});
  SerialPort first(line.path(), 115200, Parity::kNone), second(line.path(), 115200, Parity::kNone);
  EXPECT_EQ(open_message(first), "");
  EXPECT_THAT(open_message(second), HasSubstr("in use by another program"));
  first.close();
  EXPECT_EQ(open_message(second), "");
}

/// libmodbus waits with select(), which aborts the process for descriptors >= 1024.
TEST(SerialPort, ComesBackOnALowNumberWhenThousandsAreOpen) {
  test::FakeSerialLine line({});
  SerialPort port(line.path(), 115200, Parity::kNone);
  test::ManyDescriptors many;
  ASSERT_TRUE(many.full());
  EXPECT_EQ(open_message(port), "");
  EXPECT_LT(port.descriptor(), FD_SETSIZE);
}

}  // namespace
}  // namespace sheave::hal::modbus
