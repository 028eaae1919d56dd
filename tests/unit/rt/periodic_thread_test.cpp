#include "controller/rt/periodic_thread.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/fake_clock.hpp"

namespace sheave::rt {
namespace {

constexpr std::int64_t kMs = 1'000'000;

struct Recorder final : PeriodicTask {
  explicit Recorder(std::size_t count) : limit(count) {}
  bool run(const Period& period, const PeriodicSchedule& schedule) noexcept override {
    periods.push_back(period);
    missed = schedule.missed();
    return periods.size() < limit;
  }
  std::size_t limit;
  std::vector<Period> periods;
  std::uint64_t missed = 0;
};

TEST(PeriodicThread, HoldsTheGridWhenItWakesLate) {
  test::FakeClock clock;
  clock.lateness_ns = {0, 300'000, 0, 0};
  Recorder task(4);
  run_periodically(clock, kMs, task);
  EXPECT_EQ(task.periods[1].now_ns - task.periods[1].release_ns, 300'000);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(task.periods[i].release_ns - task.periods[i - 1].release_ns, kMs);
  EXPECT_EQ(task.missed, 0U);
}

TEST(PeriodicThread, SkipsAndCountsPeriodsThatWentBy) {
  test::FakeClock clock;
  clock.lateness_ns = {0, 3 * kMs + 100'000, 0};
  Recorder task(3);
  run_periodically(clock, kMs, task);
  EXPECT_EQ(task.missed, 3U);
  EXPECT_EQ(task.periods[1].missed, 3U);
  EXPECT_EQ(task.periods[1].index, 4U);
  EXPECT_EQ(task.periods[2].index, 5U);
  EXPECT_GT(task.periods[2].release_ns, task.periods[1].now_ns) << "nothing is chased";
}

TEST(PeriodicThread, TellsTheTimeSinceTheLastPeriodAndZeroOnTheFirst) {
  test::FakeClock clock;
  clock.lateness_ns = {0, 200'000, 0};
  Recorder task(3);
  run_periodically(clock, kMs, task);
  EXPECT_EQ(task.periods[0].dt_ns, 0);
  EXPECT_EQ(task.periods[1].dt_ns, 1'200'000);
  EXPECT_EQ(task.periods[2].dt_ns, 800'000);
}

TEST(PeriodicThread, RunsOnAThreadOfItsOwnAndJoins) {
  MonotonicClock clock;
  Recorder task(5);
  PeriodicThread thread;
  PeriodicConfig config;
  config.role = ThreadRole::kControl;
  ASSERT_TRUE(thread.start(config, clock, task));
  thread.join();
  EXPECT_FALSE(thread.running());
  ASSERT_EQ(task.periods.size(), 5U);
  for (const Period& period : task.periods) EXPECT_GE(period.now_ns, period.release_ns);
}

}  // namespace
}  // namespace sheave::rt
