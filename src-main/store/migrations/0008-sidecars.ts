import type { Migration } from './migration.ts'

/**
 * Files of other programs beside a task's pictures. Of each the state both sides last agreed on: the file by size, time and
 * hash, ours by the hash of what would be written of it. Whichever differs has changed since (docs/sidecar.md).
 */
export const sidecars: Migration = {
  version: 8,
  name: 'sidecars',
  sql: `
CREATE TABLE task_sidecar (
  task_id INTEGER PRIMARY KEY REFERENCES task ON DELETE CASCADE,
  format TEXT NOT NULL,
  synced TEXT
) STRICT;

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
`,
}
