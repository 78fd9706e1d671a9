import type { Migration } from './migration.ts'

/** CVAT's context images of a frame, in the order they are shown; sources are those of the task's frames. */
export const relatedImages: Migration = {
  version: 4,
  name: 'related-images',
  sql: `
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
`,
}
