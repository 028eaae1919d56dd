#pragma once
// What the database file looks like, and how an older file becomes that.

#include <cstdint>
#include <span>
#include <string_view>

namespace SQLite {
class Database;
}

namespace sheave::store {

/// Stands in every Sheave file (PRAGMA application_id), so that a stranger's database is never written to. "Shev".
inline constexpr std::int32_t kApplicationId = 0x53686576;

/// One step from schema `version - 1` to `version`. Shipped steps are never edited: a file out there was made by them.
struct Migration {
  int version;
  std::string_view sql;
};

/// All steps, oldest first, versions 1, 2, 3 ... without a gap. [any]
std::span<const Migration> migrations() noexcept;

/// Brings `database` to the last of `steps`, each step in a transaction of its own, and returns the version it had before.
/// Throws SQLite::Exception; the file then stands at the last step that worked. @pre the file is not newer. [store]
int migrate(SQLite::Database& database, std::span<const Migration> steps);

}  // namespace sheave::store
