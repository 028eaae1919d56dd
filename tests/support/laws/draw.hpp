#pragma once
// Numbers of people, drawn one after the other: whoever draws in the same order gets the same people.

#include <algorithm>
#include <cstdint>

#include "sim/random.hpp"

namespace sheave::test {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  /// Nobody is further from `mean` than two and a half times the spread.
  double around(double mean, double spread) { return mean + spread * std::clamp(random_.normal(), -2.5, 2.5); }
  double uniform() { return random_.uniform(); }
  bool chance(double probability) { return random_.chance(probability); }

 private:
  sim::Random random_;
};

}  // namespace sheave::test
