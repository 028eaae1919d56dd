#pragma once
// Base of the progressions that ship: reads the question, refuses what is none, and tells the two decisions apart.

#include "rules.hpp"

namespace sheave::progressions {

class Base : public sdk::Progression {
 public:
  bool decide(const sheave_progression_in_t& in, sdk::Decision& out) const final;

 protected:
  /// Before the first working set of a visit.
  virtual void decide_first_set(const Question& q, sdk::Decision& out) const = 0;
  /// After a set of this session. @pre q.history's newest set is of this session.
  virtual void decide_next_set(const Question& q, sdk::Decision& out) const = 0;
  virtual StepRule step_rule() const { return StepRule::kScaled; }

 private:
  sdk::Param<double> pause_limit_s_{*this,
                                    {.id = 2,
                                     .name = "pause_limit_s",
                                     .unit = "s",
                                     .help = "A standstill inside the set longer than this does not earn the top of the range.",
                                     .min = 1,
                                     .max = 60,
                                     .initial = 5}};
  sdk::Param<double> probe_speed_mps_{*this,
                                      {.id = 3,
                                       .name = "probe_speed_mps",
                                       .unit = "m/s",
                                       .help = "A probe whose fastest rep reaches this mean speed was light: try more.",
                                       .min = 0.2,
                                       .max = 2,
                                       .initial = 0.75}};
};

}  // namespace sheave::progressions
