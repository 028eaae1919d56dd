#include "controller/control/replay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "controller/control/motion_estimator.hpp"
#include "controller/control/rep_detector.hpp"
#include "controller/control/rep_judge.hpp"
#include "controller/plugin_host/slots.hpp"

namespace sheave::control {
namespace {

constexpr double kLongest_s = 86400.0;
constexpr double kUsualShare = 0.5;  // of the longest movement: those that tell the usual range
constexpr double kOwnGateShare = 0.4;

/// The recording as a drive would have shown it, one state per control period.
class Feed {
 public:
  Feed(const Recording& recording, const ReplayOptions& options) : recording_(recording), period_ns_(options.period_ns) {
    const auto [low, high] = std::minmax_element(recording.position_m.begin(), recording.position_m.end());
    sign_ = options.flip ? -1.0 : 1.0;
    offset_m_ = options.flip ? *high : std::max(0.0, -*low);  // extension is never negative
  }

  std::int64_t now_ns() const { return static_cast<std::int64_t>(tick_) * period_ns_; }
  std::int64_t dt_ns() const { return tick_ == 0 ? 0 : period_ns_; }
  std::uint64_t tick() const { return tick_; }

  /// False at the end. Between two samples the handle is taken to move evenly.
  bool next(hal::AxisState& state) {
    if (started_) ++tick_;
    started_ = true;
    const auto& t = recording_.time_s;
    const auto& x = recording_.position_m;
    const double at_s = t.front() + seconds(now_ns());
    if (at_s > t.back()) return false;
    while (at_ + 2 < t.size() && t[at_ + 1] < at_s) ++at_;
    const double speed = (x[at_ + 1] - x[at_]) / (t[at_ + 1] - t[at_]);
    state = {};
    state.fresh = true;
    state.velocity_mps = sign_ * speed;
    state.extension_m = offset_m_ + sign_ * (x[at_] + speed * (at_s - t[at_]));
    state.sample_time_us = static_cast<std::uint32_t>(now_ns() / 1000);  // wraps, as a drive's does
    return true;
  }

 private:
  const Recording& recording_;
  std::int64_t period_ns_;
  double sign_ = 1.0, offset_m_ = 0.0;
  std::uint64_t tick_ = 0;
  bool started_ = false;
  std::size_t at_ = 0;
};

/// The exercise's tick, as the control loop makes it, for one cable and without a load.
class ExerciseRun {
 public:
  ExerciseRun(plugin_host::ExerciseSlot& slot, const Rom& rom, std::int64_t period_ns, ReplayResult& result)
      : slot_(slot), rom_(rom), result_(result) {
    in_.axis_count = 1;
    in_.time.period_ns = period_ns;
    in_.axes = &axis_;
    in_.rom_share = &share_;
    in_.phase = &phase_;
  }

  bool tick(const Feed& feed, const AxisMotion& motion, const RepDetector::Output& seen) {
    in_.time.index = feed.tick();
    in_.time.now_ns = feed.now_ns();
    in_.time.dt_ns = feed.dt_ns();
    axis_ = {motion.extension_m, motion.velocity_mps, 0.0, feed.now_ns(), SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE, 0};
    share_ = rom_.known() ? rom_.share(motion.extension_m) : kUnknown;
    phase_ = static_cast<std::uint32_t>(seen.phase);
    std::array<sheave_rep_candidate_t, 1> question{};
    if (seen.candidate) question[0] = judge_.ask(seen.candidate->rep, seen.candidate->detail);
    std::array<double, 1> base_load_n{0.0};
    plugin_host::ExerciseOutcome outcome;
    const std::span<const sheave_rep_candidate_t> questions(question.data(), seen.candidate ? 1 : 0);
    if (slot_.tick(in_, questions, base_load_n, outcome) != plugin_host::CallResult::kOk) return false;
    for (std::uint32_t i = 0; i < outcome.verdict_count; ++i) {
      Rep rep;
      if (judge_.answer(outcome.verdicts[i], rep)) result_.reps.push_back(rep);
    }
    if (outcome.cue != SHEAVE_CUE_NONE) result_.cues.push_back({seconds(feed.now_ns()), outcome.cue});
    result_.ended_by_exercise = outcome.end_set;
    return true;
  }

