CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES task,
  batch_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tag', 'shape', 'track')),
  frame INTEGER NOT NULL,
  label_id INTEGER NOT NULL,
  type TEXT,
  group_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  occluded INTEGER NOT NULL,
  z_order INTEGER NOT NULL,
  rotation REAL NOT NULL,
  score REAL,
  points BLOB,
  attributes TEXT NOT NULL,
  elements TEXT,
  facts INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  server_id INTEGER
) STRICT;

CREATE INDEX annotation_frame ON annotation (task_id, frame, batch_id, label_id, facts);

CREATE INDEX annotation_track ON annotation (task_id, frame) WHERE kind = 'track';

CREATE TABLE attribute (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label_id INTEGER NOT NULL REFERENCES label ON DELETE CASCADE,
  name TEXT NOT NULL,
  input_type TEXT NOT NULL,
  mutable INTEGER NOT NULL,
  default_value TEXT NOT NULL,
  "values" TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_id INTEGER
) STRICT;

CREATE INDEX attribute_label ON attribute (label_id);

CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  request_id INTEGER,
  state TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL
, parent_id INTEGER) STRICT;

CREATE INDEX batch_parent ON batch (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX batch_task ON batch (task_id, state);

CREATE TABLE comment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issue_id INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  message TEXT NOT NULL,
  server_id INTEGER,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL
) STRICT;

CREATE INDEX comment_issue ON comment (issue_id);

CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  seen TEXT
) STRICT;

CREATE TABLE frame (
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  source INTEGER NOT NULL,
  entry TEXT NOT NULL,
  entry_offset INTEGER,
  size_bytes INTEGER,
  mtime_ms REAL,
  width INTEGER,
  height INTEGER,
  orientation INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'pending',
  deleted INTEGER NOT NULL DEFAULT 0,
  fingerprint TEXT,
  problem TEXT, checked INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX frame_checked ON frame (task_id, number) WHERE checked = 1;

CREATE INDEX frame_deleted ON frame (task_id, number) WHERE deleted = 1;

CREATE INDEX frame_pending ON frame (task_id, number) WHERE status = 'pending';

CREATE INDEX frame_problem ON frame (task_id, number) WHERE problem IS NOT NULL;

CREATE INDEX frame_turned ON frame (task_id) WHERE orientation > 1;

CREATE TABLE issue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  position BLOB NOT NULL,
  resolved INTEGER NOT NULL DEFAULT 0,
  server_id INTEGER,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL
) STRICT;

CREATE INDEX issue_frame ON issue (task_id, frame);

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  start_frame INTEGER NOT NULL,
  stop_frame INTEGER NOT NULL,
  stage TEXT NOT NULL,
  state TEXT NOT NULL,
  server_id INTEGER,
  updated_date TEXT NOT NULL
) STRICT;

CREATE INDEX job_task ON job (task_id, state);

CREATE TABLE keyframe (
  annotation_id INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  points BLOB NOT NULL,
  rotation REAL NOT NULL,
  occluded INTEGER NOT NULL,
  outside INTEGER NOT NULL,
  z_order INTEGER NOT NULL,
  attributes TEXT NOT NULL, elements TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (annotation_id, frame)
) STRICT, WITHOUT ROWID;

CREATE INDEX keyframe_outside ON keyframe (annotation_id, frame) WHERE outside = 1;

CREATE TABLE label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER REFERENCES project ON DELETE CASCADE,
  task_id INTEGER REFERENCES task ON DELETE CASCADE,
  parent_id INTEGER REFERENCES label ON DELETE CASCADE,
  name TEXT NOT NULL,
  color TEXT NOT NULL,
  type TEXT NOT NULL,
  svg TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_id INTEGER,
  CHECK ((project_id IS NULL) <> (task_id IS NULL))
) STRICT;

