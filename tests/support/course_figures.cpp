#include "tests/support/course_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sheave::test {

namespace {

double median(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Turns of direction along a row of loads.
int turns(const std::vector<double>& loads_kg) {
  int turns = 0, before = 0;
  for (std::size_t i = 1; i < loads_kg.size(); ++i) {
    const int now = loads_kg[i] > loads_kg[i - 1] ? 1 : loads_kg[i] < loads_kg[i - 1] ? -1 : 0;
    if (now != 0 && before != 0 && now != before) ++turns;
    if (now != 0) before = now;
  }
  return turns;
}

int reversals(const std::vector<CourseSet>& sets) {
  std::vector<double> firsts_kg, within_kg;
  int count = 0;
  for (const CourseSet& set : sets) {
    if (set.visit < kFromVisit) continue;
    if (set.place == 1) {
      count += turns(std::exchange(within_kg, {}));
      firsts_kg.push_back(set.load_kg);
    }
    within_kg.push_back(set.load_kg);
  }
  return count + turns(within_kg) + turns(firsts_kg);
}

}  // namespace

session::Program under(session::Program program, const std::string& progression, session::ParamValues params) {
  program.progression = {progression, std::move(params)};
  return program;
}

FarBelow far_below(const CourseSet& set, int rep_bottom) {
  constexpr double kBadForm = 0.955;  // 1.28 standard deviations of the usual day to day spread
  if (set.reps >= rep_bottom - 2) return FarBelow::kNot;
  if (set.on_cue && set.left >= 3) return FarBelow::kEarlyCue;
  return set.form < kBadForm ? FarBelow::kBadDay : FarBelow::kLoad;
}

CourseFigures figures_of(const std::vector<Course>& courses, int rep_bottom) {
  CourseFigures f;
  std::vector<double> one_rm_errors, one_rm_warm_errors, reserve_errors;
  double visits = 0.0;
  std::size_t one_rms = 0, held = 0;
  for (const Course& course : courses) {
    ++f.people;
    if (course.broken != nullptr) ++f.broken;
    f.reversals_per_visit += reversals(course.sets);
    for (const CourseSet& set : course.sets) {
      if (set.visit < kFromVisit) continue;
      ++f.sets;
      f.in_reserve_share += !set.failed && set.left >= 1 && set.left <= 2;
      f.too_easy_share += set.left >= 3;
      f.failed_share += set.failed;
      f.far_below_share += far_below(set, rep_bottom) != FarBelow::kNot;
      f.cue_share += set.on_cue;
      f.lightened_share += set.lightened > 0;
      if (std::isfinite(set.left_by_speed)) reserve_errors.push_back(std::abs(set.left_by_speed - set.left));
      if (set.place != 1) continue;
      ++visits, ++one_rms;
      if (!std::isfinite(set.one_rm_estimate_kg)) continue;
      one_rm_errors.push_back(std::abs(set.one_rm_estimate_kg / set.one_rm_kg - 1.0));
      one_rm_warm_errors.push_back(std::abs(set.one_rm_estimate_kg * set.form / set.once_kg - 1.0));
      held += set.one_rm_low_kg <= set.one_rm_kg && set.one_rm_kg <= set.one_rm_high_kg;
    }
  }
  const auto sets = static_cast<double>(std::max<std::size_t>(f.sets, 1));
  for (double* share : {&f.in_reserve_share, &f.too_easy_share, &f.failed_share, &f.far_below_share, &f.cue_share, &f.lightened_share})
    *share /= sets;
  f.reversals_per_visit /= std::max(visits, 1.0);
  f.one_rm_error = median(one_rm_errors);
  f.one_rm_warm_error = median(one_rm_warm_errors);
  f.one_rm_known_share = static_cast<double>(one_rm_errors.size()) / static_cast<double>(std::max<std::size_t>(one_rms, 1));
  f.one_rm_held_share = static_cast<double>(held) / static_cast<double>(std::max<std::size_t>(one_rm_errors.size(), 1));
  f.reserve_error_reps = median(reserve_errors);
  f.reserve_known_share = static_cast<double>(reserve_errors.size()) / sets;
  return f;
}

TraineeSpec draw_trainee(Law law, bool light, std::uint64_t person, Answers answers) {
  TraineeSpec spec = draw_trainee(law, light, person);
  if (answers == Answers::kTrue) spec.answering = spec.answering.truthful();
  return spec;
}

CourseFigures train(const session::Program& program, Law law, bool light, std::size_t people, Answers answers) {
  std::vector<Course> courses;
  for (std::size_t person = 0; person < people; ++person) {
    courses.push_back(run_course(program, draw_trainee(law, light, person, answers), course_seed(person)));
  }
  return figures_of(courses, static_cast<int>(program.prescription.rep_bottom));
}

}  // namespace sheave::test
