// What every load profile must keep, alone and in any pair: numbers only, nothing negative, no step of force. "Step" is what the
// machine's slew limit in ACTIVE (2,000 N/s up, 4,000 N/s down) would cut off; movements are reps of 0.5 m in 0.6 to 2.2 s.

#include <gmock/gmock.h>

#include <random>

#include "tests/unit/plugins/profile_bench.hpp"

namespace sheave::profiles_test {
namespace {

using plugin_host::CallResult;
using plugin_host::ParamValues;

class EveryProfile : public ProfileTest {};

void expect_sound(const std::vector<double>& tension_n, double most_n) {
  for (const double t : tension_n) {
    ASSERT_TRUE(std::isfinite(t));
    ASSERT_GE(t, 0.0);
    ASSERT_LE(t, most_n);
  }
}

TEST_F(EveryProfile, TheWholeListOfTheDesignIsHere) {
  EXPECT_THAT(all_profiles(),
              ::testing::IsSupersetOf({"adaptive", "burnout", "chains", "constant", "drop", "eccentric", "elastic", "inertia",
                                       "inverse-chains", "isokinetic", "isometric-hold", "strength-curve", "viscous"}));
}

TEST_F(EveryProfile, RepsFeelNoStep) {
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    const auto tension_n = run(some_reps());
    expect_sound(tension_n, kBase_n + 500.0);
    expect_within_slew(tension_n);
  }
}

TEST_F(EveryProfile, NoParametersMakeAStepOrMoreThanTheProfileSays) {
  for (const std::string& id : all_profiles()) {
    const auto* info = registry_.find(id);
    for (unsigned corner = 0; corner < 1U << info->params.size(); ++corner) {
      ParamValues values;
      for (std::size_t p = 0; p < info->params.size(); ++p) {
        values[info->params[p].name] = (corner >> p & 1U) != 0 ? info->params[p].max : info->params[p].min;
      }
      SCOPED_TRACE(id + " corner " + std::to_string(corner));
      make(id, values);
      const double most_n = slots_[0]->bound().most_n(kBase_n);
      EXPECT_LE(most_n, 2.0 * kBase_n + 900.0) << "a bound that bounds nothing";
      const auto tension_n = run(some_reps());
      expect_sound(tension_n, most_n + 1e-9);
      expect_within_slew(tension_n);
    }
  }
}

TEST_F(EveryProfile, ARangeThatComesAndGoesIsNoStep) {
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    auto at = some_reps();
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (i / 170 % 2 == 1) at[i].share = kUnknown;
    }
    const auto tension_n = run(at);
    expect_sound(tension_n, kBase_n + 500.0);
    expect_within_slew(tension_n);
  }
}

TEST_F(EveryProfile, WithoutARangeNothingIsAddedThatNeedsOne) {
  auto at = some_reps();
  for (Place& place : at) place.share = kUnknown;
  for (const std::string& id : all_profiles()) {
    if (id == "viscous" || id == "inertia" || id == "isokinetic") continue;  // they follow the speed
    SCOPED_TRACE(id);
    make(id);
    for (const double t : run(at)) ASSERT_EQ(t, kBase_n);
  }
}

TEST_F(EveryProfile, APhaseThatFlickersIsNoStep) {
  std::mt19937_64 random(3);
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    auto at = some_reps();
    for (Place& place : at) place.phase = static_cast<std::uint32_t>(random() % 4);
    const auto tension_n = run(at);
    expect_sound(tension_n, kBase_n + 500.0);
    expect_within_slew(tension_n);
  }
}

TEST_F(EveryProfile, ABadSampleHoldsTheLoad) {
  const auto at = some_reps();
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    const auto before = run({at.begin(), at.begin() + 700});
    for (int i = 0; i < 20; ++i) ASSERT_EQ(tick({9.0, 5.0, SHEAVE_PHASE_CONCENTRIC, 4.8, SHEAVE_AXIS_ACTIVE}), before.back());
    for (int i = 0; i < 20; ++i) ASSERT_EQ(tick({kUnknown, kUnknown, SHEAVE_PHASE_CONCENTRIC, kUnknown}), before.back());
  }
}

TEST_F(EveryProfile, AnInputThatIsNoNumberIsAnErrorAndNotRemembered) {
  const auto at = some_reps();
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    run({at.begin(), at.begin() + 700});
    for (const double broken : {kUnknown, std::numeric_limits<double>::infinity()}) {
      base_n_ = broken;
      double tension_n = 0.0;
      EXPECT_EQ(try_tick(at[700], tension_n), CallResult::kError);
    }
    base_n_ = kBase_n;
    expect_sound(run({at.begin() + 700, at.end()}), kBase_n + 500.0);
  }
}

TEST_F(EveryProfile, RestartForgets) {
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    const auto first = run(some_reps());
    restart();
    EXPECT_EQ(run(some_reps()), first);
  }
}

TEST_F(EveryProfile, ALiveParameterIsNoStep) {
  const auto at = some_reps();
  for (const std::string& id : all_profiles()) {
    for (const auto& param : registry_.find(id)->params) {
      if (!param.live) continue;
      SCOPED_TRACE(id + " " + param.name);
      make(id, {{param.name, param.min}});
      auto tension_n = run({at.begin(), at.begin() + 700});
      for (std::size_t i = 700; i < at.size(); ++i) {
        if (i % 400 == 300) {
          tension_n.push_back(tick_with_change(at[i], param.id, i % 800 == 300 ? param.max : param.min));
        } else {
          tension_n.push_back(tick(at[i]));
        }
      }
      expect_within_slew(tension_n);
    }
  }
}

TEST_F(EveryProfile, AFallingBaseLoadTakesTheWholeChainDown) {
  const auto at = some_reps();
  for (const std::string& id : all_profiles()) {
    SCOPED_TRACE(id);
    make(id);
    run({at.begin(), at.begin() + 700});
    base_n_ = 0.0;
    double last_n = 0.0;
    for (int i = 0; i < 1000; ++i) last_n = tick({0.4, 0.0, SHEAVE_PHASE_PEAK});
    EXPECT_NEAR(last_n, id == "elastic" ? 150.0 * 0.2 : 0.0, 1e-9);  // a band stays where its metres are
    base_n_ = kBase_n;
  }
}

TEST_F(EveryProfile, AnyPairRunsASetWithoutAStepAtTheTurnaround) {
  const auto at = some_reps();
  for (const std::string& first : all_profiles()) {
    for (const std::string& second : all_profiles()) {
      SCOPED_TRACE(first + " > " + second);
      make_chain({{first, {}}, {second, {}}});
      const auto tension_n = run(at);
      expect_sound(tension_n, 1.5 * (kBase_n + 500.0) + 500.0);
      std::vector<double> turning;
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (std::abs(at[i].speed_mps) < 0.15) turning.push_back(tension_n[i]);
        if (std::abs(at[i].speed_mps) >= 0.15 || i + 1 == at.size()) {
          expect_within_slew(turning);
          turning.clear();
        }
      }
    }
  }
}

}  // namespace
}  // namespace sheave::profiles_test
