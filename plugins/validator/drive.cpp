#include "plugins/validator/drive.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "controller/plugin_host/slots.hpp"
#include "plugins/validator/heap_watch.hpp"
#include "plugins/validator/movement.hpp"
#include "plugins/validator/question.hpp"

namespace sheave::validator {
namespace {

using plugin_host::CallResult;

template <typename T>
void mix(Tally& tally, T value) {
  std::uint64_t bits = 0;
  if constexpr (std::is_same_v<T, double>) {
    bits = std::bit_cast<std::uint64_t>(value);
  } else {
    bits = static_cast<std::uint64_t>(value);
  }
  tally.digest = (tally.digest ^ bits) * 0x100000001b3;  // FNV-1a over words
}

/// Times `call`, watches the heap in it, and books its result.
template <typename F>
CallResult timed(Tally& tally, F&& call) {
  const HeapWatch heap;
  const auto begin = std::chrono::steady_clock::now();
  const CallResult result = call();
  const auto end = std::chrono::steady_clock::now();
  tally.heap_calls += heap.calls();
  tally.tick_ns.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count());
  ++tally.calls;
  if (result == CallResult::kError) ++tally.errors;
  if (result == CallResult::kNotFinite) ++tally.not_finite;
  mix(tally, static_cast<std::uint32_t>(result));
  return result;
}

}  // namespace

std::uint64_t Random::next() noexcept {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

double Random::between(double low, double high) noexcept { return low + (high - low) * (static_cast<double>(next() >> 11) * 0x1p-53); }

double Random::wild() noexcept {
  using Limits = std::numeric_limits<double>;
  const double values[] = {
      0.0, 1e-3, 1.0, 1e3, 1e300, Limits::max(), Limits::min(), Limits::denorm_min(), Limits::infinity(), Limits::quiet_NaN()};
  const double value = values[below(std::size(values))];
  return below(2) == 0 ? value : -value;
}

struct Driver::Work {
  virtual ~Work() = default;
  virtual bool run(Mood mood, std::uint64_t seed, Tally& tally) = 0;
};

struct Driver::ExerciseWork final : Work {
  plugin_host::ExerciseSlot slot;
  explicit ExerciseWork(std::unique_ptr<plugin_host::Instance> instance) : slot(std::move(instance)) {}

  bool run(Mood mood, std::uint64_t seed, Tally& tally) override {
    if (!slot.start()) return false;
    Movement movement(mood, seed);
    plugin_host::ExerciseOutcome outcome;
    for (std::uint32_t t = 0; t < Movement::kTicks; ++t) {
      movement.advance();
      sheave_exercise_in_t in{};
      in.axis_count = kAxes;
      in.time = movement.time();
      in.axes = movement.axes();
      in.rom_share = movement.rom_share();
      in.phase = movement.phase();
      in.set_load_n = movement.load_n();
      std::array<double, kAxes> base_n;
      base_n.fill(movement.load_n());
      const CallResult result = timed(tally, [&] { return slot.tick(in, movement.candidates(), base_n, outcome); });
      if (result != CallResult::kOk) continue;
      for (const double n : base_n) mix(tally, n);
      for (std::uint32_t i = 0; i < outcome.verdict_count; ++i)
        mix(tally, outcome.verdicts[i].verdict * 0x10000u + outcome.verdicts[i].form);
      mix(tally, outcome.cue);
    }
    tally.unanswered += slot.open_candidates();
    slot.stop();
    return true;
  }
};

struct Driver::LoadWork final : Work {
  plugin_host::LoadSlot slot;
  explicit LoadWork(std::unique_ptr<plugin_host::Instance> instance) : slot(std::move(instance)) {}

  bool run(Mood mood, std::uint64_t seed, Tally& tally) override {
    const LoadBound bound = slot.bound();
    if (!slot.start()) return false;
    Movement movement(mood, seed);
    std::array<double, kAxes> tension_n{};
    double most_in_n = 0.0;
    for (std::uint32_t t = 0; t < Movement::kTicks; ++t) {
      movement.advance();
      std::array<double, kAxes> previous_n;
      previous_n.fill(movement.load_n());
      sheave_load_in_t in{};
      in.axis_count = kAxes;
      in.time = movement.time();
      in.axes = movement.axes();
      in.base_load_n = in.previous_tension_n = previous_n.data();
      in.rom_share = movement.rom_share();
      in.phase = movement.phase();
      if (timed(tally, [&] { return slot.tick(in, tension_n); }) != CallResult::kOk) continue;
      most_in_n = std::max(most_in_n, movement.load_n());
      for (const double n : tension_n) {
        mix(tally, n);
        tally.over_bound_n = std::max(tally.over_bound_n, n - bound.most_n(most_in_n));
      }
    }
    slot.stop();
    return true;
  }
};

struct Driver::ProgressionWork final : Work {
  static constexpr int kQuestions = 200;
  plugin_host::Progression progression;
  ProgressionWork(std::unique_ptr<plugin_host::Instance> instance, const plugin_host::PluginInfo& info,
                  const plugin_host::ParamValues& values)
      : progression(std::move(instance), info, values) {}

  bool run(Mood mood, std::uint64_t seed, Tally& tally) override {
    Random random(seed);
    for (int i = 0; i < kQuestions; ++i) {
      const Question question(mood, random);
      ++tally.calls;
      const auto out = progression.decide(question.in());
      if (!out.ok()) {
        ++(out.status().code == StatusCode::kUnavailable ? tally.errors : tally.not_finite);
        continue;
      }
      mix(tally, out->decision);
      mix(tally, out->load_kg);
      mix(tally, out->rep_goal);
      for (const char c : out->reason) mix(tally, static_cast<std::uint32_t>(static_cast<unsigned char>(c)));
    }
    return true;
  }
};

Driver::Driver(std::unique_ptr<plugin_host::Instance> instance, const plugin_host::PluginInfo& info,
               const plugin_host::ParamValues& values) {
  if (info.kind == SHEAVE_EXT_EXERCISE) {
    work_ = std::make_unique<ExerciseWork>(std::move(instance));
  } else if (info.kind == SHEAVE_EXT_LOAD_PROFILE) {
    work_ = std::make_unique<LoadWork>(std::move(instance));
  } else {
    work_ = std::make_unique<ProgressionWork>(std::move(instance), info, values);
  }
}

Driver::~Driver() = default;

bool Driver::run(Mood mood, std::uint64_t seed, Tally& tally) { return work_->run(mood, seed, tally); }

}  // namespace sheave::validator
