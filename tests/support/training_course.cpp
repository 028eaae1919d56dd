#include "tests/support/training_course.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "controller/control/effort_watch.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/session/make_manager.hpp"
#include "controller/session/memory_journal.hpp"
#include "controller/session/strength_model.hpp"
#include "tests/support/fake_control.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {

namespace {

using control::SetEndReason;
using safety::MachineState;
using session::SetKind;

constexpr std::int64_t kTick_ns = kNsPerS / 4;
constexpr double kRep_s = 3.5;
constexpr std::int64_t kBetweenVisits_ns = 84 * 3600 * kNsPerS;  // twice a week
constexpr int kMostTicks = 4 * 7200;
constexpr double kStart_m = 0.2;
constexpr int kToFailure = 100;

plugin_host::Registry& registry() {
  static plugin_host::Registry& shipped = *[] {
    auto* made = new plugin_host::Registry;  // outlives the tests; the plugins' code stays loaded
    made->scan({SHEAVE_PLUGIN_DIR});
    return made;
  }();
  return shipped;
}

class CourseClock final : public session::WallClock {
 public:
  session::WallTime now() const override { return {1'700'000'000'000'000'000 + now_ns, true}; }
  std::int64_t now_ns = 0;
};

class Runner {
 public:
  Runner(const session::Program& program, const TraineeSpec& spec, std::uint64_t seed)
      : program_(program), spec_(spec), person_(spec, seed), plugins_(registry(), kNsPerMs), control_(port_) {
    session::Catalog catalog;
    catalog.programs = {program};
    manager_ = session::make_manager(
        {machine_, 900.0, port_, plugins_, journal_, clock_, worker_, catalog, [this] { return "visit-" + std::to_string(++last_id_); }});
    control_.power_on();
    manager_->start(now_ns_);
    tick();
  }

  Course run(std::uint32_t visits) {
    for (visit_ = 1; visit_ <= visits && course_.broken == nullptr; ++visit_) visit();
    return course_;
  }

 private:
  void tick() {
    now_ns_ += kTick_ns;
    clock_.now_ns = now_ns_;
    control_.step(now_ns_);
    manager_->tick(now_ns_);
  }
  void wait(double duration_s) {
    for (double t = 0.0; t < duration_s; t += seconds(kTick_ns)) tick();
  }

  void visit() {
    person_.come();
    place_ = 0;
    rested_since_ns_ = now_ns_;
    session::CreateSession create;
    create.program_id = program_.id;
    create.member_id = "member";
    session_id_.clear();
    manager_->create(create, [this](const Result<session::SessionRecord>& made) {
      if (made) session_id_ = made->id;
    });
    if (session_id_.empty()) return fail("no session was made");
    manager_->activate(session_id_, [](const Result<session::SessionRecord>&) {});
    for (int ticks = 0; manager_->snapshot().stage != session::Stage::kFinished; ++ticks) {
      if (ticks > kMostTicks) return fail("a visit did not end");
      tick();
      accept();
      if (control_.state() == MachineState::kCalibrate) calibrate();
      if (control_.state() == MachineState::kReady) set();
    }
    look_back();
    now_ns_ += kBetweenVisits_ns;
    tick();
  }

  /// People tap what is proposed.
  void accept() {
    const auto& proposal = manager_->snapshot().proposal;
    if (proposal && !proposal->accepted && !proposal->stop) manager_->accept_proposal(session_id_, "", std::nullopt);
  }

  void fail(const char* why) { course_.broken = why; }

  void calibrate() {
    for (int i = 0; i < 3 && control_.state() == MachineState::kCalibrate; ++i) {
      wait(2.0);
      control_.pull(kStart_m, kStart_m + spec_.rom_m);
      wait(0.5);
    }
  }

