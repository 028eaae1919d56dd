#include "controller/store/writes.hpp"

#include <sqlite3.h>

#include <optional>

#include "controller/store/rows.hpp"

namespace sheave::store {
namespace {

using Kind = session::LogEntry::Kind;

Seq append_log(SQLite::Database& db, Kind kind, const std::string& session_id, std::uint32_t set_index) {
  SQLite::Statement insert(db, "INSERT INTO log (kind, session_id, set_index) VALUES (?, ?, ?)");
  Binder(insert).integer(kind).text_or_null(session_id).integer(set_index);
  insert.exec();
  return static_cast<Seq>(db.getLastInsertRowid());
}

/// A record that contradicts what is stored: answered like a constraint of the schema.
[[noreturn]] void reject(const std::string& message) { throw SQLite::Exception(message, SQLITE_CONSTRAINT); }

std::string name_of(const session::SetRecord& set) { return "set " + std::to_string(set.index) + " of session " + set.session_id; }

/// A row for each part of a set. @param insert takes session, set and position, then what `bind` binds of a part.
template <typename Part, typename Bind>
void put_parts(SQLite::Statement insert, const session::SetRecord& set, const std::vector<Part>& parts, Bind bind) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Binder binder(insert);
    binder.text(set.session_id).integer(set.index).integer(i);
    bind(binder, parts[i]);
    insert.exec();
    insert.reset();
  }
}

void put_set_rom(SQLite::Database& db, const session::SetRecord& set) {
  put_parts({db, "INSERT OR REPLACE INTO set_rom (session_id, set_index, axis, start_m, end_m) VALUES (?, ?, ?, ?, ?)"}, set, set.rom,
            [](Binder& binder, const Rom& rom) { binder.real(rom.start_m).real(rom.end_m); });
}

void put_set_tuned(SQLite::Database& db, const session::SetRecord& set) {
  put_parts({db,
             "INSERT OR REPLACE INTO set_tuned (session_id, set_index, position, link, profile, parameter, value, time_s) "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
            set, set.tuned, [](Binder& binder, const session::TunedParam& param) {
              binder.integer(param.link).text(param.profile).text(param.parameter).real(param.value).real(param.time_s);
            });
}

void put_set_lightened(SQLite::Database& db, const session::SetRecord& set) {
  put_parts({db,
             "INSERT OR REPLACE INTO set_lightened (session_id, set_index, position, after_reps, load_kg, time_s, by_person) "
             "VALUES (?, ?, ?, ?, ?, ?, ?)"},
            set, set.lightened, [](Binder& binder, const session::Lightening& less) {
              binder.integer(less.after_reps).real(less.load_kg).real(less.time_s).integer(less.by_person);
            });
}

}  // namespace

Seq put_session(SQLite::Database& db, const session::SessionRecord& session) {
  const Seq seq = append_log(db, Kind::kSession, session.id, 0);
  SQLite::Statement known(db, "SELECT 1 FROM sessions WHERE id = ?");
  Binder(known).text(session.id);
  const bool is_new = !known.executeStep();
  // `seq` keeps the first entry's value: lists are paged by it.
  SQLite::Statement upsert(db,
                           "INSERT INTO sessions (seq, id, request_id, program_id, program_hash, created_unix_ns, "
                           "created_synchronized, finished_unix_ns, finished_synchronized, state, end_note, workout_id, workout_run, "
                           "workout_position, workout_size) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                           "program_id = excluded.program_id, program_hash = excluded.program_hash, "
                           "finished_unix_ns = excluded.finished_unix_ns, finished_synchronized = excluded.finished_synchronized, "
                           "state = excluded.state, end_note = excluded.end_note");
  Binder(upsert)
      .integer(seq)
      .text(session.id)
      .text_or_null(session.request_id)
      .text(session.program_id)
      .text(session.program_toml_hash)
      .wall(session.created)
      .wall(session.finished)
      .integer(session.state)
      .text(session.end_note)
      .text(session.workout_id)
      .text(session.workout_run)
      .integer(session.workout_position)
      .integer(session.workout_size);
  upsert.exec();
  if (is_new && !session.member_id.empty()) put_owner(db, session.id, session.member_id);
  return seq;
}

