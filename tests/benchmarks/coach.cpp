// How well the weights fit people: 200 of them (40 without SHEAVE_FULL), twelve visits each, through the shipped session code and
// progressions. A table for people to read on stderr, the figures that have goals as JSON lines on stdout.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmarks/figure.hpp"
#include "tests/support/course_figures.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace sheave;
using namespace sheave::test;

struct Case {
  const char* label;
  const char* program;
  bool light;
};
constexpr Case kCases[] = {{"row", "cable-row-reserve", false}, {"face_pull", "face-pull-reserve", true}};

void print_row(const char* label, const char* who, const char* rule, const CourseFigures& f) {
  fmt::print(
      stderr,
      "{:<10} {:<9} {:<16} {:>5.1f} {:>6.1f} {:>6.2f} {:>6.2f} {:>6.1f} {:>7.2f} {:>6.2f} | {:>5.1f} {:>5.1f} {:>5.0f} {:>5.0f} | {:>5.2f} "
      "{:>5.0f}{}\n",
      label, who, rule, 100 * f.in_reserve_share, 100 * f.too_easy_share, 100 * f.failed_share, 100 * f.far_below_share, 100 * f.cue_share,
      100 * f.lightened_share, f.reversals_per_visit, 100 * f.one_rm_error, 100 * f.one_rm_warm_error, 100 * f.one_rm_known_share,
      100 * f.one_rm_held_share, f.reserve_error_reps, 100 * f.reserve_known_share, f.broken > 0 ? "  BROKEN" : "");
}

void print_goals(const char* label, const char* who, const CourseFigures& f) {
  const auto figure = [&](const char* what, double value, const char* unit, double limit, const char* reference) {
    bench::print_figure(fmt::format("coach_{}_{}_{}", label, who, what).c_str(), value, unit, limit, reference);
  };
  figure("in_reserve_share", f.in_reserve_share, "1", 0.80,
         "working sets from the third visit on that end with 1-2 reps left, by the athlete's truth");
  figure("failed_share", f.failed_share, "1", 0.02, "the same sets that fail");
  figure("far_below_share", f.far_below_share, "1", 0.0, "the same sets more than two reps below the range");
  figure("one_rm_median_error", f.one_rm_error, "1", 0.05, "the athlete's own, on a usual day");
  figure("reserve_median_error", f.reserve_error_reps, "reps", 1.0, "reps left by the athlete's truth, where a number is stated");
}

/// How sets ended, by what may be behind it.
struct Ends {
  std::size_t sets = 0, none = 0, good = 0, three = 0, more = 0, failed = 0;
  void add(const CourseSet& set) {
    ++sets, failed += set.failed, none += !set.failed && set.left == 0, three += set.left == 3, more += set.left > 3;
    good += set.left == 1 || set.left == 2;
  }
};

void print_ends(const char* by, const std::map<std::string, Ends>& groups) {
  fmt::print("{:<22} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}\n", by, "sets", "failed", "0", "1-2", "3", "4+");
  for (const auto& [name, e] : groups) {
    const auto share = [&](std::size_t part) { return 100.0 * static_cast<double>(part) / static_cast<double>(e.sets); };
    fmt::print("{:<22} {:>6} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f}\n", name, e.sets, share(e.failed), share(e.none), share(e.good),
               share(e.three), share(e.more));
  }
}

/// In words.
const char* how_they_pull(const TraineeSpec& spec) {
  if (spec.pace_mps < kAnySpeed_mps) return "at a set pace";
  const auto* simulated = std::get_if<SimulatedLaw::Numbers>(&spec.numbers);
  return simulated != nullptr && simulated->intent_s > 0.6 ? "unhurried" : "as fast as it goes";
}

/// To failure with 80 % of the 1RM, on a usual day.
int reps_at_80(TraineeSpec spec) {
  spec.day_spread = spec.bad_days = 0.0;
  Trainee person(spec, 1);
  person.come();
  return person.reps_left(0.8 * person.one_rm_kg());
}

