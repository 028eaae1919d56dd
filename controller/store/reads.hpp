#pragma once
// One function per query of the Journal; the contracts stand there. All [store]; throw SQLite::Exception where the file fails.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/session/journal.hpp"

namespace sheave::store {

std::uint64_t newest_seq(SQLite::Database& db);  ///< 0: an empty log.

std::vector<session::SessionRecord> list_sessions(SQLite::Database& db, std::size_t limit, std::uint64_t before_seq);
Result<session::SessionRecord> find_session(SQLite::Database& db, const std::string& id);
Result<session::SessionRecord> find_request(SQLite::Database& db, const std::string& request_id);
Result<std::vector<session::SetRecord>> list_sets(SQLite::Database& db, const std::string& session_id);
std::vector<session::SetRecord> history(SQLite::Database& db, const std::string& member_id, const std::string& program_id,
                                        std::size_t sets_limit);
Result<std::vector<Rom>> load_rom(SQLite::Database& db, const std::string& member_id, const std::string& set_up);
Result<session::SampleBlob> load_samples(SQLite::Database& db, const std::string& session_id, std::uint32_t set_index);
Result<std::vector<session::LogEntry>> read_log(SQLite::Database& db, const std::string& epoch, const session::Cursor& after,
                                                std::size_t limit);
/// Buckets begin at whole multiples of `bucket_s` since 1970 and count what began in them; a session counts where it has a set.
std::vector<session::UsageBucket> usage(SQLite::Database& db, std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s);
std::vector<session::FaultRecord> list_faults(SQLite::Database& db, std::size_t limit, std::uint64_t before_seq);
std::vector<session::FaultRecord> open_faults(SQLite::Database& db);
session::Odometer odometer(SQLite::Database& db);
session::OutOfOrder newest_order(SQLite::Database& db);

}  // namespace sheave::store
