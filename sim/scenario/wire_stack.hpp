#pragma once
// The simulated machine behind the shipped Modbus stack: its links, libmodbus and the simulator's servers on true sockets and pseudo
// terminals, in one thread and in virtual time. What a wire does to a set shows here in every run alike, however busy the host is.

#include <memory>
#include <string>
#include <vector>

#include "hal/modbus/stack.hpp"
#include "sim/scenario/simulated_stack.hpp"
#include "sim/stack/faults.hpp"
#include "sim/stack/register_map.hpp"
#include "sim/stack/server.hpp"

namespace sheave::sim {

struct WireConfig {
  std::string kind = "tcp";     ///< Or "rtu".
  std::uint32_t baud = 115200;  ///< rtu; 8E1
  std::size_t lines = 0;        ///< rtu: serial lines; 0: one per cable.
  FaultSpec faults;             ///< Of the wire; the drives' are the test's to inject.
  std::string profile_path;
};

/// open() runs in real time, while the plant stands still; from then on time is virtual, and a session the same in every run.
class WireStack final : public SimulatedStack, private hal::modbus::WireTime {
 public:
  WireStack(const VirtualStackConfig& config, WireConfig wire);
  ~WireStack() override;

  hal::OpenError open(std::uint32_t timeout_ms) override;
  void close() noexcept override;
  const hal::StackInfo& info() const noexcept override { return stack_->info(); }
  /// Ends a period after it began: the configured one, or the wire's where that is longer. `deadline_ns` is not looked at: it is four
  /// fifths of that, as the loop's.
  void exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept override;
  void pass() noexcept override;
  void set_panel(const hal::PanelCommand& command) noexcept override { stack_->set_panel(command); }
  hal::PanelState panel() const noexcept override { return stack_->panel(); }
  bool verified() const noexcept override { return stack_->verified(); }
  hal::LinkCounters counters() const noexcept override { return stack_->counters(); }
  bool silent() const noexcept override;

  /// The cable of that line: out, nobody is told, and what is on its way is lost; in again.
  void pull(std::size_t line);
  void plug(std::size_t line);
  /// The other end is gone: a connection is closed, a serial adapter is no longer there. And back, at the same place.
  void remove(std::size_t line);
  void restore(std::size_t line);

  /// Where line 0 is, for a second master: "127.0.0.1:PORT" or a path.
  const std::string& place(std::size_t line) const { return places_[line]; }

 private:
  std::int64_t now_ns() noexcept override { return wire_ns_; }
  void wait(std::span<pollfd> links, std::int64_t until_ns) noexcept override;

  std::size_t line_count() const noexcept;
  bool listen(std::size_t line, std::string& error);
  std::int64_t serve(std::int64_t patience_ns, std::span<pollfd> links);
  void advance(std::int64_t time_ns) noexcept;

  WireConfig wire_;
  std::vector<std::unique_ptr<RegisterMap>> maps_;
  std::vector<std::unique_ptr<Server>> servers_;  // one per line; null: gone
  std::vector<std::string> places_;
  std::vector<bool> pulled_;
  std::vector<pollfd> waits_;
  std::unique_ptr<hal::CableStack> stack_;
  std::int64_t wire_ns_ = 0, began_ns_ = 0;  // the links' clock, and what it was at time_ns() == kBoot_ns
};

}  // namespace sheave::sim
