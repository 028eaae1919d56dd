#include "controller/session/plan_shelf.hpp"

#include <algorithm>
#include <utility>

#include "controller/safety/policy.hpp"

namespace sheave::session {

namespace {
// Per cable: taut and felt, and light enough to pull the whole range by a wrong guess.
constexpr double kCalibrationLoad_n = 30.0;
static_assert(kCalibrationLoad_n <= safety::kLight_n);
}  // namespace

plugin_host::ActivationContext set_context(const Machine& machine, double peak_force_n) {
  plugin_host::ActivationContext context;
  context.axis_count = machine.cable_count;
  context.period_ns = machine.period_ns;
  context.tension_max_n = peak_force_n;
  context.slew_max_nps = safety::limits(safety::MachineState::kActive).slew_up_nps;
  context.extension_max_m = machine.travel_m;
  return context;
}

LoadBound bound_of(const PlanParts& parts) {
  LoadBound bound{.factor = 1.0, .added_n = 0.0};
  for (const auto& link : parts.chain) bound = bound.then(link->bound());
  return bound;
}

PlanShelf::PlanShelf(const Machine& machine, double peak_force_n, PluginSource& plugins)
    : machine_(machine), peak_force_n_(peak_force_n), grid_(machine, peak_force_n), plugins_(plugins) {}

Result<control::SetPlan*> PlanShelf::make_set(const Program& program, const Upcoming& set, const std::vector<Rom>& rom,
                                              const EffortSigns& effort) {
  Result<PlanParts> parts = plugins_.make_parts(program, set_context(machine_, peak_force_n_));
  if (!parts) return parts.status();

  auto kept = std::make_unique<Kept>();
  kept->parts = *std::move(parts);
  control::SetPlan& plan = kept->plan;
  plan.exercise = kept->parts.exercise.get();
  for (const auto& link : kept->parts.chain) plan.chain[plan.chain_length++] = link.get();
  plan.load_per_axis_n = grid_.per_cable_n(set.load_kg);
  plan.bound = bound_of(kept->parts);
  for (std::size_t i = 0; i < rom.size() && i < plan.rom.size(); ++i) plan.rom[i] = rom[i];
  plan.min_rep_rom_m = program.min_rom_m;
  plan.rep_goal = set.reps > 0 ? set.reps : program.prescription.rep_top;
  if (set.kind == SetKind::kWorking) {  // a warm-up or a probe is no effort to end
    plan.last_reps = effort.last_reps;
    plan.lighten = {.rep_bottom = program.prescription.rep_bottom,
                    .speed_mps = effort.lighter_speed_mps,
                    .share_per_rep = effort.lighter_per_rep_share,
                    .step_n = grid_.per_cable_n(grid_.increment_kg()),
                    .least_n = grid_.per_cable_n(grid_.min_kg())};
    plan.speed_loss_end = program.prescription.speed_loss_end;
  }
  plan.hold_ns = from_seconds(program.test.hold_s);
  return keep(std::move(kept));
}

control::SetPlan* PlanShelf::make_calibration(const Program& program) {
  auto kept = std::make_unique<Kept>();
  kept->plan.load_per_axis_n = kCalibrationLoad_n;
  kept->plan.min_rep_rom_m = program.min_rom_m;
  return keep(std::move(kept));
}

control::SetPlan* PlanShelf::make_self_test() {
  auto kept = std::make_unique<Kept>();
  kept->plan.load_per_axis_n = safety::kLight_n;
  kept->plan.self_test = true;
  return keep(std::move(kept));
}

void PlanShelf::set_drag(const std::vector<CableDrag>& drag) {
  drag_ = {};
  std::copy_n(drag.begin(), std::min(drag.size(), drag_.size()), drag_.begin());
}

control::SetPlan* PlanShelf::keep(std::unique_ptr<Kept> kept) {
  control::SetPlan* plan = &kept->plan;
  plan->id = ++last_id_;
  plan->drag = drag_;
  plan->axis_mask = (1U << machine_.cable_count) - 1U;
  plans_.emplace(plan->id, std::move(kept));
  return plan;
}

void PlanShelf::release(std::uint64_t plan_id) { plans_.erase(plan_id); }

}  // namespace sheave::session
