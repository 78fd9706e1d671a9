import type { Migration } from './migration.ts'

/**
 * What functions proposed. A run belongs to a request and knows which frames it is for (`frames`: ranges, both ends included) and
 * how far it is, so that it goes on there after a crash.
 * `staged`: 1 its rows wait to become annotations together, 2 nobody wants them any more (they go a slice at a time).
 * `decision` of a prediction: 0 open, -1 rejected, -2 staged; above 0 the acceptance it went with, which counts while the step
 * of that name is done: undoing the step opens its predictions again without touching them.
 */
export const predictions: Migration = {
  version: 11,
  name: 'predictions',
  sql: `
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
CREATE INDEX prediction_run_task ON prediction_run (task_id);
CREATE INDEX prediction_run_staged ON prediction_run (staged) WHERE staged > 0;

CREATE TABLE prediction_acceptance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
  client_step_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX prediction_acceptance_step ON prediction_acceptance (task_id, client_step_id);

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
`,
}
