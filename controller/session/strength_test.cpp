#include "controller/session/strength_test.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include "controller/session/progression_question.hpp"
#include "controller/session/samples.hpp"
#include "controller/session/strength_model.hpp"

namespace sheave::session {

namespace {

constexpr double kSpeedOff = 0.15;        // of the set speed: what the controller of a held speed swings by under a pull that trembles
constexpr double kSteady_s = 0.1;         // over which a force is watched to build up
constexpr double kSteadyPerSecond = 1.0;  // of the pull's peak: who builds up does it at twice that, a strength curve falls at half of it
constexpr double kLeastPull_s = 0.3;
constexpr double kAsGoodAsTheBest = 0.95;  // the third of three is not always
constexpr double kHold_s = 1.0;
constexpr double kHoldOff = 0.08, kHoldStill_mps = 0.05;  // the wall gives by some centimetres; a tremble is no movement
constexpr double kGap_s = 0.05;                           // a hole in a recording ends a hold

/// One moment of the movement that reps are judged on: places and speeds are the mean of the active cables, forces their sum.
struct Moment {
  double time_s, rom_share, speed_mps, hand_n;
};

std::vector<Moment> moments_of(const RecordedSet& recorded, std::int64_t from_ns, std::int64_t to_ns) {
  std::vector<Moment> moments;
  for (const control::Frame& frame : recorded.frames) {
    if (frame.time_ns < from_ns || frame.time_ns > to_ns || frame.state != safety::MachineState::kActive) continue;
    Moment moment{seconds(frame.time_ns), 0.0, 0.0, 0.0};
    double cables = 0.0;
    for (std::size_t i = 0; i < frame.axis_count; ++i) {
      if ((recorded.set.axis_mask >> i & 1U) == 0) continue;
      const control::AxisFrame& axis = frame.axes[i];
      moment.rom_share += static_cast<double>(axis.rom_share);
      moment.speed_mps += static_cast<double>(axis.velocity_mps);
      moment.hand_n += static_cast<double>(axis.tension_n) - static_cast<double>(axis.correction_n);
      cables += 1.0;
    }
    moment.rom_share /= cables, moment.speed_mps /= cables;
    if (std::isfinite(moment.rom_share) && std::isfinite(moment.hand_n)) moments.push_back(moment);
  }
  return moments;
}

/// Means over kSteady_s before and after each moment, where the recording reaches that far: a trembling hand is no steep force.
struct Around {
  double before_n = 0.0, after_n = 0.0;
  bool whole = false;
};
Around around(const std::vector<Moment>& pull, std::size_t i) {
  Around means;
  double before = 0.0, after = 0.0;
  std::size_t from = i, to = i;
  for (; from > 0 && pull[i].time_s - pull[from - 1].time_s <= kSteady_s; --from) means.before_n += pull[from - 1].hand_n, before += 1.0;
  for (; to + 1 < pull.size() && pull[to + 1].time_s - pull[i].time_s <= kSteady_s; ++to)
    means.after_n += pull[to + 1].hand_n, after += 1.0;
  means.whole = before > 0.0 && after > 0.0 && pull[to].time_s - pull[from].time_s >= kSteady_s;
  if (means.whole) means.before_n /= before, means.after_n /= after;
  return means;
}

struct Effort {
  StrengthCurve curve;
  double mean_n = 0.0, peak_n = 0.0;
};

std::optional<Effort> read_pull(const std::vector<Moment>& pull, double speed_mps) {
  double most_n = 0.0;
  for (const Moment& moment : pull) most_n = std::max(most_n, moment.hand_n);
  std::vector<ForceAt> held;
  Effort effort;
  double held_s = 0.0;
  for (std::size_t i = 0; i < pull.size(); ++i) {
    if (std::abs(pull[i].speed_mps - speed_mps) > kSpeedOff * speed_mps) continue;
    const Around means = around(pull, i);
    if (!means.whole || std::abs(means.after_n - means.before_n) > kSteadyPerSecond * most_n * kSteady_s) continue;
    held.push_back({pull[i].rom_share, pull[i].hand_n});
    effort.mean_n += pull[i].hand_n;
    effort.peak_n = std::max(effort.peak_n, 0.5 * (means.before_n + means.after_n));
    if (i > 0) held_s += std::min(kGap_s, pull[i].time_s - pull[i - 1].time_s);
  }
  if (held_s < kLeastPull_s) return std::nullopt;
  effort.mean_n /= static_cast<double>(held.size());
  effort.curve = curve_through(held);
  return effort;
}

void average(const std::vector<Effort>& efforts, double best_n, StrengthCurve& curve) {
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    double sum_n = 0.0, count = 0.0;
    for (const Effort& effort : efforts) {
      if (effort.mean_n < kAsGoodAsTheBest * best_n || !std::isfinite(effort.curve.force_n[i])) continue;
      sum_n += effort.curve.force_n[i], count += 1.0;
    }
    if (count > 0.0) curve.force_n[i] = sum_n / count;
  }
}

void read_isokinetic(const Program& program, const std::vector<RecordedSet>& sets, StrengthTest& test) {
  std::vector<Effort> efforts;
  for (const RecordedSet& recorded : sets) {
    for (const Rep& rep : recorded.set.reps) {
      if (rep.verdict != RepVerdict::kCounted || rep.assisted) continue;
      if (const auto effort = read_pull(moments_of(recorded, rep.start_ns, rep.peak_ns), program.test.speed_mps))
        efforts.push_back(*effort);
    }
  }
  test.efforts = static_cast<std::uint32_t>(efforts.size());
  for (const Effort& effort : efforts) {
    test.mean_n = std::fmax(test.mean_n, effort.mean_n);
    test.peak_n = std::fmax(test.peak_n, effort.peak_n);
  }
  average(efforts, test.mean_n, test.curve);
}

/// Best mean over kHold_s at `place`; NaN where it was not held for so long.
double best_hold_n(const std::vector<Moment>& moments, double place) {
  double best_n = kUnknown, sum_n = 0.0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const bool at_it = std::abs(moments[i].rom_share - place) <= kHoldOff && std::abs(moments[i].speed_mps) <= kHoldStill_mps;
    const bool gap = i > 0 && moments[i].time_s - moments[i - 1].time_s > kGap_s;
    if (!at_it || gap) first = at_it ? i : i + 1, sum_n = 0.0;
    if (!at_it) continue;
    sum_n += moments[i].hand_n;
    while (moments[i].time_s - moments[first].time_s > kHold_s) sum_n -= moments[first++].hand_n;
    if (moments[i].time_s - moments[first].time_s < kHold_s - kGap_s) continue;
    best_n = std::fmax(best_n, sum_n / static_cast<double>(i - first + 1));
  }
  return best_n;
}

