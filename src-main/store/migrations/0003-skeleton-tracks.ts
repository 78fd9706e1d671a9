import type { Migration } from './migration.ts'

/** A keyframe of a skeleton's track carries its joints, as a shape does: JSON, so that its form is the domain's alone. */
export const skeletonTracks: Migration = {
  version: 3,
  name: 'skeleton-tracks',
  sql: `ALTER TABLE keyframe ADD COLUMN elements TEXT NOT NULL DEFAULT '[]';`,
}
