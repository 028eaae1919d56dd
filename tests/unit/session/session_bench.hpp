#pragma once
// A whole manager in virtual time: a memory journal, a fake control side, progressions by function.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "controller/session/make_manager.hpp"
#include "controller/session/memory_journal.hpp"
#include "tests/support/fake_control.hpp"

namespace sheave::session::test {

/// Wall time follows the virtual clock from a fixed day.
class FakeWallClock final : public WallClock {
 public:
  WallTime now() const override { return {1'700'000'000'000'000'000 + *now_ns, synchronized}; }
  const std::int64_t* now_ns = nullptr;
  bool synchronized = true;
};

using DecideFunction = std::function<Result<sheave_progression_out_t>(const sheave_progression_in_t&)>;

class FakePlugins final : public PluginSource {
 public:
  Status check(const Program& program, std::int64_t) const override;
  /// Only "return_share" of any profile is live, up to 1.5; its number is 1.
  Result<std::uint32_t> live_param(const std::string& profile, const std::string& parameter, double value) const override;
  Result<PlanParts> make_parts(const Program&, const plugin_host::ActivationContext&) override;
  Result<std::shared_ptr<const Decider>> make_decider(const Program&) override;

  std::string missing;  ///< Id of a plugin that is not installed.
  DecideFunction decide;
  bool fail_parts = false;
  Program made_for;  ///< What the last parts were made of.
};

/// Jobs wait until run_all(): a slow progression.
class ManualWorker final : public Worker {
 public:
  void run(std::function<void()> job, std::function<void()> then) override;
  void run_all();
  bool inline_ = true;

 private:
  std::vector<std::pair<std::function<void()>, std::function<void()>>> tasks_;
};

struct Recorder final : Observer {
  void on_update(const Update& update) override;
  void on_frames(const control::Frame*, std::size_t count) override { frames += count; }
  std::vector<LogEntry> entries;
  std::vector<Snapshot> snapshots;
  std::vector<std::uint32_t> cues;
  std::size_t frames = 0;
  std::size_t count(LogEntry::Kind kind) const;
};

sheave_progression_out_t load_decision(double load_kg, const char* reason, double step_kg = -1);
Program test_program();

class SessionBench {
 public:
  SessionBench();
  /// A second controller on the same journal, as after a restart. @param tested the machine has its self-test behind it.
  void restart(bool tested = true);

  void run_for(double seconds);
  /// Until `condition` holds; false after `limit_s`.
  bool run_until(const std::function<bool()>& condition, double limit_s = 700);
  bool run_until_stage(Stage stage, double limit_s = 700);

  /// Creates and activates; the session's id.
  std::string start_session(CreateSession request = {});
  Result<SessionRecord> create(CreateSession request);
  Result<SessionRecord> activate(const std::string& id);
  /// Three light pulls over 0.2 to 0.8 m.
  void calibrate();
  /// Waits for the set to be armed, then `reps` full pulls and home.
  void do_set(int reps, control::SetEndReason end = control::SetEndReason::kRacked);
  /// Mean speed of do_set()'s reps at a load; not set: unknown to the test, as of a pull of one second.
  std::function<double(double load_kg)> rep_mps;
  double armed_load_kg() const { return kg_from_newton(control->plan()->load_per_axis_n); }
  const Snapshot& snapshot() const { return manager->snapshot(); }

  std::int64_t now_ns = 1'000 * kNsPerS;
  Machine machine;
  FakeWallClock wall_clock;
  FakePlugins plugins;
  ManualWorker worker;
  MemoryJournal journal;
  Catalog catalog;
  Recorder recorder;
  std::unique_ptr<control::Port> port;
  std::unique_ptr<sheave::test::FakeControl> control;
  std::unique_ptr<DrivenManager> manager;
  std::string session_id;

 private:
  int last_id_ = 0;
};

}  // namespace sheave::session::test
