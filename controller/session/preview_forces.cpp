#include "controller/session/preview_forces.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/control/port.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/safety/policy.hpp"
#include "controller/session/loads.hpp"
#include "controller/session/plan_shelf.hpp"

namespace sheave::session {

namespace {

using safety::MachineState;

// The simulated athlete's range, a row of somebody of middle height; forces that follow metres or speed scale with it.
constexpr double kRange_m = 0.5, kStart_m = 0.15;
constexpr double kFreeConcentric_s = 1.0, kFreeEccentric_s = 2.0;  // as people lift who are told nothing
constexpr double kFreeReps = 8.0;
constexpr double kRest_s = 0.3;       // at the low point before each rep
constexpr double kLonger_s = 60.0;    // of movement; more says nothing new and costs the main thread's time
constexpr double kMoving_mps = 0.03;  // a phase's own threshold in the detector
/// A set that ends a rep or two short of failure has lost some 30 % of its speed (Sanchez-Medina and Gonzalez-Badillo 2011).
constexpr double kLastRepSlower = 0.3;

/// Minimum jerk from 0 to 1 (Flash and Hogan 1985): place and speed at a share of the time.
double jerkless(double t) { return t * t * t * (10.0 + t * (6.0 * t - 15.0)); }
double jerkless_speed(double t) { return 30.0 * t * t * (1.0 - t) * (1.0 - t); }

struct Instant {
  double share = 0.0, speed_mps = 0.0;
  Phase phase = Phase::kRest;
};

/// One rep in time: rest, pull, hold, return.
class OneRep {
 public:
  OneRep(const PreviewMovement& m, double slower)
      : rom_m_(m.rom_m), pull_s_(m.concentric_s / (1.0 - slower)), hold_s_(m.hold_s), return_s_(m.eccentric_s) {}
  double length_s() const { return kRest_s + pull_s_ + hold_s_ + return_s_; }

  Instant at(double t_s) const {
    t_s -= kRest_s;
    if (t_s < 0.0) return {};
    if (t_s < pull_s_) return moving(t_s / pull_s_, pull_s_, Phase::kConcentric);
    t_s -= pull_s_;
    if (t_s < hold_s_) return {1.0, 0.0, Phase::kPeak};
    Instant back = moving(std::min(1.0, (t_s - hold_s_) / return_s_), return_s_, Phase::kEccentric);
    back.share = 1.0 - back.share;
    back.speed_mps = -back.speed_mps;
    return back;
  }
  /// Has the return begun?
  bool returning(double t_s) const { return t_s >= kRest_s + pull_s_ + hold_s_; }
  bool pulling(double t_s) const { return t_s >= kRest_s && !returning(t_s); }

 private:
  Instant moving(double share_of_time, double duration_s, Phase phase) const {
    const double speed_mps = rom_m_ / duration_s * jerkless_speed(share_of_time);
    return {jerkless(share_of_time), speed_mps, speed_mps > kMoving_mps ? phase : Phase::kRest};
  }

  double rom_m_, pull_s_, hold_s_, return_s_;
};

/// Takes one curve down as the movement passes its places.
class Tracer {
 public:
  explicit Tracer(ForceCurve& curve) : curve_(curve) {}

  void see(double share, bool pulling, double force_n) {
    if (pulling) {
      while (out_ < kPreviewPlaces && share >= place(out_)) curve_.pull_n[out_++] = force_n;
    } else {
      while (out_ < kPreviewPlaces) curve_.pull_n[out_++] = force_n;  // the last tick of the pull came just short of its end
      while (back_ > 0 && share <= place(back_ - 1)) curve_.return_n[--back_] = force_n;
    }
  }
  /// As the pull, so the return.
  void finish(double force_n) {
    while (back_ > 0) curve_.return_n[--back_] = force_n;
  }

 private:
  static double place(std::size_t i) { return static_cast<double>(i) / (kPreviewPlaces - 1); }
  ForceCurve& curve_;
  std::size_t out_ = 0, back_ = kPreviewPlaces;
};

/// The chain, ticked; all cables move alike.
class Bench {
 public:
  Bench(const PreviewSettings& settings, double base_n, const PlanParts& parts)
      : settings_(settings),
        axes_(settings.machine.cable_count),
        base_n_(base_n),
        parts_(parts),
        most_n_(bound_of(parts).most_n(base_n) + safety::kSetMargin_n),
        tension_n_(parts.chain.size()),
        felt_n_(base_n) {}  // the set has begun: the load is on

