#include "controller/plugin_host/slots.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/plugin_host/instance.hpp"

namespace sheave::plugin_host {
namespace {

template <typename T>
const T* extension(const Instance& instance, const char* id) {
  return static_cast<const T*>(instance.raw()->get_extension(instance.raw(), id));
}

using AxisValues = std::array<double, SHEAVE_MAX_AXES>;

bool all_finite(std::span<const double> values) noexcept {
  bool finite = true;
  for (const double value : values) finite &= std::isfinite(value);
  return finite;
}

/// The events of one tick, all of one kind, as the ABI's queue.
template <typename E>
sheave_event_in_t as_queue(const std::span<const E>& events) noexcept {
  return {const_cast<std::span<const E>*>(&events),
          [](const sheave_event_in_t* q) { return static_cast<std::uint32_t>(static_cast<const std::span<const E>*>(q->ctx)->size()); },
          [](const sheave_event_in_t* q, std::uint32_t i) -> const sheave_event_header_t* {
            const auto& all = *static_cast<const std::span<const E>*>(q->ctx);
            return i < all.size() ? &all[i].h : nullptr;
          }};
}

}  // namespace

/// Takes what an exercise pushes during one tick, and remembers whether all of it made sense.
struct ExerciseSlot::Collector {
  ExerciseSlot& slot;
  ExerciseOutcome& outcome;
  CallResult result = CallResult::kOk;

  static bool try_push(const sheave_event_out_t* q, const sheave_event_header_t* e) noexcept {
    return static_cast<Collector*>(q->ctx)->take(*e);
  }

  bool take(const sheave_event_header_t& e) noexcept {
    if (e.space != 0) return true;  // not ours: ignored, so that a newer plugin runs on this host
    switch (e.type) {
      case SHEAVE_EVENT_REP_VERDICT:
        return e.size >= sizeof(sheave_rep_verdict_t) ? take_verdict(reinterpret_cast<const sheave_rep_verdict_t&>(e)) : refuse();
      case SHEAVE_EVENT_CUE:
        if (e.size < sizeof(sheave_event_cue_t)) return refuse();
        outcome.cue = reinterpret_cast<const sheave_event_cue_t&>(e).cue;
        return true;
      case SHEAVE_EVENT_SET_END:
        outcome.end_set = true;
        return true;
      default:
        return true;
    }
  }

  bool take_verdict(const sheave_rep_verdict_t& v) noexcept {
    const bool known = v.verdict >= SHEAVE_VERDICT_COUNTED && v.verdict <= SHEAVE_VERDICT_REJECTED;
    if (!known || outcome.verdict_count == kMaxTickEvents || !slot.close(v.candidate)) return refuse();
    if (!std::isfinite(v.hold_s)) result = CallResult::kNotFinite;
    outcome.verdicts[outcome.verdict_count++] = v;
    return true;
  }

