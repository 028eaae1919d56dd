#include "controller/session/preview.hpp"

#include <utility>

#include "controller/session/preview_forces.hpp"
#include "controller/session/preview_loads.hpp"

namespace sheave::session {

Result<Preview> make_preview(const Program& program, const PreviewSettings& settings, PluginSource& plugins) {
  if (Status status = plugins.check(program, settings.machine.period_ns); !status.ok()) return status;
  const LoadGrid grid(settings.machine, settings.peak_force_n);
  Preview preview;
  preview.load_kg = grid.at_most(program.start_load_kg);
  if (settings.load_kg) {
    const Result<double> load = grid.check(*settings.load_kg);
    if (!load) return load.status();
    preview.load_kg = *load;
  }
  preview.movement = movement_of(program.prescription);
  if (Status status = draw_forces(program, settings, plugins, preview); !status.ok()) return status;
  const std::optional<double> first_kg = settings.load_kg ? std::optional(preview.load_kg) : std::nullopt;
  for (const auto& [supposed, sets] : {std::pair{Supposed::kTop, &preview.highest}, std::pair{Supposed::kBelow, &preview.lowest}}) {
    Result<std::vector<PreviewSet>> visits = suppose(program, grid, plugins, preview.movement, supposed, first_kg);
    if (!visits) return visits.status();
    *sets = *std::move(visits);
  }
  return preview;
}

}  // namespace sheave::session