  void set() {
    const SetKind kind = manager_->snapshot().set_kind;
    const auto proposal = manager_->snapshot().proposal;
    const auto goal = static_cast<int>(control_.plan()->rep_goal);
    double load_kg = kg_from_newton(control_.plan()->load_per_axis_n);
    wait(1.0);
    control_.engage();
    person_.rest(seconds(now_ns_ - rested_since_ns_));
    control::EffortWatch effort;
    effort.reset(control_.plan()->last_reps, control_.plan()->speed_loss_end, control_.plan()->lighten);
    CourseSet done{.visit = visit_,
                   .load_kg = load_kg,
                   .goal = goal,
                   .one_rm_kg = person_.one_rm_kg(),
                   .form = person_.form(),
                   .once_kg = person_.once_kg()};
    if (proposal) done.why = proposal->reason;
    while (done.reps < std::min(goal, kToFailure) && !done.on_cue) {
      wait(kRep_s);
      const auto speed_mps = person_.pull(load_kg);
      if (!speed_mps) {
        done.failed = true;
        break;
      }
      control_.pull(kStart_m, kStart_m + spec_.rom_m, RepVerdict::kCounted, *speed_mps);
      Rep rep;
      rep.index = static_cast<std::uint32_t>(++done.reps);
      rep.mean_speed_mps = *speed_mps;
      const auto seen = effort.take(rep);
      done.on_cue = seen.few_left || seen.speed_lost;
      if (!(seen.lighter_share > 0.0)) continue;
      const double lighter_n = control::lightened_n(control_.plan()->lighten, newton_from_kg(load_kg), seen.lighter_share);
      load_kg = kg_from_newton(lighter_n);
      control_.lower(lighter_n);
      ++done.lightened;
      done.lightened_kg = load_kg;
    }
    done.left = done.failed ? 0 : person_.reps_left(load_kg);
    wait(0.5);
    control_.end(done.failed ? SetEndReason::kFailed : SetEndReason::kRacked);
    rested_since_ns_ = now_ns_;
    wait(5.0);
    answer(kind, done);
  }

  void answer(SetKind kind, CourseSet& done) {
    const auto sets = journal_.sets_of(session_id_);
    if (kind == SetKind::kWarmUp || sets.empty()) return;
    const auto said = person_.answer(done.left);
    if (kind == SetKind::kWorking) {
      done.place = ++place_;
      done.left_by_speed = read_reserve();
      course_.sets.push_back(done);
    }
    if (manager_->snapshot().stage == session::Stage::kFinished) return;
    if (said) manager_->report_effort(session_id_, sets.back().index, *said);
  }

  session::StrengthModel model(const std::vector<session::SetRecord>& present) {
    std::vector<session::SetRecord> earlier;
    journal_.history("member", program_.id, 60, [&](const Result<std::vector<session::SetRecord>>& sets) { earlier = *sets; });
    std::erase_if(earlier, [this](const session::SetRecord& set) { return set.session_id == session_id_; });
    return session::strength_model(session::past_sets(earlier, present, clock_.now()));
  }

  /// By what was known before this set was answered.
  double read_reserve() {
    const auto present = journal_.sets_of(session_id_);
    return session::reps_left(model(present), session::read_set(present.back(), 0, clock_.now())).value;
  }

  void look_back() {
    const session::Estimate once = model(journal_.sets_of(session_id_)).one_rm_kg;
    for (CourseSet& set : course_.sets) {
      if (set.visit != visit_) continue;
      set.one_rm_estimate_kg = once.value, set.one_rm_low_kg = once.low, set.one_rm_high_kg = once.high;
    }
  }

  session::Program program_;
  TraineeSpec spec_;
  Trainee person_;
  Machine machine_;
  control::Port port_;
  session::RegistryPlugins plugins_;
  session::MemoryJournal journal_;
  session::InlineWorker worker_;
  CourseClock clock_;
  FakeControl control_;
  std::unique_ptr<session::DrivenManager> manager_;
  Course course_;
  std::string session_id_;
  std::int64_t now_ns_ = 1'000 * kNsPerS, rested_since_ns_ = 0;
  std::uint32_t visit_ = 0, place_ = 0;
  int last_id_ = 0;
};

}  // namespace

Course run_course(const session::Program& program, const TraineeSpec& spec, std::uint64_t seed, std::uint32_t visits) {
  return Runner(program, spec, seed).run(visits);
}

}  // namespace sheave::test