/// Where sets end that should not: by visit, by what people are like, by the reason of the weight and by what ended the set.
void print_misses(const session::Program& program, Law law, bool light, std::uint64_t people, Answers answers) {
  std::map<std::string, Ends> visits, biases, speeds, reasons, enders;
  for (std::uint64_t person = 0; person < people; ++person) {
    const TraineeSpec spec = draw_trainee(law, light, person, answers);
    const double bias_reps = 0.5 * std::round(2.0 * spec.answering.bias_reps);
    for (const CourseSet& set : run_course(program, spec, course_seed(person)).sets) {
      if (set.visit < kFromVisit) continue;
      visits[fmt::format("{:>2}", set.visit)].add(set);
      biases[spec.answering.missing < 1.0 ? fmt::format("{:+.1f}", bias_reps) : "says nothing"].add(set);
      speeds[how_they_pull(spec)].add(set);
      reasons[set.why].add(set);
      enders[set.failed ? "failure" : set.on_cue ? "the machine's word" : "the goal"].add(set);
    }
  }
  print_ends("visit", visits), print_ends("answers, reps off", biases), print_ends("pulls", speeds);
  print_ends("reason of the weight", reasons), print_ends("ended by", enders);
}

/// Who they are and how it went, one line each.
void print_people(const session::Program& program, Law law, bool light, std::uint64_t people) {
  for (std::uint64_t person = 0; person < people; ++person) {
    const TraineeSpec spec = draw_trainee(law, light, person);
    const CourseFigures f = figures_of({run_course(program, spec, course_seed(person))}, static_cast<int>(program.prescription.rep_bottom));
    fmt::print(
        "{:>3}: 1RM {:>5.1f} kg, {}, bias {:+.1f}, missing {:.2f}, {:>2} reps at 80 %, day {:.3f}, noise {:.3f}: 1-2 {:>3.0f}, >=3 "
        "{:>3.0f}, "
        "failed {:>3.0f}, far {:>3.0f}, 1RM off {:.2f}, RIR off {:.1f} known {:.1f}\n",
        person, spec.one_rm_kg, how_they_pull(spec), spec.answering.bias_reps, spec.answering.missing, reps_at_80(spec), spec.day_spread,
        spec.speed_noise, 100 * f.in_reserve_share, 100 * f.too_easy_share, 100 * f.failed_share, 100 * f.far_below_share, f.one_rm_error,
        f.reserve_error_reps, f.reserve_known_share);
  }
}

/// What a set that went on lighter came to.
std::string lightened_words(const CourseSet& set) {
  return set.lightened > 0 ? fmt::format(" lighter x{} to {:.2f}", set.lightened, set.lightened_kg) : "";
}

/// Each set more than two reps below its range, from the third visit on, with the one before it, and why.
void print_far_below(const session::Program& program, Law law, bool light, std::uint64_t people) {
  const auto bottom = static_cast<int>(program.prescription.rep_bottom);
  constexpr const char* kWhy[] = {"", "early word", "bad day", "weight"};
  for (std::uint64_t person = 0; person < people; ++person) {
    const Course course = run_course(program, draw_trainee(law, light, person), course_seed(person));
    for (std::size_t i = 0; i < course.sets.size(); ++i) {
      const CourseSet& set = course.sets[i];
      const FarBelow far = far_below(set, bottom);
      if (set.visit < kFromVisit || far == FarBelow::kNot) continue;
      const CourseSet before = i > 0 ? course.sets[i - 1] : CourseSet{};
      fmt::print(
          "person {:>3} visit {:>2} set {}: {:<10} form {:+.1f} %, {:>6.2f} kg x {}{}{}{}, {} left, by {}; before it {:.2f} kg x {}{}, {} "
          "left\n",
          person, set.visit, set.place, kWhy[static_cast<std::size_t>(far)], 100 * (set.form - 1), set.load_kg, set.reps,
          set.on_cue ? " on cue" : "", lightened_words(set), set.failed ? " FAILED" : "", set.left, set.why, before.load_kg, before.reps,
          before.failed ? " FAILED" : "", before.left);
    }
  }
}

