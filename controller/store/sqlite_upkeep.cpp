#include "controller/store/sqlite_upkeep.hpp"

#include <utility>

#include "controller/store/upkeep_sql.hpp"

namespace sheave::store {

void SqliteUpkeep::add_service(const session::ServiceRecord& record, Answer<session::ServiceRecord> answer) {
  journal_.change<session::ServiceRecord>([record](SQLite::Database& db) { return store::add_service(db, record); }, std::move(answer));
}

void SqliteUpkeep::list_services(std::size_t limit, std::uint64_t before, Answer<std::vector<session::ServiceRecord>> answer) {
  journal_.read([limit, before](SQLite::Database& db) { return store::list_services(db, limit, before); }, std::move(answer));
}

void SqliteUpkeep::standing(Answer<Standing> answer) {
  journal_.read([](SQLite::Database& db) { return store::standing(db); }, std::move(answer));
}

void SqliteUpkeep::settings(Answer<session::Settings> answer) {
  journal_.read([](SQLite::Database& db) { return store::settings(db); }, std::move(answer));
}

void SqliteUpkeep::put_settings(const session::Settings& settings, Answer<session::Settings> answer) {
  journal_.change<session::Settings>([settings](SQLite::Database& db) { return store::put_settings(db, settings); }, std::move(answer));
}

void SqliteUpkeep::add_alert(const session::Alert& alert, Answer<session::Alert> answer) {
  journal_.change<session::Alert>([alert](SQLite::Database& db) { return store::add_alert(db, alert); }, std::move(answer));
}

void SqliteUpkeep::list_alerts(std::size_t limit, Answer<std::vector<session::Alert>> answer) {
  journal_.read([limit](SQLite::Database& db) { return store::list_alerts(db, limit); }, std::move(answer));
}

void SqliteUpkeep::open_deliveries(std::size_t limit, Answer<std::vector<session::Alert>> answer) {
  journal_.read([limit](SQLite::Database& db) { return store::open_deliveries(db, limit); }, std::move(answer));
}

void SqliteUpkeep::put_delivery(const session::Delivery& delivery, session::Committed done) {
  journal_.write(
      [delivery](SQLite::Database& db) -> std::uint64_t {
        store::put_delivery(db, delivery);
        return 0;
      },
      std::move(done));
}

void SqliteUpkeep::use_facts(std::int64_t from_unix_s, std::int64_t to_unix_s, Answer<session::UseFacts> answer) {
  journal_.read([from_unix_s, to_unix_s](SQLite::Database& db) { return store::use_facts(db, from_unix_s, to_unix_s); }, std::move(answer));
}

}  // namespace sheave::store
