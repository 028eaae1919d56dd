#include "plugins/exercises/shared/peak_hold.hpp"

#include <gtest/gtest.h>

namespace sheave::exercises {
namespace {

constexpr std::int64_t kMs_ns = 1'000'000;

/// From `from` to `to` of the range within `duration_ms`, evenly.
void move(PeakHold& hold, double from, double to, int duration_ms) {
  for (int ms = 1; ms <= duration_ms; ++ms) {
    hold.update(from + (to - from) * ms / duration_ms, (to - from) * 0.5 / (duration_ms * 1e-3), kMs_ns, HoldRule{});
  }
}

// Wherever the pull ends, a hold that creeps up by a hair is one hold: the band used to be laid out from the start of the pull, and
// a creep across one of its steps threw the whole hold away.
TEST(PeakHold, AHoldThatCreepsIsOneHoldWhereverItIs) {
  for (double peak = 0.90; peak < 1.05; peak += 0.002) {
    PeakHold hold;
    move(hold, 0.0, peak, 700);
    move(hold, peak, peak + 0.004, 800);
    move(hold, peak + 0.004, 0.0, 1200);
    EXPECT_NEAR(hold.hold_s(), 0.8, 0.05) << "peak at " << peak;
  }
}

TEST(PeakHold, AFurtherPullBeginsTheHoldAnew) {
  PeakHold hold;
  move(hold, 0.0, 0.7, 700);
  move(hold, 0.7, 0.7, 800);
  move(hold, 0.7, 1.0, 300);
  move(hold, 1.0, 1.0, 300);
  EXPECT_NEAR(hold.hold_s(), 0.3, 0.01);
}

}  // namespace
}  // namespace sheave::exercises
