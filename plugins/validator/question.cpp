#include "plugins/validator/question.hpp"

#include <cmath>

namespace sheave::validator {
namespace {

constexpr std::uint64_t kMostSets = 8, kMostReps = 15;

sheave_rep_summary_t plausible_rep(Random& random) {
  const std::uint32_t flags = random.below(8) == 0 ? SHEAVE_REP_PARTIAL : SHEAVE_REP_COUNTED;
  return {random.between(0.7, 1.05), random.between(0.2, 1.0), random.between(0.5, 2.0), random.between(0.0, 6.0), flags, 0};
}

}  // namespace

Question::Question(Mood mood, Random& random) {
  const std::uint64_t set_count = random.below(kMostSets + 1);
  const double load_kg = std::floor(random.between(8.0, 160.0)) * 0.5;
  for (std::uint64_t i = 0; i < set_count; ++i) {
    auto& reps = reps_.emplace_back();
    for (std::uint64_t k = random.below(kMostReps); k > 0; --k) reps.push_back(plausible_rep(random));
    sheave_set_summary_t set{};
    set.session_index = static_cast<std::uint32_t>(i / 3);
    set.set_index = static_cast<std::uint32_t>(set_count - i);
    set.kind = SHEAVE_SET_WORKING;
    set.end_reason = static_cast<std::uint32_t>(random.below(9));
    set.stop_answer = static_cast<std::uint32_t>(random.below(4));
    set.answer_rir = static_cast<std::int32_t>(random.below(8)) - 2;
    set.load_kg = load_kg;
    set.days_ago = 3.0 * set.session_index;
    sets_.push_back(set);
  }
  in_.point = random.below(2) == 0 ? SHEAVE_DECIDE_FIRST_SET : SHEAVE_DECIDE_NEXT_SET;
  in_.rep_bottom = 1 + static_cast<std::uint32_t>(random.below(12));
  in_.rep_top = in_.rep_bottom + static_cast<std::uint32_t>(random.below(6));
  in_.sets_planned = 3;
  in_.increment_kg = 0.25;
  in_.load_min_kg = 2.0;
  in_.load_max_kg = 90.0;
  in_.start_load_kg = 10.0;
  in_.min_rom_share = 0.8;
  if (mood == Mood::kWild) make_wild(random);
  if (random.below(3) > 0) add_strength(mood, random);
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    sets_[i].reps = reps_[i].data();
    sets_[i].rep_count = static_cast<std::uint32_t>(reps_[i].size());
  }
  in_.sets = sets_.data();
  in_.set_count = static_cast<std::uint32_t>(sets_.size());
}

void Question::add_strength(Mood mood, Random& random) {
  strength_ = {sizeof strength_,
               0,
               random.between(0.1, 0.5),
               random.between(0.01, 0.1),
               random.between(0.2, 2.0),
               random.between(0.5, 1.0),
               60.0,
               50.0,
               70.0,
               random.between(0.8, 1.2),
               random.between(0.01, 0.1)};
  for (std::size_t i = 0; i < sets_.size(); ++i) reps_left_.push_back(random.between(0.0, 6.0));
  if (mood == Mood::kWild) {
    for (double* value : {&strength_.failure_mps, &strength_.per_rep_mps, &strength_.reserve_error_reps, &strength_.reserve_r2,
                          &strength_.one_rm_kg, &strength_.form_share, &strength_.form_error_share}) {
      *value = random.wild();
    }
    for (double& left : reps_left_) left = random.wild();
  }
  in_.strength = &strength_;
  in_.reps_left = reps_left_.data();
}

void Question::make_wild(Random& random) {
  for (auto& reps : reps_) {
    for (auto& rep : reps) rep = {random.wild(), random.wild(), random.wild(), random.wild(), static_cast<std::uint32_t>(random.next()), 0};
  }
  for (auto& set : sets_) {
    set.load_kg = random.wild();
    set.days_ago = random.wild();
    set.answer_rir = static_cast<std::int32_t>(random.next());
    set.kind = static_cast<std::uint32_t>(random.below(6));
    set.end_reason = static_cast<std::uint32_t>(random.next());
  }
  in_.point = static_cast<std::uint32_t>(random.below(4));
  in_.rep_bottom = static_cast<std::uint32_t>(random.below(3) == 0 ? random.next() : random.below(20));
  in_.rep_top = static_cast<std::uint32_t>(random.below(3) == 0 ? random.next() : random.below(20));
  for (double* value : {&in_.increment_kg, &in_.load_min_kg, &in_.load_max_kg, &in_.start_load_kg, &in_.min_rom_share}) {
    if (random.below(3) == 0) *value = random.wild();
  }
}

}  // namespace sheave::validator
