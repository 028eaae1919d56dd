#pragma once
// Makes plans for the control thread and keeps each until that thread has given it back.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/load_bound.hpp"
#include "controller/core/machine.hpp"
#include "controller/core/motion.hpp"
#include "controller/session/loads.hpp"
#include "controller/session/plugin_source.hpp"
#include "controller/session/upcoming.hpp"

namespace sheave::session {

/// What a set's plugins are told of the machine. @param peak_force_n per cable, as the drive said.
plugin_host::ActivationContext set_context(const Machine& machine, double peak_force_n);

/// What a chain of these may make of the base load.
LoadBound bound_of(const PlanParts& parts);

/// What the person's own sets say of the end of the next one; control::SetPlan.
struct EffortSigns {
  control::LastReps last_reps;
  double lighter_speed_mps = 0.0, lighter_per_rep_share = 0.0;  ///< 0: the load stays.
};

/// All [main]. Destroying the shelf destroys its plans: only once the control loop has ended.
class PlanShelf {
 public:
  PlanShelf(const Machine& machine, double peak_force_n, PluginSource& plugins);

  /// Activates the program's plugins. One-sided work loads both cables of two alike: a cable never carries more than its share.
  /// Reasons as plugin_host::Registry::create(). @param effort of a working set.
  Result<control::SetPlan*> make_set(const Program& program, const Upcoming& set, const std::vector<Rom>& rom,
                                     const EffortSigns& effort = {});
  /// As PluginSource's.
  Result<std::uint32_t> live_param(const std::string& profile, const std::string& parameter, double value) const {
    return plugins_.live_param(profile, parameter, value);
  }
  control::SetPlan* make_calibration(const Program& program);
  control::SetPlan* make_self_test();
  /// Of every plan from now on, per cable; fewer than cables: those are not measured.
  void set_drag(const std::vector<CableDrag>& drag);
  /// On EventKind::kPlanReleased. Unknown ids are ignored.
  void release(std::uint64_t plan_id);
  std::size_t size() const noexcept { return plans_.size(); }

 private:
  struct Kept {
    control::SetPlan plan;
    PlanParts parts;
  };
  control::SetPlan* keep(std::unique_ptr<Kept> kept);

  const Machine& machine_;
  double peak_force_n_;
  LoadGrid grid_;
  PluginSource& plugins_;
  std::map<std::uint64_t, std::unique_ptr<Kept>> plans_;
  std::array<CableDrag, kMaxAxes> drag_{};
  std::uint64_t last_id_ = 0;
};

}  // namespace sheave::session
