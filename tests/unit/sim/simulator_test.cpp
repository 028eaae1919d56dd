#include "sim/stack/simulator.hpp"

#include <gtest/gtest.h>
#include <modbus/modbus.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace sheave::sim {
namespace {

/// A simulator on a free port, in a thread of its own, with libmodbus as its client.
class SimulatorOnSocket : public ::testing::Test {
 protected:
  void start(SimulatorConfig config = {}) {
    if (config.listeners.empty()) config.listeners.push_back({"127.0.0.1", 0});
    std::string error;
    simulator_ = Simulator::create(config, error);
    ASSERT_TRUE(simulator_) << error;
    thread_ = std::thread([this] { simulator_->run(stop_); });
  }
  void finish() {
    if (!thread_.joinable()) return;
    const std::uint64_t one = 1;
    ASSERT_EQ(write(stop_, &one, sizeof one), static_cast<ssize_t>(sizeof one));
    thread_.join();
  }
  void TearDown() override {
    finish();
    simulator_.reset();
    close(stop_);
  }

  using Client = std::unique_ptr<modbus_t, void (*)(modbus_t*)>;
  Client connect(std::size_t cable = 0) {
    Client client(modbus_new_tcp("127.0.0.1", simulator_->ports().at(cable)), [](modbus_t* c) {
      modbus_close(c);
      modbus_free(c);
    });
    modbus_set_slave(client.get(), 1);
    EXPECT_EQ(modbus_connect(client.get()), 0) << modbus_strerror(errno);
    return client;
  }
  /// One cycle as the controller makes it. @return the statusword, or -1.
  static int cycle(modbus_t* client, std::uint16_t seq, std::uint16_t controlword, std::uint32_t target_mn) {
    const std::array<std::uint16_t, 9> out{
        seq,   controlword, 10, static_cast<std::uint16_t>(target_mn >> 16U), static_cast<std::uint16_t>(target_mn & 0xFFFFU), 1000,
        65535, 500,         800};
    std::array<std::uint16_t, 18> in{};
    const int got = modbus_write_and_read_registers(client, 0x0000, 9, out.data(), 0x0100, 18, in.data());
    if (got != 18 || in[0] != seq) return -1;
    return in[1];
  }
  /// Cycles until the drive is enabled.
  static void enable(modbus_t* client, std::uint16_t& seq) {
    for (int i = 0; i < 500'000; ++i) {
      const int status = cycle(client, ++seq, 0x06, 0);
      if ((status & 0x6F) == 0x21) break;
    }
    for (int i = 0; i < 500'000; ++i) {
      if ((cycle(client, ++seq, 0x0F, 0) & 0x6F) == 0x27) return;
    }
    FAIL() << "not enabled";
  }

