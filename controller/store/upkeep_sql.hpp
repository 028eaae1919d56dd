#pragma once
// One function per call of Upkeep; the contracts stand there. All [store]; throw SQLite::Exception where the file fails.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <vector>

#include "controller/session/upkeep.hpp"

namespace sheave::store {

session::ServiceRecord add_service(SQLite::Database& db, session::ServiceRecord record);
std::vector<session::ServiceRecord> list_services(SQLite::Database& db, std::size_t limit, std::uint64_t before);
session::Upkeep::Standing standing(SQLite::Database& db);
session::Settings settings(SQLite::Database& db);
Result<session::Settings> put_settings(SQLite::Database& db, session::Settings settings);
session::Alert add_alert(SQLite::Database& db, session::Alert alert);
std::vector<session::Alert> list_alerts(SQLite::Database& db, std::size_t limit);
std::vector<session::Alert> open_deliveries(SQLite::Database& db, std::size_t limit);
void put_delivery(SQLite::Database& db, const session::Delivery& delivery);
session::UseFacts use_facts(SQLite::Database& db, std::int64_t from_unix_s, std::int64_t to_unix_s);

}  // namespace sheave::store
