#include "controller/api/convert_upkeep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "controller/api/opening.hpp"

namespace sheave::api {
namespace {

constexpr std::size_t kMaxTargets = 20, kMaxEmail = 254, kMaxUrl = 2048;
constexpr int kMaxIdleHours = 1000;

Status invalid(const char* reason, std::string message) { return Status::error(StatusCode::kInvalidArgument, reason, std::move(message)); }

bool is_plain(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"'; });
}

Status check_text(const char* what, const std::string& text, const char* missing_reason) {
  if (missing_reason != nullptr && text.empty()) return invalid(missing_reason, fmt::format("{} is empty: say it in a few words.", what));
  if (text.size() <= kMaxText) return {};
  return invalid("TEXT_TOO_LONG", fmt::format("{} has {} characters; use {} at most.", what, text.size(), kMaxText));
}

Status check_email(const std::string& email) {
  const std::size_t at = email.find('@');
  const bool fits = is_plain(email) && email.size() <= kMaxEmail && at != std::string::npos && at > 0 && at + 1 < email.size() &&
                    email.find('@', at + 1) == std::string::npos;
  if (fits) return {};
  return invalid("EMAIL_INVALID", fmt::format("\"{}\" is no e-mail address; write it as name@example.org.", email));
}

/// Position behind "http://" or "https://"; npos: neither.
std::size_t host_of(const std::string& url) {
  for (const char* scheme : {"https://", "http://"}) {
    if (url.rfind(scheme, 0) == 0) return std::string(scheme).size();
  }
  return std::string::npos;
}

Status check_webhook(const std::string& url) {
  const std::size_t host = host_of(url);
  const bool fits = is_plain(url) && url.size() <= kMaxUrl && host != std::string::npos && host < url.size() && url[host] != '/';
  if (fits) return {};
  return invalid("WEBHOOK_INVALID", fmt::format("\"{}\" is no address of a webhook; it begins with https:// or http:// and a host.",
                                                fits ? url : shown_webhook(url)));
}

/// Puts the stored address in the place of one that is given as it is shown, the n-th for the n-th.
std::vector<std::string> resolve(const google::protobuf::RepeatedPtrField<std::string>& given, const std::vector<std::string>& stored) {
  std::multimap<std::string, std::string> by_shown;
  for (const std::string& url : stored) by_shown.emplace(shown_webhook(url), url);
  std::vector<std::string> urls;
  for (const std::string& url : given) {
    const auto known = by_shown.find(url);
    urls.push_back(known != by_shown.end() ? known->second : url);
    if (known != by_shown.end()) by_shown.erase(known);
  }
  return urls;
}

Result<session::AlertSettings> from_pb(const pb::AlertSettings& alerts, const session::AlertSettings& stored,
                                       const std::string& mail_server) {
  session::AlertSettings to;
  to.emails.assign(alerts.emails().begin(), alerts.emails().end());
  to.webhooks = resolve(alerts.webhooks(), stored.webhooks);
  to.on_fault = alerts.on_fault();
  to.on_out_of_order = alerts.on_out_of_order();
  to.on_maintenance = alerts.on_maintenance();
  to.idle_open_hours = alerts.idle_open_hours();
  if (to.emails.size() + to.webhooks.size() > kMaxTargets) {
    return invalid("TARGETS_TOO_MANY",
                   fmt::format("{} alert targets are given; use {} at most.", to.emails.size() + to.webhooks.size(), kMaxTargets));
  }
  for (const std::string& email : to.emails) {
    if (Status status = check_email(email); !status.ok()) return status;
  }
  for (const std::string& url : to.webhooks) {
    if (Status status = check_webhook(url); !status.ok()) return status;
  }
  if (!to.emails.empty() && mail_server.empty()) {
    return Status::error(StatusCode::kFailedPrecondition, "MAIL_SERVER_MISSING",
                         "No mail server is configured, so that no e-mail can be sent. Set [alerts] smtp in the machine's configuration.");
  }
  if (to.idle_open_hours < 0 || to.idle_open_hours > kMaxIdleHours) {
    return invalid("IDLE_RANGE", fmt::format("idle_open_hours is {}; use 0 (never) to {}.", to.idle_open_hours, kMaxIdleHours));
  }
  return to;
}

}  // namespace

void to_pb(const session::Odometer& odometer, pb::Odometer* to) {
  to->set_cable_m(odometer.cable_m);
  to->set_cycles(static_cast<std::int64_t>(odometer.cycles));
  to->set_work_j(odometer.work_j);
  to->set_powered_s(odometer.powered_s);
}

void to_pb(const session::OutOfOrder& order, bool pending, pb::OutOfOrder* to) {
  to->set_reason(order.reason);
  to->set_who(order.who);
  to_pb(order.since, to->mutable_since());
  to->set_pending(pending);
}

void to_pb(const session::ServiceRecord& record, pb::ServiceRecord* to) {
  to->set_number(static_cast<std::int64_t>(record.number));
  to_pb(record.at, to->mutable_time());
  to->set_part(record.part);
  to->set_action(static_cast<pb::ServiceAction>(record.action));
  to->set_who(record.who);
  to->set_note(record.note);
  to_pb(record.odometer, to->mutable_odometer());
}

void to_pb(const session::MaintenanceInterval& interval, const session::MaintenanceState& state, pb::MaintenanceItem* to) {
  to->set_part(interval.part);
  to->set_display_name(interval.name);
  to->set_steps(interval.steps);
  to->set_counter(static_cast<pb::Counter>(interval.counter));
  to->set_interval(interval.interval);
  to->set_used(state.used);
  to->set_due(state.due);
  if (state.last) to_pb(*state.last, to->mutable_last_time());
  if (state.due_in_days) to->set_due_in_days(*state.due_in_days);
}

void to_pb(const session::Alert& alert, pb::Alert* to) {
  to->set_number(static_cast<std::int64_t>(alert.number));
  to->set_kind(static_cast<pb::AlertKind>(alert.kind));
  to_pb(alert.at, to->mutable_time());
  to->set_subject(alert.subject);
  to->set_text(alert.text);
  for (const session::Delivery& delivery : alert.deliveries) {
    pb::Delivery* one = to->add_deliveries();
    one->set_target(delivery.channel == session::Channel::kWebhook ? shown_webhook(delivery.target) : delivery.target);
    one->set_attempts(static_cast<std::int32_t>(delivery.attempts));
    if (delivery.delivered_unix_s != 0) unix_s_to_pb(delivery.delivered_unix_s, one->mutable_delivered_time());
    one->set_given_up(delivery.given_up);
    one->set_last_error(delivery.last_error);
  }
}

void to_pb(const Component& component, pb::Component* to) {
  to->set_kind(component.kind);
  to->set_name(component.name);
  to->set_version(component.version);
  to->set_sha256(component.sha256);
}

Result<session::OutOfOrder> from_pb(const pb::SetOutOfOrderRequest& request) {
  if (Status status = check_text("who", request.who(), "WHO_MISSING"); !status.ok()) return status;
  const bool out = request.out_of_order();
  if (Status status = check_text("reason", request.reason(), out ? "REASON_MISSING" : nullptr); !status.ok()) return status;
  session::OutOfOrder order;
  order.active = out;
  order.reason = request.reason();
  order.who = request.who();
  return order;
}

Result<session::ServiceRecord> from_pb(const pb::RecordServiceRequest& request, const std::vector<session::MaintenanceInterval>& known) {
  if (Status status = check_text("who", request.who(), "WHO_MISSING"); !status.ok()) return status;
  if (Status status = check_text("note", request.note(), nullptr); !status.ok()) return status;
  if (Status status = check_text("part", request.part(), nullptr); !status.ok()) return status;
  if (request.action() < pb::SERVICE_ACTION_SIGNED_OFF || request.action() > pb::SERVICE_ACTION_NOTED) {
    return invalid("ACTION_MISSING", "action is missing; use SIGNED_OFF, REPLACED or NOTED.");
  }
  session::ServiceRecord record;
  record.part = request.part();
  record.action = static_cast<session::ServiceAction>(request.action());
  record.who = request.who();
  record.note = request.note();
  const bool is_known = std::any_of(known.begin(), known.end(), [&](const auto& interval) { return interval.part == record.part; });
  if (record.action != session::ServiceAction::kNoted && !is_known) {
    std::string names;
    for (const auto& interval : known) names += (names.empty() ? "" : ", ") + interval.part;
    return Status::error(
        StatusCode::kNotFound, "PART_UNKNOWN",
        fmt::format("\"{}\" is no part that comes round at this machine; those are {}. Use NOTED for anything else.", record.part, names));
  }
  return record;
}

std::string shown_webhook(const std::string& url) {
  const std::size_t host = host_of(url);
  if (host == std::string::npos) return url;
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  const std::size_t user = url.rfind('@', end);  // a password may stand before it
  const std::size_t from = user != std::string::npos && user >= host ? user + 1 : host;
  return url.substr(0, host) + url.substr(from, end - from) + "/…";
}

void to_pb(const session::Settings& settings, const std::string& mail_server, pb::MachineConfig* to) {
  for (const session::OpenHours& day : settings.opening) {
    pb::OpenHours* one = to->add_opening();
    one->set_weekday(day.weekday);
    one->set_open_minute(day.open_minute);
    one->set_close_minute(day.close_minute);
  }
  pb::AlertSettings* alerts = to->mutable_alerts();
  for (const std::string& email : settings.alerts.emails) alerts->add_emails(email);
  for (const std::string& url : settings.alerts.webhooks) alerts->add_webhooks(shown_webhook(url));
  alerts->set_on_fault(settings.alerts.on_fault);
  alerts->set_on_out_of_order(settings.alerts.on_out_of_order);
  alerts->set_on_maintenance(settings.alerts.on_maintenance);
  alerts->set_idle_open_hours(settings.alerts.idle_open_hours);
  to->set_etag(std::to_string(settings.revision));
  to->set_mail_server(mail_server);
}

Result<session::Settings> from_pb(const pb::MachineConfig& config, const session::Settings& stored, const std::string& mail_server) {
  session::Settings settings;
  const std::string& etag = config.etag();
  const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), settings.revision);
  if (error != std::errc{} || end != etag.data() + etag.size()) {
    return invalid("ETAG_MISSING", "config.etag is missing or none of ours; read the settings first and send their etag with the change.");
  }
  for (const pb::OpenHours& day : config.opening()) {
    settings.opening.push_back({day.weekday(), day.open_minute(), day.close_minute()});
  }
  if (Status status = check_opening(settings.opening); !status.ok()) return status;
  auto alerts = from_pb(config.alerts(), stored.alerts, mail_server);
  if (!alerts.ok()) return alerts.status();
  settings.alerts = *std::move(alerts);
  return settings;
}

}  // namespace sheave::api
