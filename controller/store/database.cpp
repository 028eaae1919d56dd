#include "controller/store/database.hpp"

#include <sqlite3.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <utility>

#include "controller/store/schema.hpp"

namespace sheave::store {
namespace {

// Others read the file for moments only (a backup, an operator's query); who holds it longer is told of.
constexpr int kBusyTimeout_ms = 2000;

bool is_damage(const SQLite::Exception& error) { return error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB; }

std::string utc_stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 24> text{};
  std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &utc);
  return text.data();
}

/// Renames the file with its -wal and -shm: they belong together, for whoever tries to rescue it.
std::string quarantine(const std::string& path) {
  const std::string base = path + ".damaged-" + utc_stamp();
  std::string target = base;
  for (int n = 2; std::filesystem::exists(target); ++n) target = base + "-" + std::to_string(n);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    if (std::filesystem::exists(path + suffix)) std::filesystem::rename(path + suffix, target + suffix);
  }
  return target;
}

/// Throws SQLite::Exception(SQLITE_CORRUPT) with what the check found.
void check_health(SQLite::Database& database) {
  SQLite::Statement tables(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'samples'");
  while (tables.executeStep()) {
    SQLite::Statement check(database, "SELECT quick_check FROM pragma_quick_check(?)");
    check.bind(1, tables.getColumn(0).getString());
    if (check.executeStep() && check.getColumn(0).getString() != "ok") {
      throw SQLite::Exception(check.getColumn(0).getString(), SQLITE_CORRUPT);
    }
  }
}

Status refuse(std::string reason, std::string message) {
  return Status::error(StatusCode::kFailedPrecondition, std::move(reason), std::move(message));
}

/// Throws SQLite::Exception; damage among them.
Result<OpenedDatabase> try_open(const std::string& path) {
  OpenedDatabase opened;
  opened.report.created = !std::filesystem::exists(path) || std::filesystem::file_size(path) == 0;
  opened.database = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeout_ms);
  SQLite::Database& database = *opened.database;

  const int known = migrations().back().version;
  const int found = database.execAndGet("PRAGMA user_version").getInt();
  const bool ours = database.execAndGet("PRAGMA application_id").getInt() == kApplicationId;
  const bool blank = database.execAndGet("SELECT COUNT(*) FROM sqlite_schema").getInt() == 0;
  if (!ours && !blank) {
    return refuse("STORE_FOREIGN", "The file " + path + " is another program's database. Set [store] path to a file of Sheave's own.");
  }
  if (found > known) {
    return refuse("STORE_TOO_NEW", "The database " + path + " has schema version " + std::to_string(found) + ", and this Sheave knows " +
                                       std::to_string(known) +
                                       " at most. Start the newer Sheave that wrote it, or set [store] path to another file.");
  }
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA foreign_keys = ON");
  database.exec("PRAGMA secure_delete = ON");  // who was erased is not left in free pages
  check_health(database);
  opened.report.schema_from = migrate(database, migrations());
  opened.report.schema_to = known;
  opened.report.holds_credentials =
      database.execAndGet("SELECT EXISTS (SELECT 1 FROM member_tags) OR EXISTS (SELECT 1 FROM members WHERE pin_hash <> '')").getInt() != 0;
  opened.report.key_check = database.execAndGet("SELECT key_check FROM store").getString();
  opened.epoch = database.execAndGet("SELECT epoch FROM store").getString();
  return opened;
}

}  // namespace

Status status_of(const SQLite::Exception& error, const std::string& path) {
  std::string what = "The store " + path + " cannot be written or read (" + error.what() + "). ";
  switch (error.getErrorCode()) {
    case SQLITE_FULL:
      what += "Its disk is full: free some space there.";
      break;
    case SQLITE_READONLY:
      what += "It is read-only: make the file and its folder writable for the controller.";
      break;
    case SQLITE_CANTOPEN:
      what += "Make sure that its folder exists and is writable for the controller.";
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      what += "Another program holds it: end that program.";
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      what += "The file is damaged: restart the controller, which puts it aside and begins a new one.";
      break;
    default:
      what += "Check the disk and its file system.";
  }
  return Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE", std::move(what));
}

Result<OpenedDatabase> open_database(const std::string& path) {
  try {
    try {
      return try_open(path);
    } catch (const SQLite::Exception& error) {
      if (!is_damage(error)) return status_of(error, path);
      const std::string aside = quarantine(path);
      Result<OpenedDatabase> opened = try_open(path);
      if (opened) {
        opened->report.quarantined = aside;
        opened->report.quarantine_note = "The database " + path + " was damaged (" + error.what() + ") and was put aside as " + aside +
                                         "; a new one was begun. Restore a backup, or keep the old file for rescue.";
      }
      return opened;
    }
  } catch (const SQLite::Exception& error) {
    return status_of(error, path);
  } catch (const std::filesystem::filesystem_error& error) {
    return Status::error(
        StatusCode::kUnavailable, "STORE_UNAVAILABLE",
        "The store " + path + " cannot be opened (" + error.what() + "). Make its folder readable and writable for the controller.");
  }
}

}  // namespace sheave::store
