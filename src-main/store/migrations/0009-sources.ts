import type { Migration } from './migration.ts'

/** Who made an annotation is counted like its other facts: reports of what an export loses ask for it. */
export const sources: Migration = {
  version: 9,
  name: 'sources',
  sql: `
UPDATE annotation SET facts = facts | 1024 WHERE source <> 'file';
`,
}