/// One person's log, for whoever wonders where a figure comes from.
int print_person(const session::Program& program, Law law, bool light, std::uint64_t person) {
  const TraineeSpec spec = draw_trainee(law, light, person);
  fmt::print("1RM {:.1f} kg, answers {:+.1f} reps off, {:.0f} % missing\n", spec.one_rm_kg, spec.answering.bias_reps,
             100 * spec.answering.missing);
  for (const CourseSet& set : run_course(program, spec, course_seed(person)).sets) {
    fmt::print(
        "visit {:>2} set {}: {:<20} {:>6.2f} kg x {:>2} of {:>2}{}{}{}, {} left (by speed {:.1f}); 1RM {:.1f}, estimate {:.1f} ({:.1f} to "
        "{:.1f})\n",
        set.visit, set.place, set.why, set.load_kg, set.reps, set.goal, set.on_cue ? " on cue" : "", lightened_words(set),
        set.failed ? " FAILED" : "", set.left, set.left_by_speed, set.one_rm_kg, set.one_rm_estimate_kg, set.one_rm_low_kg,
        set.one_rm_high_kg);
  }
  return 0;
}

}  // namespace

struct People {
  Law law;
  const char* who;
};
constexpr People kPeople[] = {{Law::kSimulated, "tuned"}, {Law::kOther, "other"},         {Law::kLombardi, "lombardi"},
                              {Law::kMayhew, "mayhew"},   {Law::kMeasured, "measured"},   {Law::kStranger, "stranger"},
                              {Law::kImpulse, "impulse"}, {Law::kRecruited, "recruited"}, {Law::kJointed, "jointed"}};

/// coach [PERSON|people|far|misses [row|face_pull]] [WHO] [true] [rested]: the log of one person, a line for each, the sets that ended far
/// below their range, or how sets ended by what may be behind it, instead of the figures; only of WHO, one of kPeople; as if they answered
/// the truth; and as if they came without warm-ups.
int main(int argc, char** argv) {
  auto catalog = session::load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  const std::size_t people = std::getenv("SHEAVE_FULL") != nullptr ? 200 : 40;
  std::vector<std::string_view> words(argv + 1, argv + argc);
  const auto said = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
  const Answers answers = said("true") ? Answers::kTrue : Answers::kOwn;
  std::erase(words, "true");
  const bool rested = std::erase(words, "rested") > 0;
  if (rested) {
    for (session::Program& program : catalog.programs) program.prescription.warm_ups.clear();
  }
  const auto* group = std::ranges::find_if(kPeople, [&](const People& one) { return said(one.who); });
  const bool all = group == std::end(kPeople);
  const Law only = all ? Law::kSimulated : group->law;
  if (words.size() > (all ? 0U : 1U)) {
    const Case& c = kCases[said("face_pull") ? 1 : 0];
    if (said("people")) return print_people(*catalog.find(c.program), only, c.light, people), 0;
    if (said("misses")) return print_misses(*catalog.find(c.program), only, c.light, people, answers), 0;
    if (said("far")) return print_far_below(*catalog.find(c.program), only, c.light, people), 0;
    return print_person(*catalog.find(c.program), only, c.light, std::strtoull(words.front().data(), nullptr, 10));
  }
  fmt::print(
      stderr,
      "{} people, 12 visits; shares in % of working sets from the third visit on; far: reps < bottom - 2; turns of weight per visit;\n"
      "1RM%: median error against a usual day, fresh; warm: against what could be pulled as the first working set began\n",
      people);
  fmt::print(stderr, "{:<10} {:<9} {:<16} {:>5} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} | {:>5} {:>5} {:>5} {:>5} | {:>5} {:>5}\n", "exercise",
             "people", "rule", "1-2", ">=3", "failed", "far", "on cue", "lighter", "turns", "1RM%", "warm", "known", "holds", "RIR",
             "known");
  bool ran = true;
  for (const Case& c : kCases) {
    const session::Program* program = catalog.find(c.program);
    if (program == nullptr) return 1;
    for (const auto& [law, who] : kPeople) {
      if (!all && law != only) continue;
      const CourseFigures reserve = train(*program, law, c.light, people, answers);
      print_row(c.label, who, "reps in reserve", reserve);
      print_row(c.label, who, "double (scaled)", train(under(*program, "double-progression"), law, c.light, people, answers));
      print_row(c.label, who, "article", train(under(*program, "double-progression", {{"step_rule", 1.0}}), law, c.light, people, answers));
      if (answers == Answers::kOwn && !rested) print_goals(c.label, who, reserve);
      ran = ran && reserve.broken == 0;
    }
  }
  return ran ? 0 : 1;
}
