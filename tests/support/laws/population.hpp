#pragma once
// Figures of people drawn from a law, for tests that they are as their sources say.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/support/trainee.hpp"

namespace sheave::test {

inline constexpr std::uint64_t kPeople = 600;

struct Spread {
  double mean = 0.0, deviation = 0.0;
};

inline Spread spread(const std::vector<double>& values) {
  Spread s;
  for (const double value : values) s.mean += value / static_cast<double>(values.size());
  for (const double value : values) s.deviation += (value - s.mean) * (value - s.mean) / static_cast<double>(values.size());
  s.deviation = std::sqrt(s.deviation);
  return s;
}

/// `figure` of everybody, on their first day, to the spec as drawn.
template <typename Figure>
std::vector<double> of_everybody(Law law, Figure figure, bool light = false) {
  std::vector<double> all;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    const TraineeSpec spec = draw_trainee(law, light, person);
    Trainee trainee(spec, person);
    trainee.come();
    all.push_back(figure(spec, trainee));
  }
  return all;
}

/// How many pulls until one fails.
inline int to_failure(Trainee& trainee, double load_kg) {
  int reps = 0;
  while (reps < kMostReps && trainee.pull(load_kg)) ++reps;
  return reps;
}

/// Mean reps of consecutive sets to failure with 75 % of the 1RM, over those of the first.
inline std::vector<double> sets_after(Law law, double rest_s, int sets) {
  std::vector<double> reps(static_cast<std::size_t>(sets));
  of_everybody(law, [&](const TraineeSpec& spec, Trainee trainee) {
    for (double& of_set : reps) {
      of_set += to_failure(trainee, 0.75 * spec.one_rm_kg);
      trainee.rest(rest_s);
    }
    return 0.0;
  });
  const double first = reps.front();
  for (double& of_set : reps) of_set /= first;
  return reps;
}

/// Fresh, with `share` of today's strength.
inline double fresh_speed_mps(Trainee trainee, double share) {
  return trainee.pull(share * trainee.one_rm_kg() * trainee.form()).value_or(0.0);
}

/// As fast as they can and the same each time.
inline TraineeSpec quiet(TraineeSpec spec) {
  spec.speed_noise = spec.speed_noise_mps = 0.0;
  spec.pace_mps = kAnySpeed_mps;
  return spec;
}

/// On their first day.
inline Trainee quiet_person(Law law, std::uint64_t person) {
  Trainee trainee(quiet(draw_trainee(law, false, person)), person);
  trainee.come();
  return trainee;
}

inline double todays_kg(const Trainee& trainee, double share) { return share * trainee.one_rm_kg() * trainee.form(); }

/// `figure` of everybody on a first day, as fast as they can and without noise.
template <typename Figure>
Spread of_quiet(Law law, Figure figure) {
  std::vector<double> all;
  for (std::uint64_t person = 0; person < kPeople; ++person) all.push_back(static_cast<double>(figure(quiet_person(law, person))));
  return spread(all);
}

/// Of a fresh pull with `share` of the day's strength, from day to day, in the mean of people.
inline double speed_variation(Law law, double share) {
  return spread(of_everybody(law,
                             [share](const TraineeSpec&, Trainee trainee) {
                               std::vector<double> speeds_mps;
                               for (int day = 0; day < 30; ++day) {
                                 trainee.come();
                                 speeds_mps.push_back(fresh_speed_mps(trainee, share));
                               }
                               return spread(speeds_mps).deviation / spread(speeds_mps).mean;
                             }))
      .mean;
}

/// Of answers about a set that leaves so many.
struct Errors {
  std::vector<double> mean_of_people;  ///< Each person's own mean error.
  double mean = 0.0, absolute = 0.0;
};

inline Errors answers_off(Law law, int left) {
  Errors errors;
  double asked = 0.0;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    TraineeSpec spec = draw_trainee(law, false, person);
    spec.answering.missing = spec.answering.fading = spec.answering.silent_visits = 0.0;
    Trainee trainee(spec, person);
    trainee.come();
    double sum = 0.0;
    for (int set = 0; set < 30; ++set, ++asked) {
      const double off = *trainee.answer(left) - left;
      sum += off, errors.mean += off, errors.absolute += std::abs(off);
    }
    errors.mean_of_people.push_back(sum / 30);
  }
  errors.mean /= asked, errors.absolute /= asked;
  return errors;
}

}  // namespace sheave::test