CREATE INDEX label_parent ON label (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX label_project ON label (project_id) WHERE project_id IS NOT NULL;

CREATE INDEX label_task ON label (task_id) WHERE task_id IS NOT NULL;

CREATE TABLE media_source (
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (task_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE network_entry (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  what TEXT NOT NULL,
  sent_bytes INTEGER NOT NULL,
  received_bytes INTEGER NOT NULL,
  status INTEGER,
  took_ms REAL NOT NULL,
  problem TEXT NOT NULL
) STRICT;

CREATE TABLE prediction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES prediction_run ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  label_id INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  type TEXT,
  score REAL,
  group_id INTEGER NOT NULL,
  rotation REAL NOT NULL,
  points BLOB,
  attributes TEXT NOT NULL,
  elements TEXT
) STRICT;

CREATE INDEX prediction_frame ON prediction (task_id, frame, decision, label_id, score);

CREATE INDEX prediction_of_run ON prediction (run_id);

CREATE TABLE prediction_acceptance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  client_step_id TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX prediction_acceptance_step ON prediction_acceptance (task_id, client_step_id);

CREATE TABLE prediction_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  request_id INTEGER,
  function_id TEXT NOT NULL,
  staged INTEGER NOT NULL,
  frames TEXT NOT NULL,
  done_through INTEGER NOT NULL DEFAULT -1,
  facts TEXT NOT NULL DEFAULT 'null'
) STRICT;

CREATE UNIQUE INDEX prediction_run_request ON prediction_run (request_id);

CREATE INDEX prediction_run_staged ON prediction_run (staged) WHERE staged > 0;

CREATE INDEX prediction_run_task ON prediction_run (task_id);

CREATE TABLE project (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  bug_tracker TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_id INTEGER,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL
) STRICT;

CREATE TABLE related_image (
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  position INTEGER NOT NULL,
  source INTEGER NOT NULL,
  entry TEXT NOT NULL,
  entry_offset INTEGER,
  size_bytes INTEGER,
  PRIMARY KEY (task_id, frame, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  task_id INTEGER,
  title TEXT NOT NULL,
  params TEXT NOT NULL,
  state TEXT NOT NULL,
  progress REAL,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT,
  result TEXT,
  created_date TEXT NOT NULL,
  finished_date TEXT
) STRICT;

CREATE INDEX request_state ON request (state, id);

CREATE TABLE sequence (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sidecar_file (
  task_id INTEGER NOT NULL REFERENCES task_sidecar ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  checked_ms REAL NOT NULL,
  hash TEXT NOT NULL,
  rendered TEXT NOT NULL,
  pending TEXT,
  lossy INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  PRIMARY KEY (task_id, frame)
) STRICT, WITHOUT ROWID;

CREATE INDEX sidecar_problem ON sidecar_file (task_id, frame) WHERE problem IS NOT NULL;

CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  client_step_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'import')),
  title TEXT NOT NULL,
  frame INTEGER NOT NULL,
  operations TEXT NOT NULL,
  batch_ids TEXT NOT NULL,
  effect TEXT,
  revision INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  created_date TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX step_client ON step (task_id, client_step_id);

CREATE INDEX step_history ON step (task_id, id);

CREATE INDEX step_task ON step (task_id, undone, id);

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER REFERENCES project ON DELETE CASCADE,
  name TEXT NOT NULL,
  mode TEXT NOT NULL,
  dimension TEXT NOT NULL,
  size INTEGER NOT NULL,
  subset TEXT NOT NULL,
  bug_tracker TEXT NOT NULL,
  segment_size INTEGER NOT NULL,
  overlap INTEGER NOT NULL,
  start_frame INTEGER NOT NULL,
  stop_frame INTEGER NOT NULL,
  frame_step INTEGER NOT NULL,
  sorting_method TEXT NOT NULL,
  media_state TEXT NOT NULL,
  media_paths TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0,
  object_count INTEGER NOT NULL DEFAULT 0,
  annotated_frame_count INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_id INTEGER,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL
, video_id INTEGER REFERENCES video, stop_wanted INTEGER) STRICT;

CREATE INDEX task_project ON task (project_id);

CREATE INDEX task_video ON task (video_id) WHERE video_id IS NOT NULL;

CREATE TABLE task_sidecar (
  task_id INTEGER PRIMARY KEY REFERENCES task ON DELETE CASCADE,
  format TEXT NOT NULL,
  synced TEXT
) STRICT;

CREATE TABLE video (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  fingerprint TEXT,
  facts TEXT NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL DEFAULT '[]',
  keyframes BLOB,
  checksums BLOB,
  pts BLOB
) STRICT;

CREATE UNIQUE INDEX video_file ON video (path, size_bytes, mtime_ms);
