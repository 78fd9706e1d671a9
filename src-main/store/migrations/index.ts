import { initial } from './0001-initial.ts'
import { frameMarks } from './0002-frame-marks.ts'
import { skeletonTracks } from './0003-skeleton-tracks.ts'
import { relatedImages } from './0004-related-images.ts'
import { batchParents } from './0005-batch-parents.ts'
import { videos } from './0006-videos.ts'
import { keyframeGaps } from './0007-keyframe-gaps.ts'
import { sidecars } from './0008-sidecars.ts'
import { sources } from './0009-sources.ts'
import { connections } from './0010-connections.ts'
import { predictions } from './0011-predictions.ts'
import type { Migration } from './migration.ts'

/** In order, forward only. A new one goes to the end: docs/recipes/add-a-migration.md. */
export const migrations: readonly Migration[] = [
  initial,
  frameMarks,
  skeletonTracks,
  relatedImages,
  batchParents,
  videos,
  keyframeGaps,
  sidecars,
  sources,
  connections,
  predictions,
]
