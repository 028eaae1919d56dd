// The invariants of the safety concept as properties over random lives of the machine.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/unit/safety/story.hpp"

namespace sheave::test {
namespace {

/// Lets things happen to the machine at random, weighted toward a set that runs.
class RandomLife {
 public:
  explicit RandomLife(std::uint64_t seed) : random_(seed) {}

  /// What a healthy machine and a willing person do next.
  void go_on(Story& story) {
    auto& in = story.in;
    auto& axis = in.axes[0];
    axis.fresh = axis.usable = in.verified = in.realtime = in.session_open = true;
    axis.jumping = axis.sto_active = axis.slack = axis.limited = false;
    axis.request_n = 500.0;
    in.steering = safety::Steering::kAlive;
    in.plugins = safety::PluginVerdict::kGood;
    in.main_age_ns = 0;
    in.person.phase = Phase::kEccentric;
    in.reset = story.state() == MachineState::kSafeOff;
    press_ = pick(3) == 0 ? ++presses_ : 0;
    in.session_open = press_ == 0;
    if (in.session_open && safety::at_rest(story.state())) in.request = safety::Request::kArm;
    story.head_for(0.2);
  }

  /// A technician, where there is one.
  void keep_pressing(Story& story) {
    if (press_ != 0) story.in.jog = {press_, 0, safety::JogMotion::kWindIn, story.now + safety::kJogAlive_ns};
  }

