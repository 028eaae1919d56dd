#include "controller/store/reads.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "controller/store/rows.hpp"

namespace sheave::store {
namespace {

Status not_found(std::string reason, std::string message) {
  return Status::error(StatusCode::kNotFound, std::move(reason), std::move(message));
}

Status no_session(const std::string& id) {
  return not_found("SESSION_NOT_FOUND", "No session " + id + " is stored here. List the sessions to see which are.");
}

/// For "seq < ?": 0 means from the newest.
std::int64_t upper_seq(std::uint64_t before_seq) {
  return before_seq == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(before_seq);
}

std::optional<session::SessionRecord> session_where(SQLite::Database& db, const std::string& column, const std::string& value) {
  SQLite::Statement query(db, std::string("SELECT ") + kSessionColumns + " FROM sessions WHERE " + column + " = ?");
  Binder(query).text(value);
  if (!query.executeStep()) return std::nullopt;
  Reader row(query);
  return read_session(row);
}

std::vector<Rep> reps_of(SQLite::Database& db, const session::SetRecord& set) {
  static const std::string sql = "SELECT " + rep_columns() + " FROM reps WHERE session_id = ? AND set_index = ? ORDER BY candidate";
  SQLite::Statement query(db, sql);
  Binder(query).text(set.session_id).integer(set.index);
  std::vector<Rep> reps;
  while (query.executeStep()) {
    Reader row(query);
    reps.push_back(read_rep(row));
  }
  return reps;
}

std::vector<Rom> read_rom(SQLite::Statement& query) {
  std::vector<Rom> rom;
  while (query.executeStep()) {
    Reader row(query);
    Rom& axis = rom.emplace_back();
    axis.start_m = row.real();
    axis.end_m = row.real();
  }
  return rom;
}

std::vector<Rom> rom_of(SQLite::Database& db, const session::SetRecord& set) {
  SQLite::Statement query(db, "SELECT start_m, end_m FROM set_rom WHERE session_id = ? AND set_index = ? ORDER BY axis");
  Binder(query).text(set.session_id).integer(set.index);
  return read_rom(query);
}

/// The parts of a set, by their position. @param query takes session and set; `read` takes a row.
template <typename Read>
auto parts_of(SQLite::Statement query, const session::SetRecord& set, Read read) {
  Binder(query).text(set.session_id).integer(set.index);
  std::vector<std::invoke_result_t<Read, Reader&>> parts;
  while (query.executeStep()) {
    Reader row(query);
    parts.push_back(read(row));
  }
  return parts;
}

std::vector<session::TunedParam> tuned_of(SQLite::Database& db, const session::SetRecord& set) {
  constexpr const char* kTuned =
      "SELECT link, profile, parameter, value, time_s FROM set_tuned WHERE session_id = ? AND set_index = ? ORDER BY position";
  return parts_of({db, kTuned}, set, [](Reader& row) {
    session::TunedParam param;
    param.link = row.integer<std::uint32_t>();
    param.profile = row.text();
    param.parameter = row.text();
    param.value = row.real();
    param.time_s = row.real();
    return param;
  });
}

std::vector<session::Lightening> lightened_of(SQLite::Database& db, const session::SetRecord& set) {
  constexpr const char* kLightened =
      "SELECT after_reps, load_kg, time_s, by_person FROM set_lightened WHERE session_id = ? AND set_index = ? ORDER BY position";
  return parts_of({db, kLightened}, set, [](Reader& row) {
    session::Lightening less;
    less.after_reps = row.integer<std::uint32_t>();
    less.load_kg = row.real();
    less.time_s = row.real();
    less.by_person = row.integer<int>() != 0;
    return less;
  });
}

/// The first proposal of `query`, which selects kProposalColumns.
std::optional<session::Proposal> proposal_of(SQLite::Database& db, SQLite::Statement& query) {
  if (!query.executeStep()) return std::nullopt;
  Reader row(query);
  std::int64_t seq = 0;
  session::Proposal proposal = read_proposal(row, seq);
  SQLite::Statement evidence(db, "SELECT name, value FROM evidence WHERE proposal_seq = ? ORDER BY position");
  evidence.bind(1, seq);
  while (evidence.executeStep()) {
    Reader item(evidence);
    std::string name = item.text();
    proposal.evidence.push_back({std::move(name), item.real()});
  }
  return proposal;
}

std::optional<session::Proposal> newest_proposal(SQLite::Database& db, const session::SetRecord& set) {
  SQLite::Statement query(
      db, std::string("SELECT ") + kProposalColumns + " FROM proposals WHERE session_id = ? AND set_index = ? ORDER BY seq DESC LIMIT 1");
  Binder(query).text(set.session_id).integer(set.index);
  return proposal_of(db, query);
}

/// The sets of `query`, which selects kSetColumns, without reps.
std::vector<session::SetRecord> sets_of(SQLite::Database& db, SQLite::Statement& query) {
  std::vector<session::SetRecord> sets;
  while (query.executeStep()) {
    Reader row(query);
    session::SetRecord& set = sets.emplace_back(read_set(row));
    set.rom = rom_of(db, set);
    set.tuned = tuned_of(db, set);
    set.lightened = lightened_of(db, set);
    set.proposal = newest_proposal(db, set);
  }
  return sets;
}

std::vector<session::SetRecord> with_reps(SQLite::Database& db, std::vector<session::SetRecord> sets) {
  for (session::SetRecord& set : sets) set.reps = reps_of(db, set);
  return sets;
}

/// Fills in what a log entry of its kind tells of.
void fill_entry(SQLite::Database& db, session::LogEntry& entry) {
  using Kind = session::LogEntry::Kind;
  const auto by_seq = [&](const std::string& columns, const char* table) {
    SQLite::Statement query(db, "SELECT " + columns + " FROM " + table + " WHERE seq = ?");
    Binder(query).integer(entry.seq);
    return query;
  };
  switch (entry.kind) {
    case Kind::kSession: {
      if (auto session = session_where(db, "id", entry.session_id)) entry.session = *std::move(session);
      break;
    }
    case Kind::kRep: {
      SQLite::Statement query = by_seq(rep_columns(), "reps");
      Reader row(query);
      if (query.executeStep()) entry.rep = read_rep(row);
      break;
    }
    case Kind::kSet: {
      SQLite::Statement query = by_seq(kSetColumns, "sets s");
      std::vector<session::SetRecord> sets = sets_of(db, query);
      if (!sets.empty()) entry.set = std::move(sets.front());
      break;
    }
    case Kind::kProposal: {
      SQLite::Statement query = by_seq(kProposalColumns, "proposals");
      entry.set.session_id = entry.session_id;
      entry.set.index = entry.set_index;
      entry.set.proposal = proposal_of(db, query);
      break;
    }
    case Kind::kFault: {
      SQLite::Statement query = by_seq(kFaultColumns, "faults");
      Reader row(query);
      if (query.executeStep()) entry.fault = read_fault(row);
      break;
    }
  }
}

}  // namespace

std::uint64_t newest_seq(SQLite::Database& db) {
  return static_cast<std::uint64_t>(db.execAndGet("SELECT COALESCE(MAX(seq), 0) FROM log").getInt64());
}

std::vector<session::SessionRecord> list_sessions(SQLite::Database& db, std::size_t limit, std::uint64_t before_seq) {
  SQLite::Statement query(db, std::string("SELECT ") + kSessionColumns + " FROM sessions WHERE seq < ? ORDER BY seq DESC LIMIT ?");
  Binder(query).integer(upper_seq(before_seq)).integer(limit);
  std::vector<session::SessionRecord> sessions;
  while (query.executeStep()) {
    Reader row(query);
    sessions.push_back(read_session(row));
  }
  return sessions;
}

Result<session::SessionRecord> find_session(SQLite::Database& db, const std::string& id) {
  if (auto session = session_where(db, "id", id)) return *std::move(session);
  return no_session(id);
}

Result<session::SessionRecord> find_request(SQLite::Database& db, const std::string& request_id) {
  if (auto session = session_where(db, "request_id", request_id)) return *std::move(session);
  return not_found("REQUEST_NOT_FOUND", "No session was made with request_id " + request_id + ".");
}

Result<std::vector<session::SetRecord>> list_sets(SQLite::Database& db, const std::string& session_id) {
  if (!session_where(db, "id", session_id)) return no_session(session_id);
  SQLite::Statement query(db, std::string("SELECT ") + kSetColumns + " FROM sets s WHERE s.session_id = ? ORDER BY s.set_index");
  Binder(query).text(session_id);
  return with_reps(db, sets_of(db, query));
}

std::vector<session::SetRecord> history(SQLite::Database& db, const std::string& member_id, const std::string& program_id,
                                        std::size_t sets_limit) {
  if (member_id.empty()) return {};
  SQLite::Statement query(db, std::string("SELECT ") + kSetColumns +
                                  " FROM sets s JOIN sessions ON sessions.id = s.session_id JOIN owners o ON o.session_id = s.session_id "
                                  "WHERE o.member_id = ? AND sessions.program_id = ? AND s.seq IS NOT NULL "
                                  "ORDER BY s.seq DESC LIMIT ?");
  Binder(query).text(member_id).text(program_id).integer(sets_limit);
  return with_reps(db, sets_of(db, query));
}

Result<std::vector<Rom>> load_rom(SQLite::Database& db, const std::string& member_id, const std::string& set_up) {
  SQLite::Statement query(db, "SELECT start_m, end_m FROM member_rom WHERE member_id = ? AND set_up = ? ORDER BY axis");
  Binder(query).text(member_id).text(set_up);
  std::vector<Rom> rom = read_rom(query);
  if (rom.empty()) return not_found("ROM_NOT_FOUND", "No range of motion is stored for the set-up " + set_up + ". Calibrate it.");
  return rom;
}

Result<session::SampleBlob> load_samples(SQLite::Database& db, const std::string& session_id, std::uint32_t set_index) {
  SQLite::Statement query(db, "SELECT rate_hz, axis_count, lost, bytes FROM samples WHERE session_id = ? AND set_index = ?");
  Binder(query).text(session_id).integer(set_index);
  if (!query.executeStep()) {
    return not_found("SAMPLES_NOT_FOUND", "No samples are stored of set " + std::to_string(set_index) + " of session " + session_id + ".");
  }
  Reader row(query);
  session::SampleBlob blob;
  blob.session_id = session_id;
  blob.set_index = set_index;
  blob.rate_hz = row.real();
  blob.axis_count = row.integer<std::uint32_t>();
  blob.lost = row.integer<std::uint64_t>();
  const SQLite::Column bytes = query.getColumn(3);
  const auto* begin = static_cast<const std::uint8_t*>(bytes.getBlob());
  if (begin != nullptr) blob.bytes.assign(begin, begin + bytes.getBytes());
  return blob;
}

Result<std::vector<session::LogEntry>> read_log(SQLite::Database& db, const std::string& epoch, const session::Cursor& after,
                                                std::size_t limit) {
  // A place beyond the end is of another file too: a backup from before it was restored.
  if (after.epoch != epoch || after.seq > newest_seq(db)) {
    return Status::error(StatusCode::kOutOfRange, "CURSOR_EXPIRED",
                         "The cursor is of another database file than the one in use. Begin again without a cursor.");
  }
  SQLite::Statement query(db, "SELECT seq, kind, session_id, set_index FROM log WHERE seq > ? ORDER BY seq LIMIT ?");
  Binder(query).integer(after.seq).integer(limit);
  std::vector<session::LogEntry> entries;
  while (query.executeStep()) {
    Reader row(query);
    session::LogEntry& entry = entries.emplace_back();
    entry.seq = row.integer<std::uint64_t>();
    entry.kind = row.integer<session::LogEntry::Kind>();
    entry.session_id = row.text();
    entry.set_index = row.integer<std::uint32_t>();
    fill_entry(db, entry);
  }
  return entries;
}

std::vector<session::UsageBucket> usage(SQLite::Database& db, std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s) {
  bucket_s = std::max<std::int64_t>(bucket_s, 1);
  // Reps are summed per set first: joined directly, a set's duration would count once per rep.
  SQLite::Statement query(
      db, std::string("SELECT start_s, program_id, COUNT(DISTINCT session_id), COUNT(*), TOTAL(reps), TOTAL(volume_kg), TOTAL(work_j), "
                      "TOTAL(duration_s) FROM (SELECT s.started_unix_ns / 1000000000 / ?1 * ?1 AS start_s, sessions.program_id, "
                      "s.session_id, s.duration_s, ") +
              kRepSums +
              " FROM sets s JOIN sessions ON sessions.id = s.session_id "
              "WHERE s.started_unix_ns >= ?2 * 1000000000 AND s.started_unix_ns < ?3 * 1000000000) "
              "GROUP BY start_s, program_id ORDER BY start_s, program_id");
  Binder(query).integer(bucket_s).integer(from_unix_s).integer(to_unix_s);
  std::vector<session::UsageBucket> buckets;
  while (query.executeStep()) {
    Reader row(query);
    session::UsageBucket& bucket = buckets.emplace_back();
    bucket.start_unix_s = row.integer<std::int64_t>();
    bucket.seconds = bucket_s;
    bucket.program_id = row.text();
    bucket.sessions = row.integer<std::uint64_t>();
    bucket.sets = row.integer<std::uint64_t>();
    bucket.reps = row.integer<std::uint64_t>();
    bucket.volume_kg = row.real();
    bucket.work_j = row.real();
    bucket.active_s = row.real();
  }
  return buckets;
}

std::vector<session::FaultRecord> list_faults(SQLite::Database& db, std::size_t limit, std::uint64_t before_seq) {
  SQLite::Statement query(db, std::string("SELECT ") + kFaultColumns + " FROM faults WHERE seq < ? ORDER BY seq DESC LIMIT ?");
  Binder(query).integer(upper_seq(before_seq)).integer(limit);
  std::vector<session::FaultRecord> faults;
  while (query.executeStep()) {
    Reader row(query);
    faults.push_back(read_fault(row));
  }
  return faults;
}

std::vector<session::FaultRecord> open_faults(SQLite::Database& db) {
  SQLite::Statement query(db, std::string("SELECT ") + kFaultColumns +
                                  " FROM faults WHERE active = 1 AND seq IN (SELECT MAX(seq) FROM faults GROUP BY code) ORDER BY seq");
  return read_all(query, read_fault);
}

session::Odometer odometer(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT cable_m, work_j, powered_s, cycles FROM odometer");
  query.executeStep();
  Reader row(query);
  session::Odometer total;
  total.cable_m = row.real();
  total.work_j = row.real();
  total.powered_s = row.real();
  total.cycles = row.integer<std::uint64_t>();
  return total;
}

session::OutOfOrder newest_order(SQLite::Database& db) {
  SQLite::Statement query(db, std::string("SELECT ") + kOrderColumns + " FROM orders ORDER BY number DESC LIMIT 1");
  if (!query.executeStep()) return {};
  Reader row(query);
  return read_order(row);
}

}  // namespace sheave::store
