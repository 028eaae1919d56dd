#pragma once
// How a Manager is made and driven. It holds no thread and no timer: whoever owns time calls tick() and on_events().

#include <cstdint>
#include <memory>

#include "controller/core/machine.hpp"
#include "controller/session/ids.hpp"
#include "controller/session/manager.hpp"
#include "controller/session/plugin_source.hpp"
#include "controller/session/wall_clock.hpp"
#include "controller/session/worker.hpp"

namespace sheave::session {

/// Everything by reference must outlive the manager; the control loop must have ended before the manager is destroyed,
/// for plans it still holds are the manager's.
struct Deps {
  const Machine& machine;
  double peak_force_n;  ///< Per cable, as the drive said.
  control::Port& port;
  PluginSource& plugins;
  Journal& journal;
  WallClock& wall_clock;
  Worker& worker;
  Catalog catalog;
  MakeId make_id = random_uuid;
};

/// All [main]. `now_ns` is host monotonic time and never goes back.
class DrivenManager : public Manager {
 public:
  /// Once, before the first tick(): closes what an earlier run of the controller left open.
  virtual void start(std::int64_t now_ns) = 0;
  /// At 50 to 100 Hz: heartbeat, events, frames, timers, one snapshot where something changed.
  virtual void tick(std::int64_t now_ns) = 0;
  /// When the control thread's eventfd was written: events only, so that a rep is committed at once.
  virtual void on_events(std::int64_t now_ns) = 0;
};

std::unique_ptr<DrivenManager> make_manager(Deps deps);

}  // namespace sheave::session
