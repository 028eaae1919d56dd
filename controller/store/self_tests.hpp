#pragma once
// The machine's self-tests, there and back. All [store]; throw as writes.hpp and reads.hpp say.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>

#include "controller/core/status.hpp"
#include "controller/session/records.hpp"

namespace sheave::store {

/// Not in the log: returns 0.
std::uint64_t add_self_test(SQLite::Database& db, const session::SelfTestRecord& test);
/// SELF_TEST_NOT_FOUND
Result<session::SelfTestRecord> last_self_test(SQLite::Database& db);

}  // namespace sheave::store
