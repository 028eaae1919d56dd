#pragma once
// Opens the database file: settings, health, migration. A damaged file is put aside under another name, never deleted.

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>

#include "controller/core/status.hpp"

namespace sheave::store {

/// What opening the file came to, for the log and for the operator.
struct StartupReport {
  bool created = false;            ///< A new file, thus a new epoch.
  int schema_from = 0;             ///< Version found; 0: new.
  int schema_to = 0;               ///< Version now.
  std::string quarantined;         ///< Where a damaged file was put; empty: none was.
  std::string quarantine_note;     ///< One sentence for a person: what was wrong, what it means.
  bool holds_credentials = false;  ///< A member has a tag or a PIN.
  std::string key_check;           ///< session::key_check() of what they were hashed with; empty: not known.
};

struct OpenedDatabase {
  std::unique_ptr<SQLite::Database> database;
  StartupReport report;
  std::string epoch;
};

/// Opens or makes `path`: WAL, synchronous=FULL (a commit survives power loss), foreign keys, a busy time-out. The file is
/// checked (all tables but the samples, whose size would delay the start) and migrated.
/// Reasons: STORE_UNAVAILABLE (no folder, no permission, no space), STORE_TOO_NEW, STORE_FOREIGN (another program's database).
/// Blocks. [main] at start
Result<OpenedDatabase> open_database(const std::string& path);

/// What `error` on `path` means and what to do about it: always StatusCode::kUnavailable, reason STORE_UNAVAILABLE. [any]
Status status_of(const SQLite::Exception& error, const std::string& path);

}  // namespace sheave::store
