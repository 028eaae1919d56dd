// What one tick costs: two cables, cable-row and a chain of three links, their calls timed, in the middle of a set.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "controller/control/float_mode.hpp"
#include "controller/control/tick.hpp"
#include "controller/plugin_host/instance.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/rt/clock.hpp"
#include "tests/benchmarks/figure.hpp"
#include "tests/support/alloc_guard.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/two_cables.hpp"

namespace {

using namespace sheave;  // NOLINT: a program of one file

constexpr int kBlocks = 2'000, kTicksPerBlock = 250;
constexpr double kGoal_ns = 300.0;

struct ClockTimer final : plugin_host::CallTimer {
  std::int64_t now_ns() noexcept override { return clock.now_ns(); }
  rt::MonotonicClock clock;
};

std::unique_ptr<plugin_host::Instance> load(plugin_host::Registry& registry, const char* id, const char* kind) {
  auto made = registry.create(id, kind, {}, {2, kNsPerMs, 1'000.0, 2'000.0, 2.5});
  if (made.ok()) return *std::move(made);
  std::fprintf(stderr, "tick: %s\n", made.status().message.c_str());
  std::exit(1);
}

/// Two handles that go out and back without end, and drives that do as told.
class Machine2 {
 public:
  explicit Machine2(control::Tick& tick) : tick_(tick), out_(std::make_unique<control::TickOutput>()) {
    for (auto& state : states_) state.fresh = true;
  }
  void run(std::span<const control::Command> commands = {}) noexcept {
    now_ns_ += kNsPerMs;
    for (std::size_t i = 0; i < 2; ++i) {
      const bool on = out_->commands[i].target == hal::DriveTarget::kForce;
      states_[i].drive = on ? hal::DriveState::kOperationEnabled : hal::DriveState::kSwitchOnDisabled;
      states_[i].tension_n = out_->commands[i].tension_n;
      states_[i].velocity_mps = velocity_mps_;
      states_[i].extension_m += velocity_mps_ * 1e-3;
      states_[i].sample_time_us += 1'000;
    }
    control::TickInput in;
    in.time = {.index = index_++, .now_ns = now_ns_, .dt_ns = kNsPerMs, .period_ns = kNsPerMs};
    in.axes = states_;
    in.commands = commands;
    in.verified = in.realtime = true;
    tick_.step(in, *out_);
  }
  void move(double velocity_mps) { velocity_mps_ = velocity_mps; }
  /// The middle of the movement, in turns of 2 s.
  void pull() noexcept {
    const auto phase = static_cast<double>(pulled_++ % 2'000) * 1e-3;
    const double u = phase < 1.0 ? phase : phase - 1.0;
    move((phase < 1.0 ? 3.0 : -3.0) * u * (1.0 - u));
    run();
  }

 private:
  control::Tick& tick_;
  std::unique_ptr<control::TickOutput> out_;
  std::array<hal::AxisState, 2> states_{};
  double velocity_mps_ = 0.0;
  std::int64_t now_ns_ = kNsPerS;
  std::uint64_t index_ = 0, pulled_ = 0;
};

}  // namespace

int main() {
  plugin_host::Registry registry;
  registry.scan({SHEAVE_BINARY_DIR "/plugins"});
  plugin_host::ExerciseSlot exercise(load(registry, "cable-row", SHEAVE_EXT_EXERCISE));
  plugin_host::LoadSlot first(load(registry, "constant", SHEAVE_EXT_LOAD_PROFILE));
  plugin_host::LoadSlot second(load(registry, "eccentric", SHEAVE_EXT_LOAD_PROFILE));
  plugin_host::LoadSlot third(load(registry, "constant", SHEAVE_EXT_LOAD_PROFILE));
  control::SetPlan plan;
  plan.exercise = &exercise;
  plan.chain = {&first, &second, &third, nullptr};
  plan.chain_length = 3;
  plan.axis_mask = 3;
  plan.drag = {CableDrag{17.0, 10.0, 7.5}, CableDrag{17.0, 10.0, 7.5}};  // as after a self-test
  plan.load_per_axis_n = 300.0;
  plan.rom = {Rom{0.15, 0.65}, Rom{0.15, 0.65}};

  sheave::Machine machine;
  machine.cable_count = 2;
  ClockTimer timer;
  control::Tick tick(machine, sheave::test::two_cables(), timer);
  Machine2 rig(tick);

  const control::Command wake[] = {{control::CommandKind::kSession, 1.0, nullptr}, {control::CommandKind::kReset, 0.0, nullptr}};
  rig.run(wake);
  for (int i = 0; i < 20; ++i) rig.run();
  const control::Command arm[] = {{control::CommandKind::kArm, 0.0, &plan}};
  rig.run(arm);
  rig.move(0.5);
  for (int i = 0; i < 300; ++i) rig.run();
  rig.move(0.0);
  for (int i = 0; i < 3'000; ++i) rig.run();
  if (tick.state() != safety::MachineState::kActive) {
    std::fprintf(stderr, "tick: the set did not engage\n");
    return 1;
  }

  std::vector<double> block_ns;
  block_ns.reserve(kBlocks);
  const control::FloatMode float_mode;  // as on the control thread
  const test::NoHeapScope forbidden;
  for (int block = 0; block < kBlocks; ++block) {
    const std::int64_t begin_ns = timer.now_ns();
    for (int i = 0; i < kTicksPerBlock; ++i) rig.pull();
    block_ns.push_back(static_cast<double>(timer.now_ns() - begin_ns) / kTicksPerBlock);
  }
  const auto heap_calls = static_cast<double>(forbidden.heap_calls()), lock_calls = static_cast<double>(forbidden.lock_calls());
  if (tick.state() != safety::MachineState::kActive) {
    std::fprintf(stderr, "tick: the set ended while it was measured\n");
    return 1;
  }
  bench::print_figure("tick_median", bench::percentile(block_ns, 0.5), "ns", kGoal_ns,
                      "two cables, cable-row and three links, calls timed; with the test rig's own arithmetic");
  bench::print_figure("tick_heap_calls", heap_calls, "1", 0.0, "counted around all of these ticks, plugins included");
  bench::print_figure("tick_lock_calls", lock_calls, "1", 0.0, "counted around all of these ticks, plugins included");
  return 0;
}
