#pragma once
// What every plugin class has, whatever its kind: a description, parameters, a life cycle, events.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "sheave/plugin.h"
#include "sheave_sdk/params.hpp"

namespace sheave::sdk {

/// A plugin class states it as `static constexpr About kAbout`. All strings are literals.
struct About {
  const char* id;  ///< kebab-case, unique over all plugins.
  const char* name;
  const char* vendor;
  const char* version;
  const char* description;
  std::uint32_t max_tick_us = 0;  ///< Your worst case; 0 for a kind without a tick.
  double min_rate_hz = 0;         ///< Refused on a slower control loop; 0: any rate.
};

/// What came of a tick. kError: the host ignores the output, runs its fallback ramp and latches a fault.
enum class Tick : std::uint8_t { kError = SHEAVE_TICK_ERROR, kRun = SHEAVE_TICK_RUN };

/// Base of all kinds. Derive from Exercise, LoadProfile or Progression, not from this.
class Plugin : public ParamSet {
 public:
  Plugin() = default;
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;
  virtual ~Plugin() = default;

  /// Allocate here and nowhere later. False or a throw refuses. Parameters have their values. [main & !active]
  virtual bool on_activate(const sheave_activation_t& /*activation*/) { return true; }
  virtual void on_deactivate() {}  ///< [main & active & !running]
  virtual void on_start() {}       ///< Forget the last run. No allocation, lock, I/O, clock. [control & active & !running]
  virtual void on_stop() {}        ///< [control & running]

  /// What a kind offers beside the extension that makes it one.
  template <typename Cast>
  static const void* further_extension(const char* /*id*/) noexcept {
    return nullptr;
  }
};

/// A read-only view of one tick's events; valid during the tick.
class Events {
 public:
  explicit Events(const sheave_event_in_t* queue) noexcept : queue_(queue) {}

  bool empty() const noexcept { return queue_ == nullptr || queue_->count(queue_) == 0; }

  /// Calls `f(const T&)` for each core event of `type`.
  template <typename T, typename F>
  void for_each(std::uint16_t type, F&& f) const {
    const std::uint32_t n = queue_ != nullptr ? queue_->count(queue_) : 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const sheave_event_header_t* h = queue_->get(queue_, i);
      if (h != nullptr && h->space == 0 && h->type == type && h->size >= sizeof(T)) f(*reinterpret_cast<const T*>(h));
    }
  }

 private:
  const sheave_event_in_t* queue_;
};

namespace detail {

/// The exception barrier: what throws returns `on_throw`.
template <typename R, typename F>
R guarded(R on_throw, F&& f) noexcept {
  try {
    return f();
  } catch (...) {
    return on_throw;
  }
}

/// Of one value per cable: a plain loop, for std::all_of is made for many.
inline bool all_finite(const double* values, std::uint32_t count) noexcept {
  bool finite = true;
  for (std::uint32_t i = 0; i < count; ++i) finite &= std::isfinite(values[i]);
  return finite;
}

/// Apart from the tick, which would otherwise save and restore registers for it each time.
[[gnu::noinline, gnu::cold]] inline void take_live_params(ParamSet& params, const Events& events) noexcept {
  events.for_each<sheave_event_param_t>(SHEAVE_EVENT_PARAM, [&](const sheave_event_param_t& e) { params.set_live(e.param_id, e.value); });
}

inline void deliver_live_params(ParamSet& params, const sheave_event_in_t* queue) noexcept {
  if (const Events events(queue); !events.empty()) take_live_params(params, events);
}

}  // namespace detail
}  // namespace sheave::sdk
