import type { Migration } from './migration.ts'

/** Where tracks leave the picture, found without reading every keyframe's points: which frames are annotated asks for it. */
export const keyframeGaps: Migration = {
  version: 7,
  name: 'keyframe-gaps',
  sql: `
CREATE INDEX keyframe_outside ON keyframe (annotation_id, frame) WHERE outside = 1;
`,
}
