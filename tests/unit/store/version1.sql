-- A file of schema version 1 as its first release left it. Never regenerated.
PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1399350646;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE evidence (
  proposal_seq INTEGER NOT NULL REFERENCES proposals (seq),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  PRIMARY KEY (proposal_seq, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "evidence" VALUES(5,0,'reps',8.0);
CREATE TABLE faults (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  code INTEGER NOT NULL,
  active INTEGER NOT NULL,
  reaction INTEGER NOT NULL,
  at_unix_ns INTEGER NOT NULL,
  at_synchronized INTEGER NOT NULL,
  session_id TEXT
) STRICT;
INSERT INTO "faults" VALUES(3,101,1,1,1800000000000000000,1,'s1');
CREATE TABLE log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  session_id TEXT,
  set_index INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "log" VALUES(1,0,'s1',0);
INSERT INTO "log" VALUES(2,1,'s1',1);
INSERT INTO "log" VALUES(3,4,'s1',0);
INSERT INTO "log" VALUES(4,2,'s1',1);
INSERT INTO "log" VALUES(5,3,'s1',1);
CREATE TABLE member_rom (
  member_id TEXT NOT NULL,
  program_id TEXT NOT NULL,
  axis INTEGER NOT NULL,
  start_m REAL,
  end_m REAL,
  PRIMARY KEY (member_id, program_id, axis)
) STRICT, WITHOUT ROWID;
INSERT INTO "member_rom" VALUES('ann','cable-row',0,0.31,0.94);
CREATE TABLE odometer (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cable_m REAL NOT NULL DEFAULT 0,
  work_j REAL NOT NULL DEFAULT 0,
  powered_s REAL NOT NULL DEFAULT 0,
  cycles INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "odometer" VALUES(1,1.25,0.0,0.0,1);
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
INSERT INTO "proposals" VALUES(5,'s1',1,0,42.0,40.0,1,0,'TOP_OF_RANGE_REACHED','8 reps.',-1.0,1,0,'a');
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
INSERT INTO "reps" VALUES(2,'s1',1,1,1,2,1,0,0,1,2,3,NULL,NULL,NULL,0.62,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,240.0,NULL,NULL,NULL,NULL);
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
INSERT INTO "samples" VALUES('s1',1,100.0,1,0,X'0001');
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
INSERT INTO "sessions" VALUES('s1',1,'r1','cable-row','5f2c','ann',1800000000000000000,1,1800000300000000000,1,4,'');
CREATE TABLE set_rom (
  session_id TEXT NOT NULL,
  set_index INTEGER NOT NULL,
  axis INTEGER NOT NULL,
  start_m REAL,
  end_m REAL,
  PRIMARY KEY (session_id, set_index, axis),
  FOREIGN KEY (session_id, set_index) REFERENCES sets (session_id, set_index)
) STRICT, WITHOUT ROWID;
INSERT INTO "set_rom" VALUES('s1',1,0,0.31,0.94);
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
INSERT INTO "sets" VALUES('s1',1,4,1,40.0,1,1800000000000000000,1,33.5,1,NULL,0,0);
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL DEFAULT (lower(hex(randomblob(16))))
) STRICT;
INSERT INTO "store" VALUES(1,'0123456789abcdef0123456789abcdef');
CREATE INDEX sessions_by_member ON sessions (member_id, program_id) WHERE member_id IS NOT NULL;
CREATE INDEX sets_by_start ON sets (started_unix_ns);
CREATE INDEX proposals_by_set ON proposals (session_id, set_index);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('log',5);
COMMIT;
