#pragma once
// The machine in real time: one thread that steps every cable at 1 kHz and serves its Modbus clients in between.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/athlete/athlete.hpp"
#include "sim/plant/rig.hpp"
#include "sim/stack/faults.hpp"
#include "sim/stack/log.hpp"
#include "sim/stack/register_map.hpp"
#include "sim/stack/rtu_server.hpp"
#include "sim/stack/tcp_server.hpp"

namespace sheave::sim {

struct SimulatorConfig {
  std::vector<Endpoint> listeners;  ///< One per cable.
  std::vector<SerialSpec> lines;    ///< Each for as many cables as it has units. One or two cables in all.
  AthleteSpec athlete;
  std::uint64_t seed = 1;
  std::optional<Trace> trace;
  bool trace_now = false;
  bool machine_spread = false;  ///< Friction drawn from the measured spread instead of the nominal.
  FaultSpec faults;
  std::string log_path;  ///< Empty: none.

  std::size_t cables() const noexcept;
};

class Simulator {
 public:
  /// Listens. @return null with `error`.
  static std::unique_ptr<Simulator> create(const SimulatorConfig& config, std::string& error);
  ~Simulator();

  /// The ports of the TCP listeners.
  std::vector<std::uint16_t> ports() const;
  /// Where everything is served, as --listen takes it.
  std::vector<std::string> addresses() const;

  /// Steps and serves until `stop_descriptor` is readable.
  void run(int stop_descriptor);

  std::uint64_t log_rows_lost() const noexcept { return log_ ? log_->lost() : 0; }
  /// Time that was skipped because the process did not run for longer than can be caught up [s].
  double skipped_s() const noexcept { return skipped_s_; }

 private:
  struct Axis;

  explicit Simulator(const SimulatorConfig& config);
  bool serve_on(const SimulatorConfig& config, std::string& error);
  void step(std::int64_t time_ns);
  void catch_up(std::int64_t now_ns);
  void pull_cable(double time_s);

  FaultSpec faults_;
  DriveFaults drive_faults_;
  Panel panel_;
  std::vector<std::unique_ptr<Axis>> axes_;
  std::vector<std::unique_ptr<Server>> servers_;
  std::vector<const TcpServer*> tcp_servers_;  // of these
  std::unique_ptr<LogWriter> log_;
  std::int64_t next_ns_ = 0;
  std::uint64_t steps_ = 0;
  double pulled_at_s_ = -1.0;  // negative: not yet
  bool pulled_ = false;
  double skipped_s_ = 0.0;
};

}  // namespace sheave::sim
