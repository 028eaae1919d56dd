#pragma once
// Drives one plugin through what a machine would give it, or through anything at all; virtual time, every number from a seed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "controller/plugin_host/registry.hpp"

namespace sheave::validator {

/// What comes in: a set as people do it, or values that no machine should ever give.
enum class Mood : std::uint8_t { kPlausible, kWild };

/// splitmix64 (Steele, Lea, Flood 2014): small, and the same on every platform.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() noexcept;
  std::uint64_t below(std::uint64_t n) noexcept { return next() % n; }
  double between(double low, double high) noexcept;
  /// Zero, tiny, huge, infinite, not a number: of either sign.
  double wild() noexcept;

 private:
  std::uint64_t state_;
};

/// What came of one run.
struct Tally {
  std::uint64_t digest = 0xcbf29ce484222325;  ///< Of all answers; equal runs have equal ones.
  std::uint32_t calls = 0;
  std::uint32_t errors = 0;      ///< The plugin said that it cannot, or broke a rule about events.
  std::uint32_t not_finite = 0;  ///< It asked for something that is no number, or decided nothing that can be done.
  std::uint32_t unanswered = 0;  ///< Candidates without a verdict at the end of the set.
  std::uint64_t heap_calls = 0;  ///< Inside ticks.
  double over_bound_n = 0.0;     ///< Asked for beyond what the profile says that it asks for at most.
  std::vector<std::int64_t> tick_ns;
};

/// One activated plugin of any kind.
class Driver {
 public:
  static constexpr std::int64_t kPeriod_ns = 1'000'000;
  static constexpr std::size_t kAxes = 2;
  static plugin_host::ActivationContext context() { return {kAxes, kPeriod_ns, 1000.0, 2000.0, 2.5}; }

  Driver(std::unique_ptr<plugin_host::Instance> instance, const plugin_host::PluginInfo& info, const plugin_host::ParamValues& values);
  ~Driver();
  /// start, a set (or a hundred questions), stop. False where start refuses.
  bool run(Mood mood, std::uint64_t seed, Tally& tally);

 private:
  struct Work;
  struct ExerciseWork;
  struct LoadWork;
  struct ProgressionWork;
  std::unique_ptr<Work> work_;
};

}  // namespace sheave::validator