  /// `size` bytes, or fewer where the other side closes. libmodbus' sockets do not block, so it waits here.
  static std::vector<std::uint8_t> receive(int socket, std::size_t size) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < size) {
      pollfd wait{socket, POLLIN, 0};
      EXPECT_EQ(poll(&wait, 1, 10'000), 1);
      std::uint8_t byte = 0;
      if (recv(socket, &byte, 1, 0) != 1) break;
      bytes.push_back(byte);
    }
    return bytes;
  }

  int stop_ = eventfd(0, EFD_CLOEXEC);
  std::unique_ptr<Simulator> simulator_;
  std::thread thread_;
};

TEST_F(SimulatorOnSocket, EnablesAndPullsThroughAnIndependentClient) {
  start();
  const Client client = connect();
  std::uint16_t seq = 0;
  enable(client.get(), seq);
  std::array<std::uint16_t, 18> in{};
  int force_mn = 0;
  for (int i = 0; i < 100000 && force_mn < 29'500; ++i) {
    ASSERT_GE(cycle(client.get(), ++seq, 0x0F, 30'000), 0);
    ASSERT_EQ(modbus_read_registers(client.get(), 0x0100, 18, in.data()), 18);
    force_mn = (in[8] << 16) | in[9];
  }
  EXPECT_NEAR(force_mn, 30'000, 500);
}

TEST_F(SimulatorOnSocket, GivesTheExceptionsOfTheMap) {
  start();
  const Client client = connect();
  std::array<std::uint16_t, 125> in{};
  auto errno_of = [](int result) { return result == -1 ? errno : 0; };
  EXPECT_EQ(errno_of(modbus_read_registers(client.get(), 0x0500, 1, in.data())), EMBXILADD);
  EXPECT_EQ(errno_of(modbus_read_bits(client.get(), 0, 1, reinterpret_cast<std::uint8_t*>(in.data()))), EMBXILFUN);
  EXPECT_EQ(errno_of(modbus_write_register(client.get(), 0x0200, 0)), EMBXILVAL);
  EXPECT_EQ(errno_of(modbus_write_register(client.get(), 0x0200, 100)), 0);
  EXPECT_EQ(modbus_read_input_registers(client.get(), 0x0300, 2, in.data()), 2);
  EXPECT_EQ(in[0], 0x4B44);
  std::uint16_t seq = 0;
  enable(client.get(), seq);
  EXPECT_EQ(errno_of(modbus_write_register(client.get(), 0x0200, 100)), EMBXSBUSY);
}

TEST_F(SimulatorOnSocket, ASilentMasterLosesTheDriveAndASecondOneSeesWhy) {
  start();
  const Client master = connect();
  const Client other = connect();
  std::uint16_t seq = 0;
  enable(master.get(), seq);
  std::array<std::uint16_t, 3> in{};
  // Reads never feed the watchdog, however many.
  do {
    ASSERT_EQ(modbus_read_registers(other.get(), 0x0100, 3, in.data()), 3);
  } while (in[2] == 0);
  EXPECT_EQ(in[2], kErrorHeartbeat);
}

TEST_F(SimulatorOnSocket, RubbishCostsOnlyTheOneWhoSendsIt) {
  start();
  const Client good = connect();
  const Client bad = connect();
  const std::array<std::uint8_t, 16> rubbish{0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
  ASSERT_EQ(send(modbus_get_socket(bad.get()), rubbish.data(), rubbish.size(), MSG_NOSIGNAL), 16);
  EXPECT_TRUE(receive(modbus_get_socket(bad.get()), 1).empty()) << "closed by the drive";
  const std::array<std::uint8_t, 9> half{0, 1, 0, 0, 0, 6, 1, 3, 1};  // the rest never comes
  const Client slow = connect();
  ASSERT_EQ(send(modbus_get_socket(slow.get()), half.data(), half.size(), MSG_NOSIGNAL), 9);
  std::uint16_t word = 0;
  EXPECT_EQ(modbus_read_registers(good.get(), 0x0300, 1, &word), 1);
}

TEST_F(SimulatorOnSocket, AnswersEachOfSeveralRequestsSentAtOnce) {
  start();
  const Client client = connect();
  std::array<std::uint8_t, 36> requests{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::array<std::uint8_t, 12> one{0, static_cast<std::uint8_t>(i + 1), 0, 0, 0, 6, 1, 3, 3, 0, 0, 1};
    std::copy(one.begin(), one.end(), requests.begin() + static_cast<std::ptrdiff_t>(12 * i));
  }
  const int socket = modbus_get_socket(client.get());
  ASSERT_EQ(send(socket, requests.data(), requests.size(), MSG_NOSIGNAL), 36);
  const auto replies = receive(socket, 33);
  ASSERT_EQ(replies.size(), 33U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(replies[11 * i + 1], i + 1);
}

TEST_F(SimulatorOnSocket, TwoCablesArePlayedByOneMachine) {
  SimulatorConfig config;
  config.listeners = {{"127.0.0.1", 0}, {"127.0.0.1", 0}};
  start(config);
  const Client left = connect(0);
  const Client right = connect(1);
  std::array<std::uint16_t, 2> serial{};
  ASSERT_EQ(modbus_read_registers(left.get(), 0x0302, 2, serial.data()), 2);
  EXPECT_EQ(serial[1], 1001);
  ASSERT_EQ(modbus_read_registers(right.get(), 0x0302, 2, serial.data()), 2);
  EXPECT_EQ(serial[1], 1002);
  ASSERT_EQ(modbus_write_register(left.get(), 0x0400, 2), 1);
  std::uint16_t lamp = 0;
  ASSERT_EQ(modbus_read_registers(right.get(), 0x0400, 1, &lamp), 1);
  EXPECT_EQ(lamp, 2) << "one panel";
}

TEST_F(SimulatorOnSocket, DroppedRepliesAreCarriedOutRequests) {
  SimulatorConfig config;
  config.faults.drop = 1.0;
  start(config);
  const Client client = connect();
  modbus_set_response_timeout(client.get(), 0, 50'000);
  std::uint16_t word = 0;
  EXPECT_EQ(modbus_read_registers(client.get(), 0x0300, 1, &word), -1);
}

TEST_F(SimulatorOnSocket, LogsEveryMillisecondWithTheTruth) {
  SimulatorConfig config;
  const auto path = std::filesystem::temp_directory_path() / ("sheave_log_" + std::to_string(getpid()) + ".csv");
  config.log_path = path.string();
  start(config);
  const Client client = connect();
  std::uint16_t seq = 0;
  enable(client.get(), seq);
  finish();
  EXPECT_EQ(simulator_->log_rows_lost(), 0U);
  simulator_.reset();  // flushes
  std::ifstream log(path);
  std::string line;
  std::getline(log, line);
  EXPECT_EQ(line,
            "time_s,cable,extension_m,velocity_mps,motor_force_n,handle_force_n,commanded_force_n,drive_state,lamp,athlete_doing,"
            "athlete_rep,athlete_strength_n,cable_pulled");
  double before = 0.0;
  int rows = 0;
  bool enabled = false;
  while (std::getline(log, line)) {
    const double time_s = std::stod(line);
    if (rows++ > 0) {
      EXPECT_NEAR(time_s - before, 0.001, 2e-6);
    }
    before = time_s;
    enabled = enabled || line.find("operation-enabled") != std::string::npos;
  }
  EXPECT_GT(rows, 50);
  EXPECT_TRUE(enabled);
  std::filesystem::remove(path);
}

TEST(SimulatorStart, SaysWhatIsInTheWay) {
  std::string error;
  SimulatorConfig config;
  config.listeners.push_back({"127.0.0.1", 0});
  const auto first = Simulator::create(config, error);
  ASSERT_TRUE(first);
  config.listeners[0].port = first->ports()[0];
  EXPECT_FALSE(Simulator::create(config, error));
  EXPECT_NE(error.find("Another simulator or drive has this port"), std::string::npos) << error;
  config.listeners[0] = {"no.such.host.invalid", 1502};
  EXPECT_FALSE(Simulator::create(config, error));
  EXPECT_NE(error.find("no.such.host.invalid"), std::string::npos) << error;
  Endpoint endpoint;
  EXPECT_FALSE(parse_endpoint("127.0.0.1:1502", endpoint, error));
  EXPECT_FALSE(parse_endpoint("tcp:127.0.0.1:99999", endpoint, error));
  EXPECT_TRUE(parse_endpoint("tcp:127.0.0.1:0", endpoint, error));
}

}  // namespace
}  // namespace sheave::sim
