import type { Migration } from './migration.ts'

/**
 * Videos by the file they are, shared by the tasks made of them. The frame index comes last in the row, so that a list of
 * tasks reads what is said of a video without touching megabytes of times; NULL until the packets were read.
 * `stop_wanted` is what was asked for, NULL meaning the last frame, wherever a whole decode finds it.
 */
export const videos: Migration = {
  version: 6,
  name: 'videos',
  sql: `
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
ALTER TABLE task ADD COLUMN video_id INTEGER REFERENCES video;
ALTER TABLE task ADD COLUMN stop_wanted INTEGER;
CREATE INDEX task_video ON task (video_id) WHERE video_id IS NOT NULL;
`,
}
