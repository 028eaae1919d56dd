#pragma once
// One function per write of the Journal. Each runs inside the caller's transaction and returns the entry's place in the log, or 0 where
// the log tells nothing of it. Giving the same record again is no error: the session repeats what it got no answer for.
//
// All [store]. Throw SQLite::Exception: SQLITE_CONSTRAINT where the record does not fit what is stored, anything else where the
// disk or the file failed. The caller rolls back.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/session/journal.hpp"

namespace sheave::store {

using Seq = std::uint64_t;

Seq put_session(SQLite::Database& db, const session::SessionRecord& session);
Seq put_owner(SQLite::Database& db, const std::string& session_id, const std::string& member_id);
Seq begin_set(SQLite::Database& db, const session::SetRecord& set);
/// A rep of the same set and candidate that began at the same instant is the same rep: answered with its first place.
Seq add_rep(SQLite::Database& db, const std::string& session_id, std::uint32_t set_index, const Rep& rep);
/// A set is finished once: what comes later does not change it.
Seq finish_set(SQLite::Database& db, const session::SetRecord& set);
Seq put_proposal(SQLite::Database& db, const session::SetRecord& set);  ///< @pre set.proposal
Seq put_answers(SQLite::Database& db, const session::SetRecord& set);
Seq put_samples(SQLite::Database& db, const session::SampleBlob& blob);
Seq add_fault(SQLite::Database& db, const session::FaultRecord& fault);
Seq add_odometer(SQLite::Database& db, const session::Odometer& delta);
/// A guest's range is not kept.
Seq put_rom(SQLite::Database& db, const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom);
Seq put_order(SQLite::Database& db, const session::OutOfOrder& order);

}  // namespace sheave::store
