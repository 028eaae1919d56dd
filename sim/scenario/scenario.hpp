#pragma once
// The second composition root: the shipped control and session code on the simulated machine, on one thread, in virtual time.
// The same configuration gives the same bits.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "controller/control/cycle.hpp"
#include "controller/core/machine.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/session/make_manager.hpp"
#include "controller/session/memory_journal.hpp"
#include "sim/scenario/fault_stack.hpp"
#include "sim/scenario/oracle.hpp"
#include "sim/scenario/wire_stack.hpp"
#include "sim/scenario/witness.hpp"

namespace sheave::sim {

struct ScenarioConfig {
  std::vector<std::string> plugin_folders;
  session::Catalog catalog;
  Machine machine;  ///< `cable_count` and `period_ns` are the simulated stack's too; a slow wire makes the period longer.
  AthleteSpec athlete;
  std::uint64_t seed = 1;
  CableParams cable;
  std::optional<WireConfig> wire;             ///< With it all goes over the shipped links, in virtual time too; without, as values.
  session::MemoryJournal* journal = nullptr;  ///< Of an earlier run, to go on with; null: one of its own.
  double set_most_n = 0.0;                    ///< As OracleSample's: for programs in which a profile makes a force of its own.
  bool judge = true;                          ///< With the oracle; without it for speed alone.
};

/// Times of the machine as a person would read them off a wall clock; a test may jump it.
class VirtualWallClock final : public session::WallClock {
 public:
  session::WallTime now() const override { return {unix_ns, true}; }
  std::int64_t unix_ns = 1'700'000'000'000'000'000;
};

class Scenario final : private session::Observer {
 public:
  explicit Scenario(const ScenarioConfig& config);
  ~Scenario() override;

  /// Why the machine could not be built; empty: it could.
  const std::string& error() const noexcept { return error_; }

  /// Creates a session and gives presence, as a tap at the kiosk does.
  Status start(const session::CreateSession& request);

  /// The machine measures itself, with the athlete at the handle when the lamp asks; runs until it is over and the handle home.
  Result<session::SelfTestRecord> self_test(double limit_s = 300.0);

  /// One control period, and with it what is due of the main thread.
  void step();
  void run_for(double duration_s);
  /// Until the session is over and the handle home. False where `limit_s` of virtual time was not enough.
  bool run_session(double limit_s = 3600.0);
  /// Until the machine is in `state`; false after `limit_s`.
  bool run_until(safety::MachineState state, double limit_s = 300.0);

  /// From any thread in a real machine: Stop, past the main thread.
  void press_stop() noexcept;
  /// The main thread runs; false: it hangs.
  bool main_alive = true;

  session::DrivenManager& manager() noexcept { return *manager_; }
  const session::Snapshot& snapshot() const noexcept { return manager_->snapshot(); }
  const session::MemoryJournal& journal() const noexcept { return *journal_; }
  const plugin_host::Registry& registry() const noexcept { return registry_; }
  FaultStack& stack() noexcept { return faults_; }
  SimulatedStack& machine() noexcept { return *stack_; }
  /// @pre ScenarioConfig::wire
  WireStack& wire() noexcept { return static_cast<WireStack&>(*stack_); }
  VirtualWallClock& wall_clock() noexcept { return wall_clock_; }
  safety::MachineState state() const noexcept { return cycle_->state(); }
  std::int64_t now_ns() const noexcept { return clock_.time_ns; }
  double time_s() const noexcept { return seconds(clock_.time_ns - kBegin_ns); }

  /// Of the present session, oldest first.
  std::vector<session::SetRecord> sets() const;
  const std::vector<SetTruth>& truths() const noexcept { return witness_.sets(); }
  const Oracle& oracle() const noexcept { return oracle_; }
  const control::Frame& last_frame() const noexcept { return last_frame_; }

  /// Of all frames and reps so far: equal runs have equal ones.
  std::uint64_t hash() const noexcept { return hash_; }
  std::uint64_t frames() const noexcept { return frames_; }
  std::uint64_t frame_gaps() const noexcept { return frame_gaps_; }  ///< Ticks that no frame told of.
  control::LoopStats stats() const noexcept { return cycle_->stats(); }

 private:
  static constexpr std::int64_t kBegin_ns = 1'000 * kNsPerS;

  class VirtualClock final : public rt::Clock {
   public:
    std::int64_t now_ns() noexcept override { return time_ns; }
    void sleep_until_ns(std::int64_t deadline_ns) noexcept override { time_ns = deadline_ns; }
    std::int64_t time_ns = kBegin_ns;
  };

  void on_update(const session::Update& update) override;
  void on_frames(const control::Frame* frames, std::size_t count) override;
  void step_main();
  void judge(safety::MachineState claimed);
  bool handle_home();

  ScenarioConfig config_;
  double own_force_n_ = 0.0;  // of the program that runs
  std::string error_;
  VirtualClock clock_;
  VirtualWallClock wall_clock_;
  std::unique_ptr<SimulatedStack> stack_;
  FaultStack faults_;
  control::Port port_;
  session::MemoryJournal own_journal_;
  session::MemoryJournal* journal_;
  plugin_host::Registry registry_;
  session::RegistryPlugins plugins_;
  session::InlineWorker worker_;
  std::unique_ptr<session::DrivenManager> manager_;
  std::unique_ptr<control::ControlCycle> cycle_;

  Oracle oracle_;
  Witness witness_;
  bool stop_pressed_ = false;
  std::string session_id_;
  std::uint64_t index_ = 0;
  std::int64_t main_due_ns_ = kBegin_ns;
  std::uint64_t hash_ = 0xcbf29ce484222325;  // FNV-1a
  std::uint64_t frames_ = 0, frame_gaps_ = 0;
  control::Frame last_frame_;
};

}  // namespace sheave::sim