  void disturb(Story& story) {
    auto& in = story.in;
    auto& axis = in.axes[0];
    switch (pick(34)) {
      case 0:
        in.request = safety::Request::kArm;
        break;
      case 1:
        in.request = safety::Request::kCalibrate;
        break;
      case 2:
        in.request = safety::Request::kEnd;
        break;
      case 3:
        in.reset = true;
        break;
      case 4:
        in.stop = pick(4) == 0;
        break;
      case 5:
        in.lower = pick(4) == 0;
        break;
      case 6:
        axis.fresh = axis.usable = pick(3) != 0;
        break;
      case 7:
        axis.fresh = axis.usable = true;
        break;
      case 8:
        axis.jumping = pick(10) == 0;
        break;
      case 9:
        axis.sto_active = pick(10) == 0;
        break;
      case 10:
        in.verified = pick(10) != 0;
        break;
      case 11:
        in.session_open = pick(10) != 0;
        break;
      case 12:
        in.steering = static_cast<safety::Steering>(pick(3));
        break;
      case 13:
        in.steering = safety::Steering::kAlive;
        break;
      case 14:
        in.main_age_ns = pick(5) == 0 ? 3_s : 0;
        break;
      case 15:
        in.plugins = static_cast<safety::PluginVerdict>(pick(8) < 6 ? 0 : pick(3));
        break;
      case 16:
        axis.slack = pick(3) == 0;
        break;
      case 17:
        story.set_load(static_cast<double>(pick(1'500)));
        break;
      case 18:
        axis.request_n = pick(4) == 0 ? std::nan("") : 500.0;
        break;
      case 19:
        in.person.phase = static_cast<Phase>(pick(4));
        break;
      case 20:
        in.realtime = pick(4) != 0;
        break;
      case 21:
        axis.limited = pick(3) == 0;
        break;
      case 22:
        story.head_for(0.0);
        break;
      case 23:
        story.moving_mps = 0.4 * (static_cast<double>(pick(5)) - 2.0);
        break;
      case 24:
      case 25:
      case 26:
        in.session_open = pick(4) == 0;
        in.jog = {1 + pick(4) + static_cast<std::uint64_t>(story.now / 3_s), pick(2), static_cast<safety::JogMotion>(pick(3)),
                  story.now + static_cast<std::int64_t>(pick(800)) * 1_ms};
        break;
      case 27:
        in.session_open = true;
        break;
      default:
        story.head_for(0.15 + 0.1 * static_cast<double>(pick(5)));
        break;
    }
  }

  unsigned pick(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }

 private:
  std::mt19937_64 random_;
  std::uint64_t press_ = 0, presses_ = 0;
};

class Invariants : public testing::TestWithParam<std::uint64_t> {
 protected:
  void live(RandomLife& life, int& actives, int& services);
};

TEST_P(Invariants, HoldWhateverHappens) {
  RandomLife life(GetParam());
  int actives = 0, services = 0;
  for (int machine = 0; machine < 20; ++machine) {
    live(life, actives, services);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(actives, 5'000) << "else this says little of loaded machines";
  EXPECT_GT(services, 10) << "nor of those that are serviced";
}

void Invariants::live(RandomLife& life, int& actives, int& services) {
  Story story;
  MachineState last = story.state();
  double last_n = 0.0;
  bool took_down = false, reset_edge = false;
  for (int tick = 0; tick < 10'000; ++tick) {
    if (tick % 700 == 0) life.go_on(story);
    if (tick % 100 == 0) life.keep_pressing(story);
    if (life.pick(1'500) == 0) life.disturb(story);
    reset_edge = reset_edge || story.in.reset;
    story.tick();
    const MachineState now = story.state();
    const double n = story.commanded_n();

    // I1 finite and within the cap, but for the slew-limited fall towards it
    ASSERT_TRUE(std::isfinite(n));
    ASSERT_GE(n, 0.0);
    ASSERT_LE(n, std::max(story.out.cap_n[0], last_n - story.out.slew_down_nps * 1e-3) + 1e-9);
    // I2 never steeper than the state allows
    ASSERT_LE(n, last_n + story.out.slew_up_nps * 1e-3 + 1e-9);
    // I3 once the load is being taken, it never rises until READY, but to take-up
    took_down = story.out.never_rise ||
                (took_down && now != MachineState::kReady && now != MachineState::kCalibrate && now != MachineState::kService);
    if (took_down) {
      ASSERT_LE(n, std::max(last_n, safety::kTakeUp_n) + 1e-9);
    }
    // I6 load only in the states that may have it (or still falling from them), and engaged with a session
    if (n > safety::kLight_n && n > last_n) {
      ASSERT_TRUE(now == MachineState::kEngage || now == MachineState::kActive);
    }
    if (now == MachineState::kEngage && last != MachineState::kEngage) {
      ASSERT_TRUE(story.in.session_open);
    }
    // I7, I15 no torque before the self-test and a reset edge
    if (!reset_edge) {
      ASSERT_EQ(story.out.target, hal::DriveTarget::kOff);
    }
    // no way to load but by READY and ENGAGE
    if (now == MachineState::kActive && last != MachineState::kActive) {
      ASSERT_EQ(last, MachineState::kEngage);
    }
    if (now == MachineState::kEngage && last != MachineState::kEngage) {
      ASSERT_EQ(last, MachineState::kReady);
    }
    if (now == MachineState::kReady && last != MachineState::kReady) {
      ASSERT_TRUE(last == MachineState::kIdle || last == MachineState::kRetract);
    }
    // SERVICE only from rest, without a session, and light
    if (now == MachineState::kService) {
      if (last != now) {
        ASSERT_TRUE(safety::at_rest(last) && !story.in.session_open);
        ++services;
      }
      ASSERT_LE(n, std::max(last_n, safety::kWindIn_n) + 1e-9);
    }
    actives += now == MachineState::kActive;
    last = now;
    last_n = n;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Invariants, testing::Range<std::uint64_t>(1, 25));

TEST(InvariantStories, AnyStopAlwaysTakesTheLoadOff) {  // I10, I13
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Story story;
    story.to_active();
    story.run(static_cast<std::int64_t>(seed) * 13_ms);
    story.in.stop = true;
    story.run(400_ms);
    EXPECT_LE(story.commanded_n(), safety::kUnloaded_n);
    EXPECT_TRUE(story.stop_confirmed);
  }
}

TEST(InvariantStories, NoRequestRaisesTheCommandInItsOwnTick) {  // I11
  for (const auto request : {safety::Request::kArm, safety::Request::kCalibrate, safety::Request::kEnd}) {
    Story story;
    story.to_idle();
    story.run(1_s);
    const double before_n = story.commanded_n();
    story.in.request = request;
    story.tick();
    EXPECT_LE(story.commanded_n(), before_n + 0.11) << "one tick of the take-up slew";
  }
}

}  // namespace
}  // namespace sheave::test