  bool refuse() noexcept {
    result = CallResult::kError;
    return false;
  }
};

ExerciseSlot::ExerciseSlot(std::unique_ptr<Instance> instance)
    : instance_(std::move(instance)), exercise_(extension<sheave_exercise_t>(*instance_, SHEAVE_EXT_EXERCISE)) {}
ExerciseSlot::~ExerciseSlot() = default;

bool ExerciseSlot::start() noexcept {
  open_count_ = 0;
  return exercise_ != nullptr && instance_->raw()->start(instance_->raw());
}

void ExerciseSlot::stop() noexcept { instance_->raw()->stop(instance_->raw()); }

bool ExerciseSlot::open(std::span<const sheave_rep_candidate_t> candidates) noexcept {
  if (candidates.size() > open_.size() - open_count_) return false;
  for (const sheave_rep_candidate_t& c : candidates) open_[open_count_++] = c.candidate;
  return true;
}

bool ExerciseSlot::close(std::uint32_t candidate) noexcept {
  const auto end = open_.begin() + open_count_;
  const auto it = std::find(open_.begin(), end, candidate);
  if (it == end) return false;
  *it = open_[--open_count_];
  return true;
}

CallResult ExerciseSlot::tick(const sheave_exercise_in_t& in, std::span<const sheave_rep_candidate_t> candidates,
                              std::span<double> base_load_n, ExerciseOutcome& outcome) noexcept {
  outcome.verdict_count = 0;
  outcome.cue = SHEAVE_CUE_NONE;
  outcome.end_set = false;
  const std::size_t axes = base_load_n.size();
  if (exercise_ == nullptr || axes > SHEAVE_MAX_AXES || axes != in.axis_count || !open(candidates)) return CallResult::kError;

  const sheave_event_in_t events_in = as_queue(candidates);
  sheave_exercise_in_t plugin_in = in;
  plugin_in.struct_size = sizeof plugin_in;
  plugin_in.events = &events_in;

  Collector collector{*this, outcome};
  const sheave_event_out_t events_out{&collector, &Collector::try_push};
  AxisValues base{};
  for (std::size_t i = 0; i < axes; ++i) base[i] = base_load_n[i];
  sheave_exercise_out_t out{sizeof out, in.axis_count, base.data(), &events_out};

  const sheave_tick_status_t status = exercise_->tick(instance_->raw(), &plugin_in, &out);
  CallResult result = status == SHEAVE_TICK_RUN ? collector.result : CallResult::kError;
  if (result == CallResult::kOk && !all_finite(std::span(base).first(axes))) result = CallResult::kNotFinite;
  if (result != CallResult::kOk) {
    outcome.verdict_count = 0;
    outcome.cue = SHEAVE_CUE_NONE;
    outcome.end_set = false;
    return result;
  }
  for (std::size_t i = 0; i < axes; ++i) base_load_n[i] = std::clamp(base[i], 0.0, std::max(0.0, base_load_n[i]));
  return CallResult::kOk;
}

LoadSlot::LoadSlot(std::unique_ptr<Instance> instance)
    : instance_(std::move(instance)), profile_(extension<sheave_load_profile_t>(*instance_, SHEAVE_EXT_LOAD_PROFILE)) {}
LoadSlot::~LoadSlot() = default;

bool LoadSlot::start() noexcept { return profile_ != nullptr && instance_->raw()->start(instance_->raw()); }

void LoadSlot::stop() noexcept { instance_->raw()->stop(instance_->raw()); }

bool LoadSlot::set_param(std::uint32_t id, double value) noexcept {
  if (change_count_ == changes_.size()) return false;
  changes_[change_count_++] = {{sizeof(sheave_event_param_t), 0, SHEAVE_EVENT_PARAM}, id, 0, value};
  return true;
}

LoadBound LoadSlot::bound() const {
  static_assert(LoadBound{}.factor == SHEAVE_LOAD_FACTOR_UNDECLARED);
  const auto* bounded = extension<sheave_load_bounded_t>(*instance_, SHEAVE_EXT_LOAD_BOUND);
  sheave_load_bound_t said{sizeof said, 0, -1.0, -1.0};
  const bool offers_anything = extension<void>(*instance_, "") != nullptr;  // then it is not this that it offers
  if (offers_anything || bounded == nullptr || bounded->bound == nullptr || !bounded->bound(instance_->raw(), &said)) return {};
  const bool sound = std::isfinite(said.factor) && std::isfinite(said.added_n) && said.factor >= 0.0 && said.added_n >= 0.0;
  return sound ? LoadBound{said.factor, said.added_n} : LoadBound{};
}

CallResult LoadSlot::tick(const sheave_load_in_t& in, std::span<double> tension_n, std::span<double> own_mass) noexcept {
  const std::size_t axes = tension_n.size();
  if (profile_ == nullptr || axes > SHEAVE_MAX_AXES || axes != in.axis_count) return CallResult::kError;
  if (!own_mass.empty() && own_mass.size() != axes) return CallResult::kError;

  const std::span<const sheave_event_param_t> changes(changes_.data(), std::exchange(change_count_, 0));
  const sheave_event_in_t events = as_queue(changes);
  sheave_load_in_t plugin_in = in;
  plugin_in.struct_size = sizeof plugin_in;
  plugin_in.events = &events;

  // What a plugin leaves unwritten passes the link before it through, never a stale value.
  AxisValues tension{};
  for (std::size_t i = 0; i < axes; ++i) tension[i] = in.previous_tension_n[i];
  AxisValues needed{};
  sheave_load_out_t out{sizeof out, in.axis_count, tension.data(), needed.data()};

  if (profile_->tick(instance_->raw(), &plugin_in, &out) != SHEAVE_TICK_RUN) return CallResult::kError;
  if (!all_finite(std::span(tension).first(axes))) return CallResult::kNotFinite;
  if (!all_finite(std::span(needed).first(axes))) return CallResult::kNotFinite;
  for (std::size_t i = 0; i < axes; ++i) tension_n[i] = std::max(0.0, tension[i]);
  for (std::size_t i = 0; i < own_mass.size(); ++i) own_mass[i] = std::max(own_mass[i], std::clamp(needed[i], 0.0, 1.0));
  return CallResult::kOk;
}

}  // namespace sheave::plugin_host
