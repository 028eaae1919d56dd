// What it costs that a load profile is a plugin: the constant load through the ABI, against the same work behind a plain function.

#include <array>
#include <cstdio>
#include <vector>

#include "controller/core/units.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/rt/clock.hpp"
#include "plugins/abi/sheave/ext/load_profile.h"
#include "tests/benchmarks/figure.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace sheave;  // NOLINT: a program of one file

constexpr int kBlocks = 400, kCallsPerBlock = 20'000;
constexpr double kGoal_ns = 2.0;

/// What constant.cpp does, with the SDK's checks, and no boundary around it.
[[gnu::noinline]] sheave_tick_status_t direct(const sheave_plugin_t*, const sheave_load_in_t* in, sheave_load_out_t* out) {
  if (in->struct_size < sizeof *in || out->struct_size < sizeof *out) return SHEAVE_TICK_ERROR;
  bool finite = true;
  for (std::uint32_t i = 0; i < out->axis_count; ++i) {
    out->tension_n[i] = in->previous_tension_n[i];
    finite = finite && out->tension_n[i] - out->tension_n[i] == 0.0;
  }
  return finite ? SHEAVE_TICK_RUN : SHEAVE_TICK_ERROR;
}

template <typename Call>
double block_ns(rt::MonotonicClock& clock, Call call) {
  const std::int64_t begin_ns = clock.now_ns();
  for (int i = 0; i < kCallsPerBlock; ++i) call();
  return static_cast<double>(clock.now_ns() - begin_ns) / kCallsPerBlock;
}

}  // namespace

int main() {
  plugin_host::Registry registry;
  registry.scan({SHEAVE_BINARY_DIR "/plugins"});
  auto made = registry.create("constant", SHEAVE_EXT_LOAD_PROFILE, {}, {2, kNsPerMs, 1'000.0, 2'000.0, 2.5});
  if (!made) {
    std::fprintf(stderr, "abi_call: %s\n", made.status().message.c_str());
    return 1;
  }
  const sheave_plugin_t* plugin = (*made)->raw();
  const auto* profile = static_cast<const sheave_load_profile_t*>(plugin->get_extension(plugin, SHEAVE_EXT_LOAD_PROFILE));

  std::array<sheave_axis_state_t, 2> axes{};
  const std::array<double, 2> load_n{300.0, 300.0}, share{0.5, 0.5};
  const std::array<std::uint32_t, 2> phase{};
  std::array<double, 2> tension_n{}, own_mass{};
  const sheave_load_in_t in{
      sizeof(sheave_load_in_t), 2, {}, axes.data(), load_n.data(), load_n.data(), share.data(), phase.data(), nullptr};
  sheave_load_out_t out{sizeof(sheave_load_out_t), 2, tension_n.data(), own_mass.data()};

  rt::MonotonicClock clock;
  std::vector<double> over_ns;
  for (int block = 0; block < kBlocks; ++block) {  // by turns, so that both see the same machine
    const double direct_ns = block_ns(clock, [&] { (void)direct(plugin, &in, &out); });
    const double abi_ns = block_ns(clock, [&] { (void)profile->tick(plugin, &in, &out); });
    over_ns.push_back(abi_ns - direct_ns);
  }
  bench::print_figure("abi_call_over_direct", bench::percentile(over_ns, 0.5), "ns", kGoal_ns,
                      "the constant load, two cables, behind a plain function");
  return 0;
}
