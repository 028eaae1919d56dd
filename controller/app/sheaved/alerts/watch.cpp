#include "controller/app/sheaved/alerts/watch.hpp"

#include <fmt/format.h>

#include <utility>

#include "controller/api/opening.hpp"

namespace sheave::app {
namespace {

using session::Alert;
using session::AlertKind;

constexpr std::int64_t kHour_s = 3600;

Alert make(AlertKind kind, std::string key, const session::WallTime& at, std::string subject, std::string text) {
  Alert alert;
  alert.kind = kind;
  alert.key = std::move(key);
  alert.at = at;
  alert.subject = std::move(subject);
  alert.text = std::move(text);
  return alert;
}

std::int64_t unix_s(const session::WallTime& time) { return time.unix_ns / kNsPerS; }

std::string local_text(std::int64_t at_unix_s) {
  const api::LocalTime local = api::local_time(at_unix_s);
  return fmt::format("{} {:02}:{:02}", local.date, local.minute / 60, local.minute % 60);
}

}  // namespace

// A fault that comes and goes is told of once an hour.
Alert fault_alert(const std::string& machine, FaultCode code, const session::WallTime& at) {
  const FaultText text = fault_text(code);
  const int number = static_cast<int>(code);
  return make(AlertKind::kFault, fmt::format("fault:{}:{}", number, unix_s(at) / kHour_s), at, fmt::format("{}: {}", machine, text.meaning),
              fmt::format("{} What helps: {}\nFault {} {}, {}.", text.meaning, text.remedy, number, text.name, local_text(unix_s(at))));
}

Alert order_alert(const std::string& machine, const session::OutOfOrder& order) {
  const std::string when = local_text(unix_s(order.since));
  const std::string key = fmt::format("order:{}:{}", order.since.unix_ns, order.active ? 1 : 0);
  if (!order.active) {
    return make(AlertKind::kOutOfOrder, key, order.since, machine + ": can be used again",
                fmt::format("{} gave it back, {}.", order.who, when));
  }
  return make(AlertKind::kOutOfOrder, key, order.since, machine + ": out of order",
              fmt::format("{} took it out of use, {}: {}", order.who, when, order.reason));
}

Alert maintenance_alert(const std::string& machine, const session::MaintenanceInterval& interval, const session::MaintenanceState& state,
                        const session::WallTime& at) {
  return make(AlertKind::kMaintenance, fmt::format("maintenance:{}:{}", interval.part, state.last_number), at,
              fmt::format("{}: {} is due", machine, interval.name),
              fmt::format("{}\nWhen it is done, sign it off on the operator's page or with `sheave service`.", interval.steps));
}

Alert idle_alert(const std::string& machine, double idle_open_s, std::int64_t last_use_unix_s, const session::WallTime& at) {
  return make(AlertKind::kIdle, fmt::format("idle:{}", last_use_unix_s), at, machine + ": nobody uses it",
              fmt::format("No set for {:.0f} opening hours; the last one ended {}. Look whether something keeps people away from it.",
                          idle_open_s / kHour_s, local_text(last_use_unix_s)));
}

Alert test_alert(const std::string& machine, const session::WallTime& at) {
  return make(AlertKind::kTest, fmt::format("test:{}", at.unix_ns), at, machine + ": a test",
              "Somebody asked for this message, to see that alerts arrive. Nothing is wrong.");
}

AlertWatch::AlertWatch(Deps deps) : deps_(std::move(deps)) { deps_.manager.add_observer(this); }

AlertWatch::~AlertWatch() { deps_.manager.remove_observer(this); }

void AlertWatch::use(const session::Settings& settings) {
  settings_ = settings;
  known_ = true;
}

void AlertWatch::on_update(const session::Update& update) {
  using Kind = session::Update::Kind;
  if (update.kind == Kind::kFault && update.entry->fault.active && is_machine_fault(update.entry->fault.code) &&
      settings_.alerts.on_fault) {
    deps_.raise(fault_alert(deps_.machine_name, update.entry->fault.code, update.entry->fault.at));
  }
  if (update.kind != Kind::kSnapshot) return;
  const std::optional<session::OutOfOrder>& order = update.snapshot->order;
  if (!order) return;
  const bool changed = order_ && order->since.unix_ns != order_->since.unix_ns;  // the first one was told of when it came about
  order_ = order;
  if (changed && settings_.alerts.on_out_of_order) deps_.raise(order_alert(deps_.machine_name, *order));
}

void AlertWatch::raise_once(session::Alert alert) {
  if (told_.insert(alert.key).second) deps_.raise(std::move(alert));
}

void AlertWatch::check() {
  if (!known_) return;
  if (settings_.alerts.on_maintenance) check_maintenance();
  if (settings_.alerts.idle_open_hours > 0) check_idle();
}

void AlertWatch::check_maintenance() {
  deps_.upkeep.standing([this, alive = std::weak_ptr<int>(alive_)](const Result<session::Upkeep::Standing>& standing) {
    if (alive.expired() || !standing.ok()) return;
    for (const session::MaintenanceInterval& interval : deps_.maintenance) {
      const session::MaintenanceState state = session::maintenance_state(interval, *standing, deps_.wall_clock.now());
      if (state.due) raise_once(maintenance_alert(deps_.machine_name, interval, state, deps_.wall_clock.now()));
    }
  });
}

void AlertWatch::check_idle() {
  const std::int64_t now = unix_s(deps_.wall_clock.now());
  deps_.upkeep.use_facts(now, now, [this, now, alive = std::weak_ptr<int>(alive_)](const Result<session::UseFacts>& facts) {
    if (alive.expired() || !facts.ok() || facts->last_use_unix_s == 0) return;
    const double idle_s = api::open_time_s(settings_.opening, facts->last_use_unix_s, now);
    if (idle_s >= static_cast<double>(settings_.alerts.idle_open_hours * kHour_s)) {
      raise_once(idle_alert(deps_.machine_name, idle_s, facts->last_use_unix_s, deps_.wall_clock.now()));
    }
  });
}

}  // namespace sheave::app
