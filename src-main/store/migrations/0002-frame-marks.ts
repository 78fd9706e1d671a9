import type { Migration } from './migration.ts'

/** What a person says about frames: checked beside deleted. Both lists are read at every opening, so each has an index. */
export const frameMarks: Migration = {
  version: 2,
  name: 'frame-marks',
  sql: `
ALTER TABLE frame ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX frame_deleted ON frame (task_id, number) WHERE deleted = 1;
CREATE INDEX frame_checked ON frame (task_id, number) WHERE checked = 1;
`,
}
