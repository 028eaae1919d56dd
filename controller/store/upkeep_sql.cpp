#include "controller/store/upkeep_sql.hpp"

#include <limits>
#include <string>
#include <utility>

#include "controller/store/reads.hpp"
#include "controller/store/rows.hpp"

namespace sheave::store {
namespace {

constexpr const char* kServiceColumns = "number, at_unix_ns, at_synchronized, part, action, who, note, cable_m, work_j, powered_s, cycles";

session::ServiceRecord read_service(Reader& row) {
  session::ServiceRecord record;
  record.number = row.integer<std::uint64_t>();
  record.at = row.wall();
  record.part = row.text();
  record.action = row.integer<session::ServiceAction>();
  record.who = row.text();
  record.note = row.text();
  record.odometer.cable_m = row.real();
  record.odometer.work_j = row.real();
  record.odometer.powered_s = row.real();
  record.odometer.cycles = row.integer<std::uint64_t>();
  return record;
}

constexpr const char* kDeliveryColumns = "number, alert, channel, target, attempts, due_unix_s, delivered_unix_s, given_up, last_error";

session::Delivery read_delivery(Reader& row) {
  session::Delivery delivery;
  delivery.number = row.integer<std::uint64_t>();
  delivery.alert = row.integer<std::uint64_t>();
  delivery.channel = row.integer<session::Channel>();
  delivery.target = row.text();
  delivery.attempts = row.integer<std::uint32_t>();
  delivery.due_unix_s = row.integer<std::int64_t>();
  delivery.delivered_unix_s = row.integer<std::int64_t>();
  delivery.given_up = row.integer<int>() != 0;
  delivery.last_error = row.text();
  return delivery;
}

constexpr const char* kAlertColumns = "number, kind, key, at_unix_ns, at_synchronized, subject, text";

session::Alert read_alert(Reader& row) {
  session::Alert alert;
  alert.number = row.integer<std::uint64_t>();
  alert.kind = row.integer<session::AlertKind>();
  alert.key = row.text();
  alert.at = row.wall();
  alert.subject = row.text();
  alert.text = row.text();
  return alert;
}

std::int64_t first_use_unix_s(SQLite::Database& db) {
  return db.execAndGet("SELECT COALESCE(MIN(started_unix_ns) / 1000000000, 0) FROM sets").getInt64();
}

std::int64_t last_use_unix_s(SQLite::Database& db) {
  SQLite::Statement query(
      db, "SELECT started_unix_ns / 1000000000 + CAST(duration_s AS INTEGER) FROM sets ORDER BY started_unix_ns DESC LIMIT 1");
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

/// Replaces the rows of a table that holds one list. `bind(Binder&, element, position)` binds one row of `insert`.
template <typename List, typename Bind>
void replace_rows(SQLite::Database& db, const char* clear, const char* insert, const List& list, Bind bind) {
  db.exec(clear);
  SQLite::Statement statement(db, insert);
  int position = 0;
  for (const auto& element : list) {
    Binder binder(statement);
    bind(binder, element, position++);
    statement.exec();
    statement.reset();
  }
}

}  // namespace

session::ServiceRecord add_service(SQLite::Database& db, session::ServiceRecord record) {
  record.odometer = odometer(db);
  SQLite::Statement insert(db, std::string("INSERT INTO services (") + kServiceColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder binder(insert);
  binder.null().wall(record.at).text(record.part).integer(record.action).text(record.who).text(record.note);
  binder.real(record.odometer.cable_m).real(record.odometer.work_j).real(record.odometer.powered_s).integer(record.odometer.cycles);
  insert.exec();
  record.number = static_cast<std::uint64_t>(db.getLastInsertRowid());
  return record;
}

std::vector<session::ServiceRecord> list_services(SQLite::Database& db, std::size_t limit, std::uint64_t before) {
  SQLite::Statement query(db, std::string("SELECT ") + kServiceColumns + " FROM services WHERE number < ? ORDER BY number DESC LIMIT ?");
  Binder(query).integer(before == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(before)).integer(limit);
  return read_all(query, read_service);
}

session::Upkeep::Standing standing(SQLite::Database& db) {
  session::Upkeep::Standing now;
  SQLite::Statement query(db, std::string("SELECT ") + kServiceColumns +
                                  " FROM services WHERE number IN (SELECT MAX(number) FROM services WHERE action <> ? GROUP BY part)");
  Binder(query).integer(session::ServiceAction::kNoted);
  now.last = read_all(query, read_service);
  now.odometer = odometer(db);
  now.first_use_unix_s = first_use_unix_s(db);
  return now;
}

session::Settings settings(SQLite::Database& db) {
  session::Settings found;
  SQLite::Statement query(db, "SELECT revision, on_fault, on_out_of_order, on_maintenance, idle_open_hours FROM settings");
  query.executeStep();
  Reader row(query);
  found.revision = row.integer<std::uint64_t>();
  found.alerts.on_fault = row.integer<int>() != 0;
  found.alerts.on_out_of_order = row.integer<int>() != 0;
  found.alerts.on_maintenance = row.integer<int>() != 0;
  found.alerts.idle_open_hours = row.integer<int>();
  SQLite::Statement opening(db, "SELECT weekday, open_minute, close_minute FROM opening ORDER BY weekday");
  while (opening.executeStep()) {
    Reader day(opening);
    session::OpenHours& hours = found.opening.emplace_back();
    hours.weekday = day.integer<int>();
    hours.open_minute = day.integer<int>();
    hours.close_minute = day.integer<int>();
  }
  SQLite::Statement targets(db, "SELECT channel, target FROM alert_targets ORDER BY position");
  while (targets.executeStep()) {
    Reader target(targets);
    const bool email = target.integer<session::Channel>() == session::Channel::kEmail;
    (email ? found.alerts.emails : found.alerts.webhooks).push_back(target.text());
  }
  return found;
}

Result<session::Settings> put_settings(SQLite::Database& db, session::Settings settings) {
  SQLite::Statement update(db,
                           "UPDATE settings SET revision = revision + 1, on_fault = ?, on_out_of_order = ?, on_maintenance = ?, "
                           "idle_open_hours = ? WHERE revision = ?");
  const session::AlertSettings& alerts = settings.alerts;
  Binder(update)
      .integer(alerts.on_fault)
      .integer(alerts.on_out_of_order)
      .integer(alerts.on_maintenance)
      .integer(alerts.idle_open_hours)
      .integer(settings.revision);
  if (update.exec() == 0) {
    return Status::error(StatusCode::kAborted, "ETAG_STALE",
                         "Somebody else has changed the settings since they were read. Read them again and change those.");
  }
  replace_rows(
      db, "DELETE FROM opening", "INSERT INTO opening (weekday, open_minute, close_minute) VALUES (?, ?, ?)", settings.opening,
      [](Binder& row, const session::OpenHours& day, int) { row.integer(day.weekday).integer(day.open_minute).integer(day.close_minute); });
  std::vector<std::pair<session::Channel, std::string>> targets;
  for (const std::string& email : alerts.emails) targets.emplace_back(session::Channel::kEmail, email);
  for (const std::string& webhook : alerts.webhooks) targets.emplace_back(session::Channel::kWebhook, webhook);
  replace_rows(db, "DELETE FROM alert_targets", "INSERT INTO alert_targets (position, channel, target) VALUES (?, ?, ?)", targets,
               [](Binder& row, const auto& target, int position) { row.integer(position).integer(target.first).text(target.second); });
  ++settings.revision;
  return settings;
}

session::Alert add_alert(SQLite::Database& db, session::Alert alert) {
  SQLite::Statement insert(
      db, std::string("INSERT INTO alerts (") + kAlertColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING");
  Binder(insert).null().integer(alert.kind).text(alert.key).wall(alert.at).text(alert.subject).text(alert.text);
  if (insert.exec() == 0) {
    alert.number = 0;
    return alert;
  }
  alert.number = static_cast<std::uint64_t>(db.getLastInsertRowid());
  SQLite::Statement delivery(db, "INSERT INTO deliveries (alert, channel, target, due_unix_s) VALUES (?, ?, ?, ?)");
  for (session::Delivery& one : alert.deliveries) {
    Binder(delivery).integer(alert.number).integer(one.channel).text(one.target).integer(one.due_unix_s);
    delivery.exec();
    delivery.reset();
    one.alert = alert.number;
    one.number = static_cast<std::uint64_t>(db.getLastInsertRowid());
  }
  return alert;
}

std::vector<session::Alert> list_alerts(SQLite::Database& db, std::size_t limit) {
  SQLite::Statement query(db, std::string("SELECT ") + kAlertColumns + " FROM alerts ORDER BY number DESC LIMIT ?");
  Binder(query).integer(limit);
  std::vector<session::Alert> alerts = read_all(query, read_alert);
  SQLite::Statement deliveries(db, std::string("SELECT ") + kDeliveryColumns + " FROM deliveries WHERE alert = ? ORDER BY number");
  for (session::Alert& alert : alerts) {
    Binder(deliveries).integer(alert.number);
    alert.deliveries = read_all(deliveries, read_delivery);
    deliveries.reset();
  }
  return alerts;
}

std::vector<session::Alert> open_deliveries(SQLite::Database& db, std::size_t limit) {
  SQLite::Statement query(db, std::string("SELECT ") + kDeliveryColumns +
                                  " FROM deliveries WHERE delivered_unix_s = 0 AND given_up = 0 ORDER BY due_unix_s, number LIMIT ?");
  Binder(query).integer(limit);
  std::vector<session::Alert> alerts;
  SQLite::Statement of(db, std::string("SELECT ") + kAlertColumns + " FROM alerts WHERE number = ?");
  for (session::Delivery& delivery : read_all(query, read_delivery)) {
    Binder(of).integer(delivery.alert);
    for (session::Alert& alert : read_all(of, read_alert)) {
      alert.deliveries = {std::move(delivery)};
      alerts.push_back(std::move(alert));
    }
    of.reset();
  }
  return alerts;
}

void put_delivery(SQLite::Database& db, const session::Delivery& delivery) {
  SQLite::Statement update(
      db, "UPDATE deliveries SET attempts = ?, due_unix_s = ?, delivered_unix_s = ?, given_up = ?, last_error = ? WHERE number = ?");
  Binder(update)
      .integer(delivery.attempts)
      .integer(delivery.due_unix_s)
      .integer(delivery.delivered_unix_s)
      .integer(delivery.given_up)
      .text(delivery.last_error)
      .integer(delivery.number);
  update.exec();
}

session::UseFacts use_facts(SQLite::Database& db, std::int64_t from_unix_s, std::int64_t to_unix_s) {
  session::UseFacts facts;
  SQLite::Statement sets(
      db, std::string("SELECT s.session_id, sessions.program_id, s.started_unix_ns / 1000000000, s.duration_s, ") + kRepSums +
              " FROM sets s JOIN sessions ON sessions.id = s.session_id "
              "WHERE s.started_unix_ns >= ?1 * 1000000000 AND s.started_unix_ns < ?2 * 1000000000 ORDER BY s.started_unix_ns");
  Binder(sets).integer(from_unix_s).integer(to_unix_s);
  facts.sets = read_all(sets, [](Reader& row) {
    session::SetUse set;
    set.session_id = row.text();
    set.program_id = row.text();
    set.start_unix_s = row.integer<std::int64_t>();
    set.duration_s = row.real();
    set.reps = row.integer<std::uint64_t>();
    set.work_j = row.real();
    set.volume_kg = row.real();
    return set;
  });
  SQLite::Statement faults(db, std::string("SELECT ") + kFaultColumns +
                                   " FROM faults WHERE at_unix_ns < ?2 * 1000000000 AND (at_unix_ns >= ?1 * 1000000000 OR seq IN "
                                   "(SELECT MAX(seq) FROM faults WHERE at_unix_ns < ?1 * 1000000000 GROUP BY code)) ORDER BY seq");
  Binder(faults).integer(from_unix_s).integer(to_unix_s);
  facts.faults = read_all(faults, read_fault);
  SQLite::Statement orders(db, std::string("SELECT ") + kOrderColumns +
                                   " FROM orders WHERE at_unix_ns < ?2 * 1000000000 AND (at_unix_ns >= ?1 * 1000000000 OR number IN "
                                   "(SELECT MAX(number) FROM orders WHERE at_unix_ns < ?1 * 1000000000)) ORDER BY number");
  Binder(orders).integer(from_unix_s).integer(to_unix_s);
  facts.orders = read_all(orders, read_order);
  facts.first_use_unix_s = first_use_unix_s(db);
  facts.last_use_unix_s = last_use_unix_s(db);
  return facts;
}

}  // namespace sheave::store
