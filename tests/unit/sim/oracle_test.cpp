// A judge that never condemns proves nothing: each of its rules is shown a run in which everything is as it should be but for one
// planted fault, and has to name that one.

#include "sim/scenario/oracle.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace sheave::sim {
namespace {

using State = safety::MachineState;

constexpr std::int64_t kMs_ns = 1'000'000;
constexpr int kEnd_ms = 12'000;
constexpr double kForceMax_n = 900.0, kRetractCap_mps = 1.0, kLoad_n = 300.0;

struct Phase {
  State state;
  int from_ms;
};
constexpr Phase kStory[] = {{State::kBoot, 0},      {State::kSafeOff, 600},  {State::kIdle, 1400},
                            {State::kReady, 2000},  {State::kEngage, 3000},  {State::kActive, 4000},
                            {State::kUnload, 8000}, {State::kRetract, 8300}, {State::kIdle, 11'000}};

/// A set of one cable, one sample per millisecond: born off, armed, pulled and returned, unloaded, home.
std::vector<OracleSample> good_set() {
  std::vector<OracleSample> run;
  double command_n = 0.0, extension_m = 0.0;
  for (int ms = 0; ms < kEnd_ms; ++ms) {
    OracleSample s;
    s.now_ns = ms * kMs_ns;
    for (const Phase& phase : kStory) {
      if (ms >= phase.from_ms) s.state = phase.state;
    }
    s.verified = ms >= 500;
    s.session_open = ms >= 1500 && ms < 11'500;
    s.set_load_n = ms >= 1900 && ms < 11'500 ? kLoad_n : 0.0;
    double target_n = 0.0, speed_mps = 0.0;
    switch (s.state) {
      case State::kIdle:
        target_n = 20.0;
        break;
      case State::kReady:
        target_n = 30.0;
        speed_mps = 0.3;
        break;
      case State::kEngage:
        target_n = kLoad_n;
        break;
      case State::kActive:
        target_n = kLoad_n;
        speed_mps = (ms / 1000) % 2 == 0 ? 0.5 : -0.5;
        break;
      case State::kUnload:
        target_n = 20.0;
        break;
      case State::kRetract:
        target_n = 20.0;
        speed_mps = extension_m > 0.01 ? -0.2 : 0.0;
        break;
      default:
        break;
    }
    const double rise_n = s.state == State::kEngage ? 0.5 : 0.1;
    command_n = std::clamp(target_n, command_n - 1.0, command_n + rise_n);
    extension_m += speed_mps * 1e-3;
    const bool on = s.state != State::kBoot && s.state != State::kSafeOff;
    s.commands[0].target = on ? hal::DriveTarget::kForce : hal::DriveTarget::kOff;
    s.commands[0].tension_n = command_n;
    s.plant[0] = {.motor_force_n = command_n, .drum_mps = speed_mps, .extension_m = extension_m};
    run.push_back(s);
  }
  return run;
}

std::vector<Violation> judge(const std::vector<OracleSample>& run) {
  Oracle oracle(kForceMax_n, kRetractCap_mps, 1e-3);
  for (const OracleSample& s : run) oracle.judge(s);
  EXPECT_GE(oracle.violation_count(), oracle.violations().size());
  return oracle.violations();
}

/// @param to exclusive.
void over(std::vector<OracleSample>& run, int from_ms, int to_ms, const std::function<void(OracleSample&)>& change) {
  for (int ms = from_ms; ms < to_ms; ++ms) change(run[static_cast<std::size_t>(ms)]);
}

struct Fault {
  const char* name;
  int invariant;
  const char* text;  ///< What the violation says.
  std::function<void(std::vector<OracleSample>&)> plant;
};
void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

auto command(double n) {
  return [n](OracleSample& s) { s.commands[0].tension_n = n; };
}
auto add(double n) {
  return [n](OracleSample& s) { s.commands[0].tension_n += n; };
}
auto motor(double n) {
  return [n](OracleSample& s) { s.plant[0].motor_force_n = n; };
}
auto state(State to) {
  return [to](OracleSample& s) { s.state = to; };
}

const std::vector<Fault>& faults() {
  using Run = std::vector<OracleSample>;
  static const std::vector<Fault> kFaults{
      {"NoNumber", 1, "the command is no tension", [](Run& r) { over(r, 5000, 5001, command(std::nan(""))); }},
      {"Infinite", 1, "the command is no tension", [](Run& r) { over(r, 5000, 5001, command(std::numeric_limits<double>::infinity())); }},
      {"Negative", 1, "the command is no tension", [](Run& r) { over(r, 5000, 5001, command(-1.0)); }},
      {"AboveTheMachine", 1, "above what the state allows",
       [](Run& r) {
         for (int ms = 4000; ms < 4700; ++ms) r[static_cast<std::size_t>(ms)].commands[0].tension_n = kLoad_n + (ms - 4000);
         over(r, 1900, 11'500, [](OracleSample& s) { s.set_load_n = 800.0; });
       }},
      {"AboveTheSet", 1, "above what the state allows",
       [](Run& r) {
         for (int ms = 4000; ms < 4250; ++ms) r[static_cast<std::size_t>(ms)].commands[0].tension_n = kLoad_n + (ms - 4000);
       }},
      {"AboveLightWhileArmed", 1, "above what the state allows", [](Run& r) { over(r, 2500, 2900, add(25.0)); }},
      {"LoadOnAHandleAtHome", 1, "above what the state allows",
       [](Run& r) { over(r, 3000, 8000, [](OracleSample& s) { s.plant[0].extension_m = 0.0; }); }},
      {"PowerWhileOff", 1, "above what the state allows",
       [](Run& r) {
         over(r, 900, 1000, [](OracleSample& s) {
           s.commands[0].target = hal::DriveTarget::kForce;
           s.commands[0].tension_n = 5.0;
         });
       }},
      {"RisesTooFast", 2, "rises too fast", [](Run& r) { over(r, 5000, 5500, add(2.1)); }},
      {"RisesTooFastWhileEngaging", 2, "rises too fast", [](Run& r) { over(r, 3200, 3300, add(0.2)); }},
      {"RisesWhileUnloading", 3, "rises while the load is taken off", [](Run& r) { over(r, 8100, 8101, add(5.0)); }},
      {"RisesUnderTheSpotter", 3, "rises while the load is taken off",
       [](Run& r) {
         over(r, 6000, 8000, state(State::kSpot));
         over(r, 6500, 6600, add(0.5));
       }},
      {"RisesAfterAFault", 3, "rises while the load is taken off",
       [](Run& r) {
         over(r, 6000, kEnd_ms, state(State::kFaultStop));
         over(r, 6100, 6200, add(0.5));
       }},
      {"RisesAtRest", 3, "rises above take-up at rest", [](Run& r) { over(r, 9000, 9100, add(0.1)); }},
      {"RunsInTooFast", 4, "runs in too fast", [](Run& r) { over(r, 5500, 5501, [](OracleSample& s) { s.plant[0].drum_mps = -1.3; }); }},
      {"RetractsTooFast", 4, "runs in too fast", [](Run& r) { over(r, 9000, 9001, [](OracleSample& s) { s.plant[0].drum_mps = -0.6; }); }},
      {"ATechniciansCableRunsInTooFast", 4, "runs in too fast",
       [](Run& r) {
         over(r, 9000, 9600, state(State::kService));
         over(r, 9590, 9591, [](OracleSample& s) { s.plant[0].drum_mps = -0.45; });
       }},
      {"ATechnicianPullsTooHard", 1, "above what the state allows",
       [](Run& r) {
         over(r, 9000, 9600, state(State::kService));
         over(r, 9100, 9600, command(60.0));
       }},
      {"ATechnicianBesideASession", 6, "while a session is open", [](Run& r) { over(r, 9000, 9600, state(State::kService)); }},
      {"ATechnicianInASet", 15, "follows another that it must not", [](Run& r) { over(r, 6000, 6100, state(State::kService)); }},
      {"RisesOnASilentLink", 5, "rises on a silent link",
       [](Run& r) {
         over(r, 6000, 6300, [](OracleSample& s) { s.link_silent = true; });
         over(r, 6200, 6300, motor(kLoad_n + 2.0));
       }},
      {"HoldsALoadOnASilentLink", 5, "long after the link fell silent",
       [](Run& r) { over(r, 6000, 6500, [](OracleSample& s) { s.link_silent = true; }); }},
      {"PullsUnderSafeTorqueOff", 5, "under safe torque off",
       [](Run& r) { over(r, 6000, 6100, [](OracleSample& s) { s.plant[0].sto = true; }); }},
      {"PullsAtAHandleLetGo", 5, "a handle that nobody holds",
       [](Run& r) { over(r, 6000, 6700, [](OracleSample& s) { s.plant[0].handle_free = true; }); }},
      {"ALoadOutsideTheLoadedStates", 6, "outside the loaded states",
       [](Run& r) {
         for (int ms = 2400; ms < 3000; ++ms) r[static_cast<std::size_t>(ms)].commands[0].tension_n = 30.0 + (ms - 2400) * 0.1;
       }},
      {"ALoadWithoutASession", 6, "a load without a session",
       [](Run& r) { over(r, 6000, 6600, [](OracleSample& s) { s.session_open = false; }); }},
      {"RisesOnADriveNotVerified", 7, "on a drive whose settings are not known",
       [](Run& r) { over(r, 3200, 3300, [](OracleSample& s) { s.verified = false; }); }},
      {"TheMotorPullsWhileOff", 7, "while the machine is off", [](Run& r) { over(r, 1200, 1201, motor(2.0)); }},
      {"AStopThatIsNotHeard", 10, "still on after a Stop", [](Run& r) { over(r, 6000, 6001, [](OracleSample& s) { s.stop = true; }); }},
      {"TheSetsLoadRisesInTheSet", 11, "the set's load rises",
       [](Run& r) { over(r, 6000, 11'500, [](OracleSample& s) { s.set_load_n = kLoad_n + 45.0; }); }},
      {"AStopWithoutEffect", 13, "400 ms after a Stop",
       [](Run& r) {
         r[8000].stop = true;
         over(r, 8000, 8500, motor(100.0));
       }},
      {"BornInALoadedState", 15, "follows another that it must not", [](Run& r) { r.erase(r.begin(), r.begin() + 4500); }},
      {"LoadWithoutReady", 15, "follows another that it must not", [](Run& r) { over(r, 2000, 3000, state(State::kIdle)); }},
      {"LoadWithoutEngage", 15, "follows another that it must not", [](Run& r) { over(r, 3000, 4000, state(State::kReady)); }},
      {"LoadOutOfAFault", 15, "follows another that it must not", [](Run& r) { over(r, 6000, 6100, state(State::kFaultStop)); }},
      {"BackUnderLoadAfterUnloading", 15, "follows another that it must not", [](Run& r) { over(r, 6000, 6100, state(State::kUnload)); }},
  };
  return kFaults;
}

TEST(Oracle, OfARunInOrderItSaysNothing) {
  for (const Violation& v : judge(good_set())) ADD_FAILURE() << "I" << v.invariant << " at " << v.time_ns / kMs_ns << " ms: " << v.text;
}

class PlantedFault : public ::testing::TestWithParam<Fault> {};

TEST_P(PlantedFault, IsNamed) {
  std::vector<OracleSample> run = good_set();
  GetParam().plant(run);
  std::string found;
  bool named = false;
  for (const Violation& v : judge(run)) {
    found += "I" + std::to_string(v.invariant) + ": " + v.text + "\n";
    named = named || (v.invariant == GetParam().invariant && v.text.find(GetParam().text) != std::string::npos);
  }
  EXPECT_TRUE(named) << "found only:\n" << found;
}

INSTANTIATE_TEST_SUITE_P(All, PlantedFault, ::testing::ValuesIn(faults()), [](const auto& param) { return param.param.name; });

TEST(Oracle, EveryInvariantOfATickHasAPlantedFault) {
  std::vector<int> planted;
  for (const Fault& fault : faults()) planted.push_back(fault.invariant);
  EXPECT_THAT(planted, ::testing::IsSupersetOf({1, 2, 3, 4, 5, 6, 7, 10, 11, 13, 15}));
}

TEST(Oracle, KeepsTheFirstOfAKindAndCountsAll) {
  std::vector<OracleSample> run = good_set();
  over(run, 5000, 5010, command(-1.0));
  Oracle oracle(kForceMax_n, kRetractCap_mps, 1e-3);
  for (const OracleSample& s : run) oracle.judge(s);
  ASSERT_EQ(oracle.violations().size(), 1u);
  EXPECT_EQ(oracle.violations()[0].time_ns, 5000 * kMs_ns);
  EXPECT_EQ(oracle.violation_count(), 10u);
}

}  // namespace
}  // namespace sheave::sim
