// Rules about what a plugin answers, tick by tick or question by question.

#include <algorithm>
#include <array>
#include <cmath>

#include "plugins/abi/sheave/ext/load_profile.h"
#include "plugins/validator/bench.hpp"
#include "plugins/validator/heap_watch.hpp"
#include "plugins/validator/rule.hpp"

namespace sheave::validator {
namespace {

using plugin_host::ParamInfo;
using plugin_host::ParamValues;

bool has_tick(const Bench& bench) { return bench.info().max_tick_us > 0; }

std::string of(std::uint32_t part, const Tally& tally, const char* what) {
  return std::to_string(part) + " of " + std::to_string(tally.calls) + " " + what;
}

/// One run at `values`; false with the outcome where there was none.
bool run_once(Bench& bench, const ParamValues& values, Mood mood, std::uint64_t seed, Tally& tally, Outcome& outcome) {
  std::string fault;
  const auto driver = bench.drive(values, fault);
  if (driver && driver->run(mood, seed, tally)) return true;
  outcome = failed(driver ? "start() fails" : fault);
  return false;
}

Outcome works_through_a_set(const Subject& subject) {
  Bench bench(subject);
  Tally tally;
  Outcome outcome;
  if (!run_once(bench, {}, Mood::kPlausible, subject.seed, tally, outcome)) return outcome;
  if (tally.errors > 0) return failed(of(tally.errors, tally, "calls end in an error, or break a rule about events"));
  if (tally.not_finite > 0) return failed(of(tally.not_finite, tally, "answers are none"));
  if (tally.unanswered > 0) return failed(std::to_string(tally.unanswered) + " rep candidates get no verdict");
  return {};
}

Outcome restart_forgets(const Subject& subject) {
  Bench bench(subject);
  std::string fault;
  const auto driver = bench.drive({}, fault);
  if (!driver) return failed(fault);
  Tally first, between, again;
  const bool ran = driver->run(Mood::kPlausible, subject.seed, first) && driver->run(Mood::kWild, subject.seed, between) &&
                   driver->run(Mood::kPlausible, subject.seed, again);
  if (!ran) return failed("start() fails");
  return first.digest == again.digest ? Outcome{} : failed("the same input gives another output after stop and start");
}

Outcome bears_anything(const Subject& subject) {
  constexpr std::uint64_t kRuns = 4;
  Bench bench(subject);
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    Tally tally;
    Outcome outcome;
    if (!run_once(bench, {}, Mood::kWild, subject.seed + run, tally, outcome)) return outcome;
    if (tally.not_finite > 0) return failed(of(tally.not_finite, tally, "answers are no number instead of an error"));
  }
  return {};
}

ParamValues random_values(const Bench& bench, Random& random) {
  ParamValues values;
  for (const ParamInfo& p : bench.info().params) {
    const std::uint64_t place = random.below(4);  // the ends are where divisions by zero live
    double value = place == 0 ? p.min : (place == 1 ? p.max : random.between(p.min, p.max));
    if (p.stepped) value = std::floor(value);
    values[p.name] = value;
  }
  return values;
}

Outcome bears_its_parameters(const Subject& subject) {
  constexpr int kRuns = 16;
  Bench bench(subject);
  if (bench.info().params.empty()) return skipped("it has no parameters");
  Random random(subject.seed);
  for (int run = 0; run < kRuns; ++run) {
    const ParamValues values = random_values(bench, random);
    Tally tally;
    Outcome outcome;
    if (!run_once(bench, values, Mood::kPlausible, subject.seed, tally, outcome)) return outcome;
    if (tally.not_finite > 0) return failed("with " + describe(values) + " answers are no number");
  }
  return {};
}

Outcome keeps_its_bound(const Subject& subject) {
  constexpr int kRuns = 16;
  constexpr double kRounding_n = 1e-6;
  Bench bench(subject);
  if (bench.info().kind != SHEAVE_EXT_LOAD_PROFILE) return skipped("it makes no load");
  Random random(subject.seed);
  for (int run = 0; run < kRuns; ++run) {
    const ParamValues values = run == 0 ? ParamValues{} : random_values(bench, random);
    Tally tally;
    Outcome outcome;
    if (!run_once(bench, values, Mood::kPlausible, subject.seed, tally, outcome)) return outcome;
    if (!(tally.over_bound_n > kRounding_n)) continue;
    return failed("with " + describe(values) + " it asks for " + std::to_string(tally.over_bound_n) + " N more than its " +
                  SHEAVE_EXT_LOAD_BOUND + " says (without one: than 1.5 times what comes in); the machine would hold that back");
  }
  return {};
}

Outcome leaves_the_heap_alone(const Subject& subject) {
  if (!heap_watch_works()) return skipped("a sanitized build cannot see it");
  Bench bench(subject);
  if (!has_tick(bench)) return skipped("it has no tick");
  for (const Mood mood : {Mood::kPlausible, Mood::kWild}) {
    Tally tally;
    Outcome outcome;
    if (!run_once(bench, {}, mood, subject.seed, tally, outcome)) return outcome;
    if (tally.heap_calls > 0)
      return failed("uses the heap " + std::to_string(tally.heap_calls) + " times in " + std::to_string(tally.calls) + " ticks");
  }
  return {};
}

/// A report and no verdict: how fast this computer is today is not the plugin's fault.
Outcome keeps_its_time(const Subject& subject) {
  Bench bench(subject);
  if (!has_tick(bench)) return skipped("it has no tick");
  Tally tally;
  Outcome outcome;
  if (!run_once(bench, {}, Mood::kPlausible, subject.seed, tally, outcome)) return outcome;
  std::ranges::sort(tally.tick_ns);
  const std::int64_t p99_ns = tally.tick_ns[tally.tick_ns.size() * 99 / 100];
  const std::string message =
      "99 % of ticks within " + std::to_string(p99_ns) + " ns, stated are " + std::to_string(bench.info().max_tick_us) + " us";
  return {p99_ns > bench.info().max_tick_us * std::int64_t{1000} ? Verdict::kWarning : Verdict::kPassed, message};
}

constexpr std::array kRules{
    Rule{"works-through-a-set", "A plausible set or history gives no error, and every rep candidate its one verdict.", Scope::kPlugin,
         &works_through_a_set},
    Rule{"restart-forgets", "After stop and start the same input gives the same output, bit for bit.", Scope::kPlugin, &restart_forgets},
    Rule{"bears-anything", "Whatever comes in, the answer is a number or an error.", Scope::kPlugin, &bears_anything},
    Rule{"bears-its-parameters", "With any parameters inside their ranges the answers are numbers.", Scope::kPlugin, &bears_its_parameters},
    Rule{"keeps-its-bound", "A load profile asks for no more than it says that it asks for at most.", Scope::kPlugin, &keeps_its_bound},
    Rule{"leaves-the-heap-alone", "A tick neither allocates nor frees.", Scope::kPlugin, &leaves_the_heap_alone},
    Rule{"keeps-its-time", "A tick takes no longer than the descriptor states.", Scope::kPlugin, &keeps_its_time},
};

}  // namespace

std::span<const Rule> work_rules() { return kRules; }

}  // namespace sheave::validator