void read_isometric(const Program& program, const std::vector<RecordedSet>& sets, StrengthTest& test) {
  std::vector<ForceAt> held;
  for (const RecordedSet& recorded : sets) {
    const double place = program.test.place_of(recorded.set.index);
    if (recorded.frames.empty()) continue;
    const double best_n = best_hold_n(moments_of(recorded, recorded.frames.front().time_ns, recorded.frames.back().time_ns), place);
    if (!std::isfinite(best_n)) continue;
    ++test.efforts;
    const auto same = std::ranges::find(held, place, &ForceAt::rom_share);
    if (same != held.end()) {
      same->force_n = std::max(same->force_n, best_n);
    } else {
      held.push_back({place, best_n});
    }
  }
  std::ranges::sort(held, {}, &ForceAt::rom_share);
  test.curve = curve_between(held);
  double sum_n = 0.0;
  for (const ForceAt& hold : held) {
    sum_n += hold.force_n;
    test.peak_n = std::fmax(test.peak_n, hold.force_n);
  }
  if (!held.empty()) test.mean_n = sum_n / static_cast<double>(held.size());
}

}  // namespace

StrengthTest read_strength_test(const Program& program, const std::vector<RecordedSet>& sets) {
  StrengthTest test;
  test.program_id = program.id;
  test.kind = program.test.kind;
  test.speed_mps = program.test.speed_mps;
  if (!sets.empty()) {
    test.session_id = sets.front().set.session_id;
    test.at = sets.front().set.started;
  }
  std::vector<RecordedSet> whole;
  std::ranges::copy_if(sets, std::back_inserter(whole), [](const RecordedSet& recorded) { return !cut_short(recorded.set); });
  if (test.kind == TestKind::kIsokinetic) read_isokinetic(program, whole, test);
  if (test.kind == TestKind::kIsometric) read_isometric(program, whole, test);
  if (!shares_of(test.curve)) test.unknown_reason = test.efforts == 0 ? kNotHeld : kTooFewPlaces;
  return test;
}