  ~Bench() {
    while (started_ > 0) parts_.chain[--started_]->stop();
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  Status start() {
    for (; started_ < parts_.chain.size(); ++started_) {
      if (!parts_.chain[started_]->start()) return failed(parts_.chain[started_]->instance().id(), "does not start");
    }
    return {};
  }

  Status tick(const Instant& now) {
    std::array<sheave_axis_state_t, kMaxAxes> axes{};
    std::array<double, kMaxAxes> base_n{}, previous_n{}, share{};
    std::array<std::uint32_t, kMaxAxes> phase{};
    const double extension_m = kStart_m + now.share * kRange_m;
    axes.fill({extension_m, now.speed_mps, felt_n_, 0, SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE, 0});
    base_n.fill(base_n_);
    share.fill(now.share);
    phase.fill(static_cast<std::uint32_t>(now.phase));
    previous_n = base_n;
    const std::int64_t period_ns = settings_.machine.period_ns;
    const sheave_tick_time_t time{index_, static_cast<std::int64_t>(index_) * period_ns, index_ == 0 ? 0 : period_ns, period_ns};
    ++index_;
    for (std::size_t i = 0; i < parts_.chain.size(); ++i) {
      const sheave_load_in_t in{
          0, static_cast<std::uint32_t>(axes_), time, axes.data(), base_n.data(), previous_n.data(), share.data(), phase.data(), nullptr};
      std::array<double, kMaxAxes> out_n{};
      if (parts_.chain[i]->tick(in, std::span(out_n).first(axes_)) != plugin_host::CallResult::kOk) {
        return failed(parts_.chain[i]->instance().id(), "fails in the movement");
      }
      tension_n_[i] = out_n[0];
      previous_n = out_n;
    }
    felt_n_ = envelope(now, extension_m);
    return {};
  }

  double link_n(std::size_t i) const { return tension_n_[i] * static_cast<double>(axes_); }
  double felt_n() const { return felt_n_ * static_cast<double>(axes_); }

 private:
  static Status failed(const char* id, const char* what) {
    return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_FAILED",
                         "the plugin \"" + std::string(id) + "\" " + what + "; run sheave-plugin-check on it");
  }

  double envelope(const Instant& now, double extension_m) const {
    const safety::StateLimits& state = safety::limits(MachineState::kActive);
    safety::EnvelopeInput in;
    in.request_n = tension_n_.empty() ? base_n_ : tension_n_.back();
    in.last_n = felt_n_;
    in.cap_n = state.force_cap_n;
    in.set_most_n = most_n_;
    in.slew_up_nps = state.slew_up_nps;
    in.slew_down_nps = state.slew_down_nps;
    in.retract_limit_mps = state.retract_limit_mps;
    in.drive_enabled = true;
    in.motion_valid = true;
    in.extension_m = extension_m;
    in.velocity_mps = now.speed_mps;
    in.dt_ns = settings_.machine.period_ns;
    return safety::apply_envelope(settings_.envelope, in).tension_n;
  }

  const PreviewSettings& settings_;
  std::size_t axes_;
  double base_n_;
  const PlanParts& parts_;
  double most_n_;                  // that the set may put on a cable
  std::vector<double> tension_n_;  // after each link, per cable
  double felt_n_;
  std::size_t started_ = 0;
  std::uint64_t index_ = 0;
};

}  // namespace

PreviewMovement movement_of(const Prescription& prescription) {
  PreviewMovement m;
  m.rom_m = kRange_m;
  m.concentric_s = prescription.tempo_concentric_s > 0.0 ? prescription.tempo_concentric_s : kFreeConcentric_s;
  m.hold_s = prescription.tempo_hold_s;
  m.eccentric_s = prescription.tempo_eccentric_s > 0.0 ? prescription.tempo_eccentric_s : kFreeEccentric_s;
  m.last_rep_slower = kLastRepSlower;
  const double reps = prescription.open() ? kFreeReps : prescription.rep_top;
  m.reps = static_cast<std::uint32_t>(std::clamp(reps, 1.0, std::max(1.0, std::floor(kLonger_s / OneRep(m, 0.0).length_s()))));
  return m;
}

Status draw_forces(const Program& program, const PreviewSettings& settings, PluginSource& plugins, Preview& preview) {
  const Machine& machine = settings.machine;
  const Result<PlanParts> parts = plugins.make_parts(program, set_context(machine, settings.peak_force_n));
  if (!parts) return parts.status();

  Bench bench(settings, LoadGrid(machine, settings.peak_force_n).per_cable_n(preview.load_kg), *parts);
  if (Status status = bench.start(); !status.ok()) return status;
  preview.links.resize(parts->chain.size());
  const PreviewMovement& movement = preview.movement;
  for (std::uint32_t rep = 0; rep < movement.reps; ++rep) {
    const double slower = movement.reps > 1 ? movement.last_rep_slower * rep / (movement.reps - 1.0) : 0.0;
    const OneRep course(movement, slower);
    std::vector<Tracer> links(preview.links.begin(), preview.links.end());
    Tracer felt(rep == 0 ? preview.felt : preview.felt_last);
    for (std::int64_t t_ns = 0; seconds(t_ns) < course.length_s(); t_ns += machine.period_ns) {
      const double t_s = seconds(t_ns);
      const Instant now = course.at(t_s);
      if (Status status = bench.tick(now); !status.ok()) return status;
      if (!course.pulling(t_s) && !course.returning(t_s)) continue;
      for (std::size_t i = 0; rep == 0 && i < links.size(); ++i) links[i].see(now.share, course.pulling(t_s), bench.link_n(i));
      felt.see(now.share, course.pulling(t_s), bench.felt_n());
    }
    for (std::size_t i = 0; rep == 0 && i < links.size(); ++i) links[i].finish(bench.link_n(i));
    felt.finish(bench.felt_n());
  }
  if (movement.reps == 1) preview.felt_last = preview.felt;
  return {};
}

}  // namespace sheave::session