Seq put_owner(SQLite::Database& db, const std::string& session_id, const std::string& member_id) {
  SQLite::Statement clear(db, "DELETE FROM owners WHERE session_id = ?");
  Binder(clear).text(session_id);
  clear.exec();
  SQLite::Statement known(db, "SELECT 1 FROM sessions WHERE id = ?");
  Binder(known).text(session_id);
  if (!known.executeStep()) reject("there is no session " + session_id);
  if (member_id.empty()) return 0;
  SQLite::Statement insert(db, "INSERT INTO owners (session_id, member_id) VALUES (?, ?)");
  Binder(insert).text(session_id).text(member_id);
  insert.exec();
  return 0;
}

Seq begin_set(SQLite::Database& db, const session::SetRecord& set) {
  SQLite::Statement insert(
      db,
      "INSERT INTO sets (session_id, set_index, kind, load_kg, axis_mask, started_unix_ns, started_synchronized, "
      "side, worked_before, curve_0, curve_25, curve_50, curve_75, curve_100, curve_test, curve_tested_unix_ns, curve_tested_synchronized, "
      "duration_s, end_reason, stop_answer, samples_lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0) "
      "ON CONFLICT (session_id, set_index) DO NOTHING");
  Binder binder(insert);
  binder.text(set.session_id)
      .integer(set.index)
      .integer(set.kind)
      .real(set.load_kg)
      .integer(set.axis_mask)
      .wall(set.started)
      .integer(set.side)
      .integer(set.worked_before);
  bind_curve(binder, set.curve);
  if (insert.exec() == 0) {
    SQLite::Statement same(db, "SELECT 1 FROM sets WHERE session_id = ? AND set_index = ? AND load_kg = ? AND started_unix_ns = ?");
    Binder(same).text(set.session_id).integer(set.index).real(set.load_kg).integer(set.started.unix_ns);
    if (!same.executeStep()) reject(name_of(set) + " is stored already, with other values");
  }
  put_set_rom(db, set);
  put_set_tuned(db, set);
  return 0;
}

Seq add_rep(SQLite::Database& db, const std::string& session_id, std::uint32_t set_index, const Rep& rep) {
  SQLite::Statement stored(db, "SELECT seq, start_ns FROM reps WHERE session_id = ? AND set_index = ? AND candidate = ?");
  Binder(stored).text(session_id).integer(set_index).integer(rep.candidate);
  if (stored.executeStep()) {
    if (stored.getColumn(1).getInt64() == rep.start_ns) return static_cast<Seq>(stored.getColumn(0).getInt64());
    reject("movement " + std::to_string(rep.candidate) + " of set " + std::to_string(set_index) + " of session " + session_id +
           " is stored already, and is another one");
  }
  const Seq seq = append_log(db, Kind::kRep, session_id, set_index);
  std::string sql = "INSERT INTO reps (seq, session_id, set_index, " + rep_columns() + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
  for (std::size_t i = 0; i < kRepColumns.size(); ++i) sql += ", ?";
  SQLite::Statement insert(db, sql + ")");
  Binder binder(insert);
  binder.integer(seq).text(session_id).integer(set_index);
  bind_rep(binder, rep);
  insert.exec();
  return seq;
}

Seq finish_set(SQLite::Database& db, const session::SetRecord& set) {
  SQLite::Statement stored(db, "SELECT seq FROM sets WHERE session_id = ? AND set_index = ?");
  Binder(stored).text(set.session_id).integer(set.index);
  if (!stored.executeStep()) reject(name_of(set) + " was never begun");
  if (!stored.getColumn(0).isNull()) return static_cast<Seq>(stored.getColumn(0).getInt64());

  const Seq seq = append_log(db, Kind::kSet, set.session_id, set.index);
  SQLite::Statement update(db,
                           "UPDATE sets SET seq = ?, duration_s = ?, end_reason = ?, answer_rir = ?, stop_answer = ?, samples_lost = ? "
                           "WHERE session_id = ? AND set_index = ?");
  Binder binder(update);
  binder.integer(seq).real(set.duration_s).integer(set.end);
  set.answer_rir ? binder.integer(*set.answer_rir) : binder.null();
  binder.integer(set.stop_answer).integer(set.samples_lost).text(set.session_id).integer(set.index);
  update.exec();
  put_set_rom(db, set);
  put_set_tuned(db, set);
  put_set_lightened(db, set);
  return seq;
}

