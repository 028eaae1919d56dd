#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "controller/control/float_mode.hpp"
#include "sim/scenario/virtual_stack.hpp"

namespace sheave::sim {

namespace {

constexpr std::int64_t kMainPeriod_ns = 10 * kNsPerMs;  // as the daemon's timer
constexpr std::uint32_t kOpenWithin_ms = 5000;
constexpr double kHome_m = 0.02;
constexpr double kForceMost = 1.5;  // of the most that a session may set: an eccentric overload

/// Opened. The period is the machine's, or the wire's where that is longer, as in the daemon.
std::unique_ptr<SimulatedStack> open_stack(ScenarioConfig& config, std::string& error) {
  VirtualStackConfig stack;
  stack.axis_count = config.machine.cable_count;
  stack.period_ns = config.machine.period_ns;
  stack.athlete = config.athlete;
  stack.seed = config.seed;
  stack.cable = config.cable;
  std::unique_ptr<SimulatedStack> made;
  if (config.wire) {
    made = std::make_unique<WireStack>(stack, *config.wire);
  } else {
    made = std::make_unique<VirtualStack>(stack);
  }
  if (const hal::OpenError failed = made->open(kOpenWithin_ms)) {
    error = failed.message;
  } else {
    config.machine.period_ns = std::max(config.machine.period_ns, made->info().period_ns);
  }
  return made;
}

/// What the program's file says that its profiles may make by themselves: read from the file, not from the plugins that are judged.
double stated_force_n(const session::Program* program) {
  double most_n = 0.0;
  if (program == nullptr) return most_n;
  for (const session::PluginUse& link : program->load_chain) {
    if (const auto stated = link.params.find("most_n"); stated != link.params.end()) most_n += stated->second;
  }
  return most_n;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) noexcept { return (hash ^ word) * 0x100000001b3; }

template <typename T>
std::uint64_t mix_bits(std::uint64_t hash, T value) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, &value, sizeof value);
  return mix(hash, word);
}

}  // namespace

Scenario::Scenario(const ScenarioConfig& config)
    : config_(config),
      stack_(open_stack(config_, error_)),
      faults_(*stack_),
      journal_(config.journal != nullptr ? config.journal : &own_journal_),
      plugins_(registry_, config_.machine.period_ns),
      oracle_(newton_from_kg(config.machine.load_max_total_kg) * kForceMost, config.machine.retract_limit_mps,
              seconds(config_.machine.period_ns)) {
  registry_.scan(config_.plugin_folders);
  if (!error_.empty()) return;
  cycle_ = std::make_unique<control::ControlCycle>(config_.machine, faults_, port_, clock_, nullptr);
  // Ids go on where an earlier run on the same journal ended.
  auto made = std::make_shared<std::size_t>(journal_->sessions().size());
  manager_ = session::make_manager({config_.machine, faults_.info().peak_force_n, port_, plugins_, *journal_, wall_clock_, worker_,
                                    config_.catalog, [made] { return "session-" + std::to_string(++*made); }});
  manager_->add_observer(this);
  manager_->start(clock_.time_ns);
}

Scenario::~Scenario() {
  if (manager_) manager_->remove_observer(this);
}

Status Scenario::start(const session::CreateSession& request) {
  Status status;
  own_force_n_ = stated_force_n(config_.catalog.find(request.program_id));
  manager_->create(request, [&](Result<session::SessionRecord> made) {
    status = made.status();
    if (made) session_id_ = made->id;
  });
  if (!status.ok()) return status;
  manager_->activate(session_id_, [&](const Result<session::SessionRecord>& active) { status = active.status(); });
  return status;
}

Result<session::SelfTestRecord> Scenario::self_test(double limit_s) {
  run_until(safety::MachineState::kIdle, limit_s);
  std::optional<Result<session::SelfTestRecord>> result;
  manager_->self_test([&](Result<session::SelfTestRecord> tested) { result = std::move(tested); });
  const std::int64_t end_ns = clock_.time_ns + from_seconds(limit_s);
  while (clock_.time_ns < end_ns && (!result || cycle_->state() != safety::MachineState::kIdle)) step();
  if (result) return *std::move(result);
  return Status::error(StatusCode::kUnavailable, "TIMEOUT", "the self-test did not end");
}

