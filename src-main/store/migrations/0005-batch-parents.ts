import type { Migration } from './migration.ts'

/**
 * A rewrite of very many annotations moves the rows it will hide into batches of their own. Such a batch remembers which
 * one its rows came from: when that one's import is undone, they go with it (docs/adr/0007).
 */
export const batchParents: Migration = {
  version: 5,
  name: 'batch-parents',
  sql: `
ALTER TABLE batch ADD COLUMN parent_id INTEGER;
CREATE INDEX batch_parent ON batch (parent_id) WHERE parent_id IS NOT NULL;
`,
}
