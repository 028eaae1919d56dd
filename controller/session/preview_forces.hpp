#pragma once
// The forces of a preview: the program's load chain in its slots, ticked over a drawn movement, and the envelope behind it.

#include "controller/session/preview.hpp"

namespace sheave::session {

/// As the prescription wants it; where its tempo is free, as people pull. At most a minute of it is drawn, and no less than one rep.
PreviewMovement movement_of(const Prescription& prescription);

/// Fills `links`, `felt` and `felt_last` of `preview`, whose load and movement stand. Reasons as PluginSource::make_parts(), and
/// PLUGIN_FAILED where a link fails on the way.
Status draw_forces(const Program& program, const PreviewSettings& settings, PluginSource& plugins, Preview& preview);

}  // namespace sheave::session