void Scenario::step() {
  const std::int64_t period_ns = config_.machine.period_ns;
  clock_.time_ns += period_ns;
  wall_clock_.unix_ns += period_ns;
  const safety::MachineState claimed = cycle_->state();
  const control::TickTime time{index_, clock_.time_ns, index_ == 0 ? 0 : period_ns, period_ns};
  ++index_;
  cycle_->run(time, clock_.time_ns + period_ns, {.realtime = true, .shutdown = false});
  if (config_.judge) judge(claimed);
  if (main_alive) step_main();
}

void Scenario::step_main() {
  if (clock_.time_ns >= main_due_ns_) {
    main_due_ns_ = clock_.time_ns + kMainPeriod_ns;
    manager_->tick(clock_.time_ns);
  } else if (!port_.events.empty()) {
    manager_->on_events(clock_.time_ns);
  }
}

void Scenario::judge(safety::MachineState claimed) {
  const session::Snapshot& told = manager_->snapshot();
  OracleSample sample;
  sample.now_ns = clock_.time_ns;
  sample.state = claimed;
  sample.session_open = told.session.has_value() && told.stage != session::Stage::kFinished;
  sample.verified = faults_.verified();
  sample.link_silent = faults_.silent_periods() > 0 || stack_->silent();
  sample.stop = std::exchange(stop_pressed_, false);
  sample.set_load_n = newton_from_kg(told.load_per_cable_kg);
  sample.set_most_n = config_.set_most_n;
  sample.own_force_n = own_force_n_;
  sample.axis_count = config_.machine.cable_count;
  std::array<CableState, hal::kMaxAxes> cables{};
  for (std::size_t i = 0; i < sample.axis_count; ++i) {
    const Rig& rig = stack_->rig(i);
    cables[i] = rig.cable();
    sample.commands[i] = faults_.sent(i);
    sample.plant[i] = {cables[i].motor_force_n, cables[i].drum_mps, cables[i].handle_m,
                       std::string_view(rig.hand().truth().doing) == "let-go", (rig.drive().status().statusword & (1U << 14U)) != 0};
  }
  oracle_.judge(sample);
  witness_.watch(claimed, cables.data(), sample.axis_count, stack_->rig(0).hand().truth());
}

void Scenario::run_for(double duration_s) {
  const control::FloatMode float_mode;
  for (std::int64_t left_ns = from_seconds(duration_s); left_ns > 0; left_ns -= config_.machine.period_ns) step();
}

bool Scenario::run_until(safety::MachineState state, double limit_s) {
  const control::FloatMode float_mode;
  for (const std::int64_t end_ns = clock_.time_ns + from_seconds(limit_s); clock_.time_ns < end_ns;) {
    if (cycle_->state() == state) return true;
    step();
  }
  return false;
}

bool Scenario::handle_home() {
  for (std::size_t i = 0; i < config_.machine.cable_count; ++i) {
    if (stack_->rig(i).cable().handle_m > kHome_m) return false;
  }
  return true;
}

bool Scenario::run_session(double limit_s) {
  const control::FloatMode float_mode;
  for (const std::int64_t end_ns = clock_.time_ns + from_seconds(limit_s); clock_.time_ns < end_ns;) {
    const bool over = manager_->snapshot().stage == session::Stage::kFinished;
    if (over && cycle_->state() == safety::MachineState::kIdle && handle_home()) return true;
    step();
  }
  return false;
}

void Scenario::press_stop() noexcept {
  port_.stop_requests.fetch_add(1);
  stop_pressed_ = true;
}

std::vector<session::SetRecord> Scenario::sets() const { return journal_->sets_of(session_id_); }

void Scenario::on_update(const session::Update& update) {
  if (update.entry == nullptr || update.entry->kind != session::LogEntry::Kind::kRep) return;
  hash_ = mix_bits(mix_bits(hash_, update.entry->rep.index), update.entry->rep.mean_speed_mps);
}

void Scenario::on_frames(const control::Frame* frames, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const control::Frame& frame = frames[i];
    if (frames_ > 0) frame_gaps_ += frame.tick - last_frame_.tick - 1;
    ++frames_;
    hash_ = mix(hash_, frame.tick);
    hash_ = mix(hash_, static_cast<std::uint64_t>(frame.state));
    for (std::size_t axis = 0; axis < frame.axis_count; ++axis) {
      const control::AxisFrame& a = frame.axes[axis];
      hash_ = mix_bits(mix_bits(hash_, a.extension_m), a.velocity_mps);
      hash_ = mix_bits(mix_bits(hash_, a.tension_n), a.commanded_n);
    }
    last_frame_ = frame;
  }
}

}  // namespace sheave::sim
