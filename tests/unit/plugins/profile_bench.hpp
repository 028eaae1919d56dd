#pragma once
// Load profiles as the machine runs them: loaded by the registry, ticked through slots, as a chain, over drawn movements.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "controller/core/motion.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/safety/policy.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/control/movement.hpp"

namespace sheave::profiles_test {

constexpr double kBase_n = 200.0;
constexpr Rom kRange{0.3, 0.8};

/// What the machine lets through while a set runs.
inline const double kRise_nps = safety::limits(safety::MachineState::kActive).slew_up_nps;
inline const double kFall_nps = safety::limits(safety::MachineState::kActive).slew_down_nps;

struct Place {
  double share = 0.0, speed_mps = 0.0;
  std::uint32_t phase = SHEAVE_PHASE_REST;
  double extension_m = kUnknown;  ///< Unknown: where `share` is in kRange.
  std::uint32_t flags = SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE;
};

/// A movement, one place per millisecond, with the phase that a detector would have seen.
inline std::vector<Place> places(const control::test::Movement& movement) {
  const std::vector<double>& x = movement.points_m();
  std::vector<Place> out;
  std::uint32_t phase = SHEAVE_PHASE_REST;
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double speed_mps = (x[i + 1] - x[i - 1]) * 500.0, share = kRange.share(x[i]);
    if (speed_mps > 0.03) phase = SHEAVE_PHASE_CONCENTRIC;
    if (speed_mps < -0.03) phase = SHEAVE_PHASE_ECCENTRIC;
    if (std::abs(speed_mps) < 0.01 && share > 0.8) phase = SHEAVE_PHASE_PEAK;
    if (std::abs(speed_mps) < 0.01 && share < 0.2) phase = SHEAVE_PHASE_REST;
    out.push_back({share, speed_mps, phase, x[i]});
  }
  return out;
}

/// From the start of the range.
inline control::test::Movement from_start() { return control::test::Movement(kRange.start_m); }

/// Three reps as people do them: brisk, slow, and one that turns around early and short of the start.
inline std::vector<Place> some_reps() {
  auto m = from_start().hold(0.3).rep(0.5, 0.7, 1.0).hold(0.2).rep(0.5, 1.6, 2.2, 0.3).hold(0.2);
  m.to(0.62, 0.6).to(0.4, 0.8).to(0.8, 0.7).to(0.3, 1.2).hold(0.3);
  return places(m);
}

struct Steepness {
  double rise_nps = 0.0, fall_nps = 0.0;
};

inline Steepness steepness(const std::vector<double>& tension_n) {
  Steepness s;
  for (std::size_t i = 1; i < tension_n.size(); ++i) {
    s.rise_nps = std::max(s.rise_nps, (tension_n[i] - tension_n[i - 1]) * 1000.0);
    s.fall_nps = std::max(s.fall_nps, (tension_n[i - 1] - tension_n[i]) * 1000.0);
  }
  return s;
}

inline double steepest_nps(const std::vector<double>& tension_n) {
  const Steepness s = steepness(tension_n);
  return std::max(s.rise_nps, s.fall_nps);
}

/// What the machine would have to cut off; a millionth for rounding.
inline void expect_within_slew(const std::vector<double>& tension_n) {
  const Steepness s = steepness(tension_n);
  EXPECT_LE(s.rise_nps, kRise_nps * (1.0 + 1e-6));
  EXPECT_LE(s.fall_nps, kFall_nps * (1.0 + 1e-6));
}

using Link = std::pair<std::string, plugin_host::ParamValues>;

class ProfileTest : public ::testing::Test {
 protected:
  ProfileTest() { registry_.scan({SHEAVE_PLUGIN_DIR}); }

  void make(const std::string& id, const plugin_host::ParamValues& values = {}) { make_chain({{id, values}}); }

  void make_chain(const std::vector<Link>& links) {
    slots_.clear();
    index_ = 0;
    for (const auto& [id, values] : links) {
      auto instance = registry_.create(id, SHEAVE_EXT_LOAD_PROFILE, values, {1, period_ns_, 1000.0, kRise_nps, 2.5});
      ASSERT_TRUE(instance.ok()) << instance.status().message;
      slots_.push_back(std::make_unique<plugin_host::LoadSlot>(*std::move(instance)));
      ASSERT_TRUE(slots_.back()->start());
    }
  }