Seq put_proposal(SQLite::Database& db, const session::SetRecord& set) {
  const session::Proposal& proposal = set.proposal.value();
  const Seq seq = append_log(db, Kind::kProposal, set.session_id, set.index);
  SQLite::Statement insert(db, std::string("INSERT INTO proposals (session_id, set_index, ") + kProposalColumns +
                                   ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder(insert)
      .text(set.session_id)
      .integer(set.index)
      .integer(seq)
      .integer(proposal.stop)
      .real(proposal.load_kg)
      .real(proposal.previous_load_kg)
      .integer(proposal.next_kind)
      .integer(proposal.rep_goal)
      .text(proposal.reason)
      .text(proposal.text)
      .real(proposal.confidence)
      .integer(proposal.accepted)
      .integer(proposal.changed)
      .text(proposal.etag);
  insert.exec();
  SQLite::Statement evidence(db, "INSERT INTO evidence (proposal_seq, position, name, value) VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < proposal.evidence.size(); ++i) {
    Binder(evidence).integer(seq).integer(i).text(proposal.evidence[i].name).real(proposal.evidence[i].value);
    evidence.exec();
    evidence.reset();
  }
  return seq;
}

Seq put_answers(SQLite::Database& db, const session::SetRecord& set) {
  SQLite::Statement update(db, "UPDATE sets SET answer_rir = ?, stop_answer = ? WHERE session_id = ? AND set_index = ?");
  Binder binder(update);
  set.answer_rir ? binder.integer(*set.answer_rir) : binder.null();
  binder.integer(set.stop_answer).text(set.session_id).integer(set.index);
  if (update.exec() == 0) reject(name_of(set) + " was never begun");
  return 0;
}

Seq put_samples(SQLite::Database& db, const session::SampleBlob& blob) {
  SQLite::Statement insert(
      db, "INSERT OR REPLACE INTO samples (session_id, set_index, rate_hz, axis_count, lost, bytes) VALUES (?, ?, ?, ?, ?, ?)");
  Binder(insert).text(blob.session_id).integer(blob.set_index).real(blob.rate_hz).integer(blob.axis_count).integer(blob.lost);
  insert.bindNoCopy(6, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
  insert.exec();
  return 0;
}

Seq add_fault(SQLite::Database& db, const session::FaultRecord& fault) {
  const Seq seq = append_log(db, Kind::kFault, fault.session_id, 0);
  SQLite::Statement insert(db, std::string("INSERT INTO faults (") + kFaultColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?)");
  Binder(insert)
      .integer(seq)
      .integer(fault.code)
      .integer(fault.active)
      .integer(fault.reaction)
      .wall(fault.at)
      .text_or_null(fault.session_id);
  insert.exec();
  return seq;
}

Seq add_odometer(SQLite::Database& db, const session::Odometer& delta) {
  SQLite::Statement update(
      db, "UPDATE odometer SET cable_m = cable_m + ?, work_j = work_j + ?, powered_s = powered_s + ?, cycles = cycles + ?");
  Binder(update).real(delta.cable_m).real(delta.work_j).real(delta.powered_s).integer(delta.cycles);
  update.exec();
  return 0;
}

Seq put_rom(SQLite::Database& db, const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom) {
  if (member_id.empty()) return 0;
  SQLite::Statement clear(db, "DELETE FROM member_rom WHERE member_id = ? AND set_up = ?");
  Binder(clear).text(member_id).text(set_up);
  clear.exec();
  SQLite::Statement insert(db, "INSERT INTO member_rom (member_id, set_up, axis, start_m, end_m) VALUES (?, ?, ?, ?, ?)");
  for (std::size_t axis = 0; axis < rom.size(); ++axis) {
    Binder(insert).text(member_id).text(set_up).integer(axis).real(rom[axis].start_m).real(rom[axis].end_m);
    insert.exec();
    insert.reset();
  }
  return 0;
}

Seq put_order(SQLite::Database& db, const session::OutOfOrder& order) {
  SQLite::Statement insert(db, std::string("INSERT INTO orders (") + kOrderColumns + ") VALUES (?, ?, ?, ?, ?)");
  Binder(insert).integer(order.active).text(order.reason).text(order.who).wall(order.since);
  insert.exec();
  return 0;
}

}  // namespace sheave::store
