#pragma once
// Decides what an operator is told of: faults of the machine, out of order, maintenance that is due, a machine that nobody uses.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "controller/session/maintenance.hpp"
#include "controller/session/manager.hpp"
#include "controller/session/upkeep.hpp"
#include "controller/session/wall_clock.hpp"

namespace sheave::app {

// The messages. Pure; each key names the occasion, so that none is told twice, not even after a restart.
session::Alert fault_alert(const std::string& machine, FaultCode code, const session::WallTime& at);
session::Alert order_alert(const std::string& machine, const session::OutOfOrder& order);
session::Alert maintenance_alert(const std::string& machine, const session::MaintenanceInterval& interval,
                                 const session::MaintenanceState& state, const session::WallTime& at);
session::Alert idle_alert(const std::string& machine, double idle_open_s, std::int64_t last_use_unix_s, const session::WallTime& at);
session::Alert test_alert(const std::string& machine, const session::WallTime& at);

/// All [main].
class AlertWatch final : public session::Observer {
 public:
  struct Deps {
    session::Manager& manager;
    session::Upkeep& upkeep;
    const session::WallClock& wall_clock;
    std::string machine_name;
    std::vector<session::MaintenanceInterval> maintenance;
    std::function<void(session::Alert)> raise;
  };
  explicit AlertWatch(Deps deps);
  ~AlertWatch() override;
  AlertWatch(const AlertWatch&) = delete;
  AlertWatch& operator=(const AlertWatch&) = delete;

  void use(const session::Settings& settings);
  /// Looks at what comes with time: maintenance and idleness.
  void check();

  void on_update(const session::Update& update) override;
  void on_frames(const control::Frame*, std::size_t) override {}

 private:
  void check_maintenance();
  void check_idle();
  void raise_once(session::Alert alert);

  Deps deps_;
  session::Settings settings_;
  bool known_ = false;  // settings came
  std::optional<session::OutOfOrder> order_;
  std::set<std::string> told_;                             // keys of what comes with time, so that it is not looked up again and again
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // late answers find nobody once this is gone
};

}  // namespace sheave::app
