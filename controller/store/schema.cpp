#include "controller/store/schema.hpp"

#include <array>

namespace sheave::store {
namespace {

// `log` is the spine: one row per session change, rep, finished set, proposal and fault, in commit order. AUTOINCREMENT: a seq is
// never used twice, whatever is deleted. What a log row tells of stands in the table of its kind. Unknown values are NULL.
constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL DEFAULT (lower(hex(randomblob(16))))
) STRICT;
INSERT INTO store (id) VALUES (1);

CREATE TABLE log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  session_id TEXT,
  set_index INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE REFERENCES log (seq),
  request_id TEXT UNIQUE,
  program_id TEXT NOT NULL,
  program_hash TEXT NOT NULL,
  member_id TEXT,
  created_unix_ns INTEGER NOT NULL,
  created_synchronized INTEGER NOT NULL,
  finished_unix_ns INTEGER NOT NULL,
  finished_synchronized INTEGER NOT NULL,
  state INTEGER NOT NULL,
  end_note TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_member ON sessions (member_id, program_id) WHERE member_id IS NOT NULL;

CREATE TABLE sets (
  session_id TEXT NOT NULL REFERENCES sessions (id),
  set_index INTEGER NOT NULL,
  seq INTEGER UNIQUE REFERENCES log (seq),  -- NULL until it is finished
  kind INTEGER NOT NULL,
  load_kg REAL NOT NULL,
  axis_mask INTEGER NOT NULL,
  started_unix_ns INTEGER NOT NULL,
  started_synchronized INTEGER NOT NULL,
  duration_s REAL NOT NULL,
  end_reason INTEGER NOT NULL,
  answer_rir INTEGER,
  stop_answer INTEGER NOT NULL,
  samples_lost INTEGER NOT NULL,
  PRIMARY KEY (session_id, set_index)
) STRICT;
CREATE INDEX sets_by_start ON sets (started_unix_ns);

CREATE TABLE set_rom (
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  axis INTEGER NOT NULL,
  start_m REAL,
  end_m REAL,
  PRIMARY KEY (session_id, set_index, axis),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE reps (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  candidate INTEGER NOT NULL,
  rep_index INTEGER NOT NULL,
  axis INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  assisted INTEGER NOT NULL,
  form INTEGER NOT NULL,
  start_ns INTEGER NOT NULL,
  peak_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  start_m REAL,
  peak_m REAL,
  end_m REAL,
  rom_m REAL,
  rom_share REAL,
  concentric_s REAL,
  peak_hold_s REAL,
  eccentric_s REAL,
  bottom_s REAL,
  mean_speed_mps REAL,
  mean_propulsive_speed_mps REAL,
  peak_speed_mps REAL,
  mean_force_n REAL,
  peak_force_n REAL,
  mean_power_w REAL,
  peak_power_w REAL,
  work_j REAL,
  load_commanded_kg REAL,
  load_measured_kg REAL,
  speed_loss REAL,
  longest_pause_s REAL,
  UNIQUE (session_id, set_index, candidate),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT;

-- Append-only: each answer to a proposal is a row of its own, the newest one counts.
CREATE TABLE proposals (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  set_index INTEGER NOT NULL,  -- of the set it was made after; 0: before the first
  stop INTEGER NOT NULL,
  load_kg REAL NOT NULL,
  previous_load_kg REAL,
  next_kind INTEGER NOT NULL,
  rep_goal INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  accepted INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  etag TEXT NOT NULL
) STRICT;
CREATE INDEX proposals_by_set ON proposals (session_id, set_index);

CREATE TABLE evidence (
  proposal_seq INTEGER NOT NULL REFERENCES proposals (seq),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  PRIMARY KEY (proposal_seq, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE samples (
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  rate_hz REAL NOT NULL,
  axis_count INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (session_id, set_index),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT;

CREATE TABLE faults (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  code INTEGER NOT NULL,
  active INTEGER NOT NULL,
  reaction INTEGER NOT NULL,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL,
  session_id TEXT
) STRICT;

CREATE TABLE member_rom (
  member_id TEXT NOT NULL,
  program_id TEXT NOT NULL,
  axis INTEGER NOT NULL,
  start_m REAL,
  end_m REAL,
  PRIMARY KEY (member_id, program_id, axis)
) STRICT, WITHOUT ROWID;

CREATE TABLE odometer (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cable_m REAL NOT NULL DEFAULT 0,
  work_j REAL NOT NULL DEFAULT 0,
  powered_s REAL NOT NULL DEFAULT 0,
  cycles INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO odometer (id) VALUES (1);
)sql";

// Upkeep: what an operator and a technician leave behind.
constexpr std::string_view kVersion2 = R"sql(
CREATE TABLE orders (  -- out of order and back; the newest row is how it stands
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  active INTEGER NOT NULL,
  reason TEXT NOT NULL,
  who TEXT NOT NULL,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL
) STRICT;

CREATE TABLE services (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL,
  part TEXT NOT NULL,
  action INTEGER NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  cable_m REAL NOT NULL,
  work_j REAL NOT NULL,
  powered_s REAL NOT NULL,
  cycles INTEGER NOT NULL
) STRICT;
CREATE TRIGGER services_stay BEFORE UPDATE ON services BEGIN SELECT RAISE(ABORT, 'a service record is never changed'); END;
CREATE TRIGGER services_are_kept BEFORE DELETE ON services BEGIN SELECT RAISE(ABORT, 'a service record is never deleted'); END;

CREATE TABLE settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL DEFAULT 1,
  on_fault INTEGER NOT NULL DEFAULT 1,
  on_out_of_order INTEGER NOT NULL DEFAULT 1,
  on_maintenance INTEGER NOT NULL DEFAULT 1,
  idle_open_hours INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO settings (id) VALUES (1);
CREATE TABLE opening (
  weekday INTEGER PRIMARY KEY,
  open_minute INTEGER NOT NULL,
  close_minute INTEGER NOT NULL
) STRICT;
CREATE TABLE alert_targets (
  position INTEGER PRIMARY KEY,
  channel INTEGER NOT NULL,
  target TEXT NOT NULL
) STRICT;

CREATE TABLE alerts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  alert INTEGER NOT NULL REFERENCES alerts (number),
  channel INTEGER NOT NULL,
  target TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_unix_s INTEGER NOT NULL,
  delivered_unix_s INTEGER NOT NULL DEFAULT 0,
  given_up INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX deliveries_by_alert ON deliveries (alert);
CREATE INDEX deliveries_open ON deliveries (due_unix_s) WHERE delivered_unix_s = 0 AND given_up = 0;
CREATE INDEX faults_by_code ON faults (code, seq);
)sql";

// A self-test is one row, its cables and their readings are theirs.
constexpr std::string_view kVersion3 = R"sql(
CREATE TABLE self_tests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL
) STRICT;

CREATE TABLE self_test_cables (
  test_id INTEGER NOT NULL REFERENCES self_tests (id),
  axis INTEGER NOT NULL,
  bias_percent REAL NOT NULL,
  cv_percent REAL NOT NULL,
  friction_n REAL NOT NULL,
  viscous_nspm REAL NOT NULL,
  moving_mass_kg REAL NOT NULL,
  residual_n REAL NOT NULL,
  friction_cv_percent REAL NOT NULL,
  runs INTEGER NOT NULL,
  PRIMARY KEY (test_id, axis)
) STRICT, WITHOUT ROWID;

CREATE TABLE self_test_readings (
  test_id INTEGER NOT NULL,
  axis INTEGER NOT NULL,
  position INTEGER NOT NULL,
  commanded_n REAL NOT NULL,
  measured_n REAL NOT NULL,
  rising INTEGER NOT NULL,
  PRIMARY KEY (test_id, axis, position),
  FOREIGN KEY (test_id, axis) REFERENCES self_test_cables (test_id, axis)
) STRICT, WITHOUT ROWID;
)sql";

// One-sided work, and workouts: which side a set trained, and how much had been done before it.
constexpr std::string_view kVersion4 = R"sql(
ALTER TABLE sets ADD COLUMN side INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sets ADD COLUMN worked_before INTEGER NOT NULL DEFAULT 0;
)sql";

// Members, and whose a session is: apart from what was trained, so that one can go without the other. Ranges belong to a set-up now, not to
// a program; those of before are measured again.
constexpr std::string_view kVersion5 = R"sql(
CREATE TABLE members (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
  id TEXT NOT NULL UNIQUE,
  alias TEXT NOT NULL,
  created_unix_ns INTEGER NOT NULL,
  created_synchronized INTEGER NOT NULL,
  pin_hash TEXT NOT NULL,
  units INTEGER NOT NULL,
  locale TEXT NOT NULL
) STRICT;
CREATE TABLE member_tags (
  hash TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES members (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE member_set_ups (
  member_id TEXT NOT NULL,
  program_id TEXT NOT NULL,
  notch INTEGER NOT NULL,
  attachment TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (member_id, program_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE owners (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id),
  member_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX owners_by_member ON owners (member_id);
INSERT INTO owners SELECT id, member_id FROM sessions WHERE member_id IS NOT NULL;
DROP INDEX sessions_by_member;
ALTER TABLE sessions DROP COLUMN member_id;
ALTER TABLE sessions ADD COLUMN workout_id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN workout_run TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN workout_position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN workout_size INTEGER NOT NULL DEFAULT 0;
DELETE FROM member_rom;
ALTER TABLE member_rom RENAME COLUMN program_id TO set_up;
)sql";

// The shares of the load over the range that a set's person was given, and the strength test they are from. Where a rep stuck, and how far
// two cables were apart.
constexpr std::string_view kVersion6 = R"sql(
ALTER TABLE sets ADD COLUMN curve_0 REAL;
ALTER TABLE sets ADD COLUMN curve_25 REAL;
ALTER TABLE sets ADD COLUMN curve_50 REAL;
ALTER TABLE sets ADD COLUMN curve_75 REAL;
ALTER TABLE sets ADD COLUMN curve_100 REAL;
ALTER TABLE sets ADD COLUMN curve_test TEXT;
ALTER TABLE sets ADD COLUMN curve_tested_unix_ns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sets ADD COLUMN curve_tested_synchronized INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reps ADD COLUMN sticking_share REAL;
ALTER TABLE reps ADD COLUMN sticking_speed_mps REAL;
ALTER TABLE reps ADD COLUMN side_lead_share REAL;
ALTER TABLE reps ADD COLUMN side_peak_share REAL;
)sql";

// Which machine key the tags and PINs were hashed with; empty: of before, or none yet.
constexpr std::string_view kVersion7 = R"sql(
ALTER TABLE store ADD COLUMN key_check TEXT NOT NULL DEFAULT '';
)sql";

// Live parameters of load profiles that were not as a set's program says.
constexpr std::string_view kVersion8 = R"sql(
CREATE TABLE set_tuned (
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  position INTEGER NOT NULL,
  link INTEGER NOT NULL,
  profile TEXT NOT NULL,
  parameter TEXT NOT NULL,
  value REAL NOT NULL,
  time_s REAL NOT NULL,
  PRIMARY KEY (session_id, set_index, position),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT, WITHOUT ROWID;
)sql";

// Where a set went on with less load.
constexpr std::string_view kVersion9 = R"sql(
CREATE TABLE set_lightened (
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  position INTEGER NOT NULL,
  after_reps INTEGER NOT NULL,
  load_kg REAL NOT NULL,
  time_s REAL NOT NULL,
  by_person INTEGER NOT NULL,
  PRIMARY KEY (session_id, set_index, position),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array kMigrations = {Migration{1, kVersion1}, Migration{2, kVersion2}, Migration{3, kVersion3},
                                    Migration{4, kVersion4}, Migration{5, kVersion5}, Migration{6, kVersion6},
                                    Migration{7, kVersion7}, Migration{8, kVersion8}, Migration{9, kVersion9}};

}  // namespace

std::span<const Migration> migrations() noexcept { return kMigrations; }

}  // namespace sheave::store