  void restart() {
    index_ = 0;
    for (const auto& slot : slots_) {
      slot->stop();
      ASSERT_TRUE(slot->start());
    }
  }

  plugin_host::CallResult try_tick(const Place& at, double& tension_n) {
    tension_n = base_n_;
    own_mass_ = 0.0;
    auto result = plugin_host::CallResult::kOk;
    for (const auto& slot : slots_) {
      const double previous_n = tension_n;
      const Input in(at, base_n_, previous_n, index_, period_ns_);
      result = slot->tick(in.load, std::span(&tension_n, 1), std::span(&own_mass_, 1));
      if (result != plugin_host::CallResult::kOk) break;
    }
    ++index_;
    return result;
  }

  double tick(const Place& at) {
    double tension_n = -1.0;
    EXPECT_EQ(try_tick(at, tension_n), plugin_host::CallResult::kOk);
    return tension_n;
  }

  std::vector<double> run(const std::vector<Place>& at) {
    std::vector<double> tension_n;
    tension_n.reserve(at.size());
    for (const Place& place : at) tension_n.push_back(tick(place));
    return tension_n;
  }

  /// A tick of the only link in which a live parameter changes.
  double tick_with_change(const Place& at, std::uint32_t param_id, double value) {
    const plugin_host::Instance& instance = slots_.at(0)->instance();
    sheave_event_param_t change{{sizeof change, 0, SHEAVE_EVENT_PARAM}, param_id, 0, value};
    const sheave_event_in_t queue{&change, [](const sheave_event_in_t*) { return 1U; },
                                  [](const sheave_event_in_t* q, std::uint32_t) -> const sheave_event_header_t* {
                                    return &static_cast<sheave_event_param_t*>(q->ctx)->h;
                                  }};
    Input in(at, base_n_, base_n_, index_++, period_ns_);
    in.load.struct_size = sizeof in.load;
    in.load.events = &queue;
    double tension_n = -1.0;
    double own_mass = 0.0;
    sheave_load_out_t out{sizeof out, 1, &tension_n, &own_mass};
    const auto* profile = static_cast<const sheave_load_profile_t*>(instance.raw()->get_extension(instance.raw(), SHEAVE_EXT_LOAD_PROFILE));
    EXPECT_EQ(profile->tick(instance.raw(), &in.load, &out), SHEAVE_TICK_RUN);
    return tension_n;
  }

  std::vector<std::string> all_profiles() const {
    std::vector<std::string> ids;
    for (const auto& info : registry_.plugins()) {
      if (info.kind == SHEAVE_EXT_LOAD_PROFILE) ids.push_back(info.id);
    }
    return ids;
  }

  plugin_host::Registry registry_;
  std::vector<std::unique_ptr<plugin_host::LoadSlot>> slots_;
  double base_n_ = kBase_n;
  double own_mass_ = 0.0;  ///< That the last tick's profiles asked for.
  std::int64_t period_ns_ = kNsPerMs;
  std::uint64_t index_ = 0;

 private:
  /// One axis; lives as long as the tick.
  struct Input {
    Input(const Place& at, double base, double previous, std::uint64_t index, std::int64_t period_ns)
        : axis{std::isfinite(at.extension_m) ? at.extension_m : kRange.start_m + kRange.length_m() * at.share,
               at.speed_mps,
               previous,
               0,
               at.flags,
               0},
          base_n(base),
          previous_n(previous),
          share(at.share),
          phase(at.phase) {
      load.axis_count = 1;
      load.time = {index, static_cast<std::int64_t>(index) * period_ns, index == 0 ? 0 : period_ns, period_ns};
      load.axes = &axis;
      load.base_load_n = &base_n;
      load.previous_tension_n = &previous_n;
      load.rom_share = &share;
      load.phase = &phase;
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    sheave_axis_state_t axis;
    double base_n, previous_n, share;
    std::uint32_t phase;
    sheave_load_in_t load{};
  };
};

}  // namespace sheave::profiles_test