 private:
  plugin_host::ExerciseSlot& slot_;
  Rom rom_;
  ReplayResult& result_;
  RepJudge judge_;
  sheave_axis_state_t axis_{};
  double share_ = kUnknown;
  std::uint32_t phase_ = SHEAVE_PHASE_REST;
  sheave_exercise_in_t in_{};
};

/// Calls `each(feed, motion, output)` for every tick and once more for what finish() finds; stops where it returns false.
template <typename Each>
bool detect(const Recording& recording, const ReplayOptions& options, const DetectorConfig& config, Each&& each) {
  Feed feed(recording, options);
  MotionEstimator estimator;
  RepDetector detector;
  detector.reset(config);
  hal::AxisState state;
  AxisMotion motion;
  std::int64_t last_ns = 0;
  while (feed.next(state)) {
    last_ns = feed.now_ns();
    motion = estimator.update(state, feed.now_ns(), feed.dt_ns());
    const RepDetector::Output out = detector.update(
        {motion.extension_m, motion.velocity_mps, kUnknown, kUnknown, feed.now_ns(), feed.dt_ns(), false, motion.acceleration_mps2});
    if (!each(feed, motion, out)) return false;
  }
  const RepDetector::Output out = detector.finish(last_ns);
  return !out.candidate || each(feed, motion, out);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The range that most full movements have, as three calibration reps would give it.
Rom own_range(const std::vector<Candidate>& candidates) {
  double longest_m = 0.0;
  for (const Candidate& c : candidates) longest_m = std::max(longest_m, c.rep.rom_m);
  std::vector<double> starts_m, peaks_m;
  for (const Candidate& c : candidates) {
    if (c.rep.rom_m < kUsualShare * longest_m) continue;
    starts_m.push_back(c.rep.start_m);
    peaks_m.push_back(c.rep.peak_m);
  }
  return starts_m.empty() ? Rom{} : Rom{median(starts_m), median(peaks_m)};
}

void count_all(const std::vector<Candidate>& candidates, const ReplayOptions& options, ReplayResult& result) {
  const double gate_m = options.min_rom_m || !result.rom.known() ? 0.0 : kOwnGateShare * result.rom.length_m();
  RepJudge judge;
  for (const Candidate& c : candidates) {
    Rep rep = c.rep;
    if (rep.rom_m < gate_m) {
      rep.verdict = RepVerdict::kPartial;
    } else {
      judge.count(rep);
    }
    result.reps.push_back(rep);
  }
}

bool run_exercise(const Recording& recording, const ReplayOptions& options, const DetectorConfig& config, ReplayResult& result) {
  plugin_host::ExerciseSlot& slot = *options.exercise;
  if (!slot.start()) return false;
  ExerciseRun run(slot, config.rom, options.period_ns, result);
  bool good = true;
  detect(recording, options, config, [&](const Feed& feed, const AxisMotion& motion, const RepDetector::Output& out) {
    good = run.tick(feed, motion, out);
    return good && !result.ended_by_exercise;
  });
  slot.stop();
  return good;
}

}  // namespace

Result<ReplayResult> replay(const ReplayOptions& options) {
  const auto recording = read_recording(options.csv_file);
  return recording ? replay(*recording, options) : recording.status();
}

Result<ReplayResult> replay(const Recording& recording, const ReplayOptions& options) {
  ReplayResult result;
  result.samples = recording.time_s.size();
  result.duration_s = recording.time_s.back() - recording.time_s.front();
  if (result.duration_s > kLongest_s) {
    return Status::error(StatusCode::kInvalidArgument, "RECORDING_TOO_LONG",
                         recording.name + " lasts longer than a day: check that t_s is in seconds, or cut it into sets");
  }
  for (std::size_t i = 1; i < recording.time_s.size(); ++i) {
    result.longest_gap_s = std::max(result.longest_gap_s, recording.time_s[i] - recording.time_s[i - 1]);
  }
  DetectorConfig config{options.min_rom_m.value_or(kReplayMinRom_m), {}};
  std::vector<Candidate> candidates;
  detect(recording, options, config, [&](const Feed&, const AxisMotion&, const RepDetector::Output& out) {
    if (out.candidate) candidates.push_back(*out.candidate);
    return true;
  });
  result.rom = own_range(candidates);
  if (options.exercise == nullptr) {
    count_all(candidates, options, result);
  } else {
    config.rom = result.rom;
    if (!run_exercise(recording, options, config, result)) {
      return Status::error(StatusCode::kAborted, "PLUGIN_FAILED", recording.name + ": the exercise answered with an error: see its author");
    }
  }
  for (const Rep& rep : result.reps) {
    if (rep.verdict == RepVerdict::kCounted) ++result.counted;
    if (rep.verdict == RepVerdict::kPartial) ++result.partial;
    if (rep.verdict == RepVerdict::kRejected) ++result.rejected;
  }
  return result;
}

}  // namespace sheave::control
