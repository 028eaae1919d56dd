#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "controller/store/schema.hpp"

namespace sheave::store {

int migrate(SQLite::Database& database, std::span<const Migration> steps) {
  const int before = database.execAndGet("PRAGMA user_version").getInt();
  for (const Migration& step : steps) {
    if (step.version <= before) continue;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(std::string(step.sql));
    // In the same transaction: a file is never between two versions.
    database.exec("PRAGMA user_version = " + std::to_string(step.version));
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    transaction.commit();
  }
  return before;
}

}  // namespace sheave::store
