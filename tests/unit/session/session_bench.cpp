#include "tests/unit/session/session_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sheave::session::test {

namespace {

class FunctionDecider final : public Decider {
 public:
  explicit FunctionDecider(DecideFunction decide) : decide_(std::move(decide)) {}
  Result<sheave_progression_out_t> decide(const sheave_progression_in_t& in) const override { return decide_(in); }

 private:
  DecideFunction decide_;
};

constexpr std::int64_t kTick_ns = 10 * kNsPerMs;

}  // namespace

sheave_progression_out_t load_decision(double load_kg, const char* reason, double step_kg) {
  sheave_progression_out_t out{};
  out.struct_size = sizeof out;
  out.decision = SHEAVE_DECISION_LOAD;
  out.load_kg = load_kg;
  out.next_kind = SHEAVE_SET_WORKING;
  out.confidence = -1;
  std::strncpy(out.reason, reason, sizeof out.reason - 1);
  if (step_kg > 0) {
    out.evidence_count = 1;
    std::strcpy(out.evidence[0].name, "step_kg");
    out.evidence[0].value = step_kg;
  }
  return out;
}

Program test_program() {
  Program program;
  program.id = "cable-row";
  program.name = "Cable row";
  program.exercise.id = "cable-row";
  program.load_chain = {{"constant", {}}};
  program.progression.id = "double-progression";
  program.prescription = {3, 6, 8, 60.0, 0, 0, 0};
  program.start_load_kg = 10.0;
  program.min_rom_m = 0.15;
  program.etag = "0123456789abcdef";
  return program;
}

Status FakePlugins::check(const Program& program, std::int64_t) const {
  if (missing.empty()) return {};
  return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_UNKNOWN",
                       "program \"" + program.id + "\" needs the plugin \"" + missing + "\", which is not installed");
}

Result<std::uint32_t> FakePlugins::live_param(const std::string& profile, const std::string& parameter, double value) const {
  if (parameter != "return_share") return Status::error(StatusCode::kFailedPrecondition, "PARAM_NOT_LIVE", parameter + " of " + profile);
  if (value > 1.5) return Status::error(StatusCode::kInvalidArgument, "PARAM_RANGE", "return_share is at most 1.5");
  return 1;
}

Result<PlanParts> FakePlugins::make_parts(const Program& program, const plugin_host::ActivationContext&) {
  made_for = program;
  if (fail_parts) return Status::error(StatusCode::kInternal, "PLUGIN_FAILED", "the plugin \"cable-row\" did not start");
  return PlanParts{};
}

Result<std::shared_ptr<const Decider>> FakePlugins::make_decider(const Program&) {
  return std::shared_ptr<const Decider>(
      std::make_shared<FunctionDecider>([this](const sheave_progression_in_t& in) { return decide(in); }));
}

void ManualWorker::run(std::function<void()> job, std::function<void()> then) {
  tasks_.emplace_back(std::move(job), std::move(then));
  if (inline_) run_all();
}

void ManualWorker::run_all() {
  for (auto& [job, then] : std::exchange(tasks_, {})) {
    job();
    then();
  }
}

void Recorder::on_update(const Update& update) {
  if (update.entry != nullptr) entries.push_back(*update.entry);
  if (update.snapshot != nullptr) snapshots.push_back(*update.snapshot);
  if (update.kind == Update::Kind::kCue) cues.push_back(update.cue);
}

std::size_t Recorder::count(LogEntry::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [&](const LogEntry& e) { return e.kind == kind; }));
}

SessionBench::SessionBench() {
  wall_clock.now_ns = &now_ns;
  catalog.programs = {test_program()};
  plugins.decide = [](const sheave_progression_in_t& in) {
    return load_decision(in.set_count > 0 ? in.sets[0].load_kg : in.start_load_kg, "HOLD_IN_RANGE");
  };
  restart();
}

void SessionBench::restart(bool tested) {
  manager.reset();
  control.reset();
  port = std::make_unique<control::Port>();
  control = std::make_unique<sheave::test::FakeControl>(*port);
  manager = make_manager(
      {machine, 900.0, *port, plugins, journal, wall_clock, worker, catalog, [this] { return "id-" + std::to_string(++last_id_); }});
  manager->add_observer(&recorder);
  if (tested) control->power_on();
  manager->start(now_ns);
  run_for(0.1);
}

void SessionBench::run_for(double seconds) {
  for (const std::int64_t end_ns = now_ns + from_seconds(seconds); now_ns < end_ns;) {
    now_ns += kTick_ns;
    control->step(now_ns);
    manager->tick(now_ns);
  }
}

bool SessionBench::run_until(const std::function<bool()>& condition, double limit_s) {
  for (const std::int64_t end_ns = now_ns + from_seconds(limit_s); now_ns < end_ns;) {
    if (condition()) return true;
    run_for(0.01);
  }
  return condition();
}

bool SessionBench::run_until_stage(Stage stage, double limit_s) {
  return run_until([&] { return snapshot().stage == stage; }, limit_s);
}

Result<SessionRecord> SessionBench::create(CreateSession request) {
  if (request.program_id.empty()) request.program_id = "cable-row";
  Result<SessionRecord> result = Status::error(StatusCode::kInternal, "NO_ANSWER", "");
  manager->create(request, [&](Result<SessionRecord> answer) { result = std::move(answer); });
  return result;
}

Result<SessionRecord> SessionBench::activate(const std::string& id) {
  Result<SessionRecord> result = Status::error(StatusCode::kInternal, "NO_ANSWER", "");
  manager->activate(id, [&](Result<SessionRecord> answer) { result = std::move(answer); });
  return result;
}

std::string SessionBench::start_session(CreateSession request) {
  const Result<SessionRecord> made = create(std::move(request));
  EXPECT_TRUE(made.ok()) << made.status().message;
  session_id = made->id;
  const Result<SessionRecord> active = activate(session_id);
  EXPECT_TRUE(active.ok()) << active.status().message;
  return session_id;
}

void SessionBench::calibrate() {
  ASSERT_TRUE(run_until([&] { return control->state() == safety::MachineState::kCalibrate; }));
  for (int i = 0; i < 3; ++i) {
    run_for(2);
    control->pull(0.2, 0.8);
  }
  ASSERT_TRUE(run_until([&] { return control->state() == safety::MachineState::kIdle; }, 1));
}

void SessionBench::do_set(int reps, control::SetEndReason end) {
  ASSERT_TRUE(run_until([&] { return control->state() == safety::MachineState::kReady; }));
  run_for(1);
  const double mps = rep_mps ? rep_mps(armed_load_kg()) : kUnknown;
  control->engage();
  for (int i = 0; i < reps; ++i) {
    run_for(2);
    control->pull(0.2, 0.8, RepVerdict::kCounted, mps);
  }
  run_for(0.5);
  control->end(end);
  run_for(0.05);
}

}  // namespace sheave::session::test
