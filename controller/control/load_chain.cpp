#include "controller/control/load_chain.hpp"

#include <algorithm>
#include <limits>

#include "controller/control/float_mode.hpp"

namespace sheave::control {

namespace {

using plugin_host::CallResult;
using safety::PluginVerdict;

constexpr double kNoLimit_n = std::numeric_limits<double>::infinity();
constexpr double kFallback_nps = 2'000.0;  // 60 kg in 300 ms, as a normal unload
// A tick's plugins together may take a fifth of a 1 kHz period; timed as one, for a reading of the clock costs as much as a call.
// Without SCHED_FIFO that is also the time of whoever ran in between, so only what no scheduler does counts. One slow tick may be an
// interrupt's; a third within 50 or so is the plugins'.
constexpr std::int64_t kSlow_ns = 200'000;
constexpr std::int64_t kSlowUnscheduled_ns = 20 * kNsPerMs;
constexpr int kSlowWeight = 50, kSlowMost = 101;  // the score falls by one a tick

}  // namespace

void LoadChain::start(const SetPlan& plan) noexcept {
  plan_ = &plan;
  failed_ = false;
  verdict_ = PluginVerdict::kGood;
  slow_score_ = 0;
  last_base_n_.fill(plan.load_per_axis_n);
  last_request_n_.fill(0.0);
  most_n_.fill(0.0);
  limit_n_.fill(kNoLimit_n);
  own_mass_ = {};
  exercise_started_ = plan.exercise != nullptr && plan.exercise->start();
  failed_ = plan.exercise != nullptr && !exercise_started_;
  started_links_ = 0;
  while (!failed_ && started_links_ < plan.chain_length) {
    failed_ = !plan.chain[started_links_]->start();
    if (!failed_) ++started_links_;
  }
  if (failed_ || FloatMode::mend()) {
    failed_ = true;
    verdict_ = PluginVerdict::kFailed;
  }
}

void LoadChain::stop() noexcept {
  if (plan_ == nullptr) return;
  for (std::uint32_t i = started_links_; i-- > 0;) plan_->chain[i]->stop();
  if (exercise_started_) plan_->exercise->stop();
  FloatMode::mend();
  plan_ = nullptr;
  started_links_ = 0;
  exercise_started_ = false;
  verdict_ = PluginVerdict::kGood;
}

void LoadChain::run(const ChainInput& in, std::span<double> request_n, plugin_host::ExerciseOutcome& outcome) noexcept {
  outcome.verdict_count = 0;
  outcome.cue = SHEAVE_CUE_NONE;
  outcome.end_set = false;
  std::array<double, kMaxAxes> base_n{};
  std::array<double, kMaxAxes> tension_n{};
  for (std::size_t i = 0; i < in.axis_count; ++i) base_n[i] = in.set_load_n;

  if (!failed_) {
    const std::int64_t began_ns = timer_.now_ns();
    failed_ = !run_plugins(in, std::span(base_n).first(in.axis_count), std::span(tension_n).first(in.axis_count), outcome);
    judge_time(timer_.now_ns() - began_ns, in.realtime);
  }
  if (failed_) verdict_ = PluginVerdict::kFailed;

  for (std::size_t i = 0; i < in.axis_count; ++i) {
    const bool active = (plan_->axis_mask >> i & 1U) != 0;
    const double fallback_n = std::max(0.0, last_request_n_[i] - kFallback_nps * seconds(in.time.dt_ns));
    request_n[i] = !active ? 0.0 : failed_ ? fallback_n : tension_n[i];
    last_request_n_[i] = request_n[i];
  }
}

bool LoadChain::run_plugins(const ChainInput& in, std::span<double> base_n, std::span<double> tension_n,
                            plugin_host::ExerciseOutcome& outcome) noexcept {
  const sheave_tick_time_t time{in.time.index, in.time.now_ns, in.time.dt_ns, in.time.period_ns};
  if (plan_->exercise != nullptr) {
    const sheave_exercise_in_t exercise{0,      in.axis_count, time, in.axes.data(), in.rom_share.data(), in.phase.data(), in.set_load_n,
                                        nullptr};
    if (plan_->exercise->tick(exercise, in.candidates, base_n, outcome) != CallResult::kOk) return false;
  }
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (in.no_raise) base_n[i] = std::min(base_n[i], last_base_n_[i]);
    last_base_n_[i] = base_n[i];
    tension_n[i] = base_n[i];
  }
  own_mass_ = {};
  std::array<double, kMaxAxes> previous_n{};
  const sheave_load_in_t load{
      0, in.axis_count, time, in.axes.data(), base_n.data(), previous_n.data(), in.rom_share.data(), in.phase.data(), nullptr};
  for (std::uint32_t link = 0; link < plan_->chain_length; ++link) {
    for (std::size_t i = 0; i < in.axis_count; ++i) previous_n[i] = tension_n[i];
    if (plan_->chain[link]->tick(load, tension_n, std::span(own_mass_).first(in.axis_count)) != CallResult::kOk) return false;
  }
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    limit_n_[i] = in.no_raise ? std::max(most_n_[i], base_n[i]) : limit_n_[i] + safety::kEngageSlew_nps * seconds(in.time.dt_ns);
    if (!in.no_raise && tension_n[i] <= limit_n_[i]) limit_n_[i] = kNoLimit_n;
    tension_n[i] = std::min(tension_n[i], limit_n_[i]);
    if (!in.no_raise) most_n_[i] = std::max(most_n_[i], tension_n[i]);
  }
  return !FloatMode::mend();
}

void LoadChain::judge_time(std::int64_t took_ns, bool realtime) noexcept {
  slow_score_ = std::max(0, slow_score_ - 1);
  if (took_ns > (realtime ? kSlow_ns : kSlowUnscheduled_ns)) slow_score_ += kSlowWeight;
  if (slow_score_ >= kSlowMost && verdict_ == PluginVerdict::kGood) verdict_ = PluginVerdict::kSlow;
}

}  // namespace sheave::control