void fetch_strength_test(Journal& journal, const Program& program, std::vector<SetRecord> sets, std::function<void(StrengthTest)> done) {
  // One recording after the other, because a journal answers in its own time.
  struct Reading : std::enable_shared_from_this<Reading> {
    Reading(Journal& of, const Program& p, std::vector<SetRecord> s, std::function<void(StrengthTest)> told)
        : journal(of), program(p), todo(std::move(s)), done(std::move(told)) {}
    void next() {
      if (read.size() == todo.size()) return done(read_strength_test(program, read));
      const SetRecord& set = todo[read.size()];
      journal.load_samples(set.session_id, set.index, [self = shared_from_this()](const Result<SampleBlob>& blob) {
        RecordedSet recorded{self->todo[self->read.size()], {}};
        if (blob) {
          if (auto frames = decode_samples(*blob)) recorded.frames = *std::move(frames);
        }
        self->read.push_back(std::move(recorded));
        self->next();
      });
    }
    Journal& journal;
    Program program;
    std::vector<SetRecord> todo;
    std::function<void(StrengthTest)> done;
    std::vector<RecordedSet> read;
  };
  std::make_shared<Reading>(journal, program, std::move(sets), std::move(done))->next();
}

void fetch_strength_tests(Journal& journal, const Catalog& catalog, const std::string& member_id, const std::string& set_up,
                          std::function<void(std::vector<StrengthTest>)> done) {
  struct Search : std::enable_shared_from_this<Search> {
    Search(Journal& of, std::string member, std::function<void(std::vector<StrengthTest>)> told)
        : journal(of), member_id(std::move(member)), done(std::move(told)) {}

    void list() {
      if (programs.empty()) return read();
      const Program* program = programs.back();
      programs.pop_back();
      journal.history(member_id, program->id, kHistorySets, [self = shared_from_this(), program](Result<std::vector<SetRecord>> sets) {
        if (sets) self->sort_in(*program, *std::move(sets));
        self->list();
      });
    }

    /// `sets` newest first.
    void sort_in(const Program& program, std::vector<SetRecord> sets) {
      std::vector<SetRecord> session;
      for (SetRecord& set : sets) {
        if (!session.empty() && session.front().session_id != set.session_id) found.emplace_back(&program, std::exchange(session, {}));
        session.insert(session.begin(), std::move(set));
      }
      if (!session.empty()) found.emplace_back(&program, std::move(session));
    }

    void read() {
      if (!sorted) {
        std::ranges::stable_sort(found, std::greater<>(), [](const auto& test) { return test.second.front().started.unix_ns; });
        found.resize(std::min(found.size(), kTestsKept));
        sorted = true;
      }
      if (tests.size() == found.size()) return done(std::move(tests));
      auto& [program, sets] = found[tests.size()];
      fetch_strength_test(journal, *program, std::move(sets), [self = shared_from_this()](StrengthTest test) {
        self->tests.push_back(std::move(test));
        self->read();
      });
    }

    Journal& journal;
    std::string member_id;
    std::function<void(std::vector<StrengthTest>)> done;
    std::vector<const Program*> programs;
    std::vector<std::pair<const Program*, std::vector<SetRecord>>> found;
    std::vector<StrengthTest> tests;
    bool sorted = false;
  };
  if (member_id.empty()) return done({});
  auto search = std::make_shared<Search>(journal, member_id, std::move(done));
  for (const Program& program : catalog.programs) {
    if (program.test.kind != TestKind::kNone && set_up_key(program) == set_up) search->programs.push_back(&program);
  }
  search->list();
}

}  // namespace sheave::session
