#include "controller/control/rep_detector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <string>

#include "tests/unit/control/detect.hpp"

namespace sheave::control::test {
namespace {

/// A number between, from a seed.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) { return low + (high - low) * static_cast<double>(random_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 random_;
};

struct Case {
  const char* name;
  std::size_t reps;
  std::function<Movement(Dice&)> draw;
  Rom rom{};  // of the exercise, where it is calibrated
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

constexpr double kStart_m = 0.35;
const Rom kRom{kStart_m, kStart_m + 0.55};

Movement& pull(Movement& m, Dice& dice) {
  return m.rep(dice.between(0.52, 0.58), dice.between(0.6, 1.6), dice.between(0.9, 2.5), dice.between(0.0, 0.3));
}

Movement set_of(int reps, Dice& dice) {
  Movement m(kStart_m);
  m.hold(1.0);
  for (int i = 0; i < reps; ++i) pull(m, dice).hold(dice.between(0.0, 0.8));
  return m;
}

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto both = [&all](const char* name, std::size_t reps, std::function<Movement(Dice&)> draw) {
    all.push_back({name, reps, draw, {}});
    all.push_back({name, reps, draw, kRom});
  };
  both("plain", 8, [](Dice& d) { return set_of(8, d); });
  both("one", 1, [](Dice& d) { return set_of(1, d); });
  both("nothing", 0, [](Dice&) { return Movement(kStart_m).hold(10.0); });
  both("take_up", 5, [](Dice& d) {
    Movement m(kStart_m - 0.038);
    m.hold(0.5).to(kStart_m, 0.4).hold(1.2);
    for (int i = 0; i < 5; ++i) pull(m, d);
    return m;
  });
  both("take_up_alone", 0, [](Dice&) { return Movement(0.3).hold(0.5).rep(0.038, 0.4, 0.4, 1.0).hold(1.0).rep(0.038, 0.3, 0.5); });
  both("valleys_at_a_fifth", 6, [](Dice& d) {
    Movement m(kStart_m);
    m.to(kStart_m + 0.55, d.between(0.8, 1.4));
    for (int i = 0; i < 5; ++i) m.to(kStart_m + d.between(0.09, 0.13), d.between(0.8, 1.6)).to(kStart_m + 0.55, d.between(0.7, 1.4));
    return m.to(kStart_m, 1.5).hold(0.5);
  });
  both("stop_inside_the_pull", 5, [](Dice& d) {
    Movement m(kStart_m);
    for (int i = 0; i < 5; ++i)
      m.to(kStart_m + d.between(0.15, 0.45), 0.6).hold(d.between(0.15, 0.9)).to(kStart_m + 0.55, 0.5).to(kStart_m, 1.3);
    return m;
  });
  both("reversal_of_4_cm", 5, [](Dice& d) {
    Movement m(kStart_m);
    for (int i = 0; i < 5; ++i) {
      const double at_m = kStart_m + d.between(0.12, 0.5);
      m.to(at_m, 0.9).to(at_m - 0.04, 0.3).to(kStart_m + 0.55, 0.8).to(kStart_m, 1.5).hold(0.2);
    }
    return m;
  });
  both("reversal_in_the_return", 5, [](Dice& d) {
    Movement m(kStart_m);
    for (int i = 0; i < 5; ++i) {
      const double at_m = kStart_m + d.between(0.05, 0.45);
      m.to(kStart_m + 0.55, 0.9).to(at_m, 0.7).to(at_m + 0.04, 0.3).to(kStart_m, 0.7).hold(0.2);
    }
    return m;
  });
  both("drop_and_bounces", 4, [](Dice& d) {
    Movement m = set_of(3, d);
    return m.to(kStart_m + 0.55, 0.9).drop(0.02, d.between(0.75, 0.95)).hold(2.0);
  });
  both("racking", 4, [](Dice& d) { return set_of(4, d).to(0.0, 1.5).hold(1.0).to(0.04, 0.5).to(0.0, 0.4).hold(1.0); });
  both("walk_out", 5, [](Dice& d) {
    Movement m(0.0);
    m.hold(0.3).to(kStart_m, 1.5).hold(d.between(0.8, 2.0));
    for (int i = 0; i < 5; ++i) pull(m, d).hold(0.3);
    return m.to(0.0, 1.2);
  });
  both("start_on_the_way_back", 4, [](Dice& d) {
    return Movement(kStart_m + 0.4)
        .to(kStart_m, 1.0)
        .hold(0.4)
        .rep(0.55, 0.9, 1.4)
        .rep(0.53, 0.9, 1.4)
        .rep(0.56, 1.0, 1.2)
        .rep(0.55, d.between(0.8, 1.5), 1.2);
  });
  both("end_on_the_way_out", 4, [](Dice& d) { return set_of(4, d).to(kStart_m + d.between(0.1, 0.35), 0.8); });
  both("end_at_the_top", 5, [](Dice& d) { return set_of(4, d).to(kStart_m + 0.55, 0.9).hold(0.4); });
  both("end_on_the_way_back", 5, [](Dice& d) { return set_of(4, d).to(kStart_m + 0.55, 0.9).to(kStart_m + d.between(0.05, 0.4), 1.0); });
  both("tiring", 8, [](Dice& d) {
    Movement m(kStart_m);
    for (int i = 0; i < 8; ++i) m.rep(0.56 - 0.02 * i, 0.7 + 0.25 * i, d.between(0.8, 1.4), 0.1).hold(0.1 * i);
    return m;
  });
  both("cable_runs_out", 3, [](Dice& d) { return set_of(3, d).to(2.4, 1.1); });
  both("power", 6, [](Dice& d) {
    Movement m(kStart_m);
    for (int i = 0; i < 6; ++i) m.rep(0.55, d.between(0.3, 0.45), d.between(0.5, 0.8)).hold(0.1);
    return m;
  });
  all.push_back({"set_up_below_the_range", 3,
                 [](Dice& d) {
                   Movement m(0.0);
                   m.rep(0.3, 1.0, 1.0, 0.5).to(kStart_m, 1.0).hold(1.0);
                   for (int i = 0; i < 3; ++i) pull(m, d);
                   return m;
                 },
                 kRom});
  all.push_back({"short_range",
                 6,
                 [](Dice& d) {
                   Movement m(0.5);
                   for (int i = 0; i < 6; ++i) m.rep(d.between(0.19, 0.21), d.between(0.5, 1.0), d.between(0.6, 1.2));
                   return m;
                 },
                 {}});
  return all;
}

const Seen kWays[] = {
    {},                                                                 // a drive at 1 kHz
    {.rate_hz = 1000.0, .noise_m = 0.0005},                             //
    {.rate_hz = 100.0, .noise_m = 0.001, .jitter = 0.2},                // a serial link
    {.rate_hz = 30.0, .noise_m = 0.005, .jitter = 0.5},                 // a camera
    {.rate_hz = 40.0, .gap_s = 0.075, .jitter = 0.5},                   //
    {.rate_hz = 10.0, .noise_m = 0.002, .gap_s = 0.05, .jitter = 0.3},  //
};

class Counting : public testing::TestWithParam<Case> {};

TEST_P(Counting, ExactHoweverItIsSeen) {
  const Case& c = GetParam();
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Dice dice(seed);
    const Movement movement = c.draw(dice);
    for (Seen way : kWays) {
      way.seed = seed;
      const Detected found = detect(movement.seen(way), {.min_rom_m = 0.12, .rom = c.rom});
      // A pull that the end of the set cut off is a candidate where an exercise can tell by its share of the range.
      const auto counted =
          static_cast<std::size_t>(std::ranges::count_if(found.reps, [](const Rep& rep) { return !(rep.rom_share < 0.7); }));
      EXPECT_EQ(counted, c.reps) << c.name << ", seed " << seed << ", " << way.rate_hz << " Hz, noise " << way.noise_m << " m, range "
                                 << (c.rom.known() ? "known" : "unknown");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Hard, Counting, testing::ValuesIn(cases()), [](const auto& one) {
  return std::string(one.param.name) + (one.param.rom.known() ? "_known_range" : "_own_range");
});

}  // namespace
}  // namespace sheave::control::test
