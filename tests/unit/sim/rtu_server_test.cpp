#include "sim/stack/rtu_server.hpp"

#include <gtest/gtest.h>
#include <modbus/modbus.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include "sim/stack/simulator.hpp"

namespace sheave::sim {
namespace {

TEST(SerialLine, ACharacterAndTheSilenceTakeWhatTheSpeedSays) {
  SerialSpec spec;
  spec.baud = 100'000;
  EXPECT_EQ(SerialLine(spec).character_ns(), 110'000) << "start, eight, parity, stop";
  spec.parity = 'N';
  EXPECT_EQ(SerialLine(spec).character_ns(), 100'000);
  EXPECT_EQ(SerialLine(spec).gap_ns(), 350'000);
  spec.fixed_gap = true;
  EXPECT_EQ(SerialLine(spec).gap_ns(), 1'750'000);
}

TEST(SerialLine, BytesFollowEachOther) {
  SerialSpec spec;
  spec.baud = 100'000;
  spec.parity = 'N';
  SerialLine line(spec);
  EXPECT_EQ(line.carry(1'000'000, 5), 1'500'000);
  EXPECT_EQ(line.carry(1'200'000, 5), 2'000'000) << "behind those that are on the line";
  EXPECT_EQ(line.silent_at_ns(), 2'350'000);
}

TEST(ParseSerial, ReadsWhatListenTakes) {
  SerialSpec spec;
  std::string error;
  ASSERT_TRUE(parse_serial("rtu:/tmp/line,baud=230400,parity=N,gap=fixed,turnaround_us=500,units=2", spec, error)) << error;
  EXPECT_EQ(spec.path, "/tmp/line");
  EXPECT_EQ(spec.baud, 230'400U);
  EXPECT_EQ(spec.parity, 'N');
  EXPECT_TRUE(spec.fixed_gap);
  EXPECT_EQ(spec.turnaround_us, 500.0);
  EXPECT_EQ(spec.units, 2U);
  for (const char* wrong : {"rtu:", "rtu:/a,parity=X", "rtu:/a,units=3", "rtu:/a,speed=9"}) EXPECT_FALSE(parse_serial(wrong, spec, error));
}

/// A simulator with two drives on one line, and libmodbus as its client.
class SimulatorOnSerialLine : public ::testing::Test {
 protected:
  void start(FaultSpec faults = {}) {
    SimulatorConfig config;
    config.faults = faults;
    SerialSpec line;
    line.path = path_;
    line.baud = 115200;
    line.units = 2;
    config.lines.push_back(line);
    std::string error;
    simulator_ = Simulator::create(config, error);
    ASSERT_TRUE(simulator_) << error;
    thread_ = std::thread([this] { simulator_->run(stop_); });
  }
  void TearDown() override {
    eventfd_write(stop_, 1);
    if (thread_.joinable()) thread_.join();
    simulator_.reset();
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(path_))) << "its line is gone with it";
    close(stop_);
  }

  using Client = std::unique_ptr<modbus_t, void (*)(modbus_t*)>;
  Client connect(int baud) {
    Client client(modbus_new_rtu(path_.c_str(), baud, 'E', 8, 1), [](modbus_t* c) {
      modbus_close(c);
      modbus_free(c);
    });
    modbus_set_response_timeout(client.get(), 0, 100'000);
    EXPECT_EQ(modbus_connect(client.get()), 0) << modbus_strerror(errno);
    return client;
  }
  /// The serial number of a unit; the silence that the client does not keep is waited for by asking again.
  static int serial_of(modbus_t* client, int unit) {
    std::array<std::uint16_t, 2> words{};
    modbus_set_slave(client, unit);
    for (int tries = 0; tries < 20; ++tries) {
      if (modbus_read_registers(client, 0x0302, 2, words.data()) == 2) return words[0] << 16 | words[1];
      modbus_flush(client);
    }
    return -1;
  }

  const std::string path_ = (std::filesystem::temp_directory_path() / ("sheave-line-" + std::to_string(getpid()))).string();
  int stop_ = eventfd(0, EFD_CLOEXEC);
  std::unique_ptr<Simulator> simulator_;
  std::thread thread_;
};

TEST_F(SimulatorOnSerialLine, BothUnitsAnswerAnIndependentClientAndNoThirdDoes) {
  start();
  const Client client = connect(115200);
  const int first = serial_of(client.get(), 1);
  EXPECT_GT(first, 0);
  EXPECT_EQ(serial_of(client.get(), 2), first + 1);
  EXPECT_EQ(serial_of(client.get(), 3), -1);
}

/// 8 + 9 characters of 11 bits, 3.5 of silence, 300 us of turnaround at 115200 baud.
TEST_F(SimulatorOnSerialLine, AnAnswerIsNeverThereBeforeItsBytesCanBe) {
  start();
  const Client client = connect(115200);
  ASSERT_GT(serial_of(client.get(), 1), 0);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_GT(serial_of(client.get(), 1), 0);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::microseconds(2257 - 1));
}

TEST_F(SimulatorOnSerialLine, AtAnotherSpeedThereIsNoAnswer) {
  start();
  const Client client = connect(19200);
  EXPECT_EQ(serial_of(client.get(), 1), -1);
}

TEST_F(SimulatorOnSerialLine, ASwappedAnswerSaysItIsFromTheOtherUnit) {
  FaultSpec faults;
  faults.swap = 1.0;
  start(faults);
  const Client client = connect(115200);
  EXPECT_EQ(serial_of(client.get(), 1), -1);
}

}  // namespace
}  // namespace sheave::sim
