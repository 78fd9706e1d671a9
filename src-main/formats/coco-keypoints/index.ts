import type { DatasetFormat } from '#main/core/ports.ts'
import { keypointsFrameLosses, keypointsLosses } from './losses.ts'
import { readKeypoints } from './read.ts'
import { writeKeypoints } from './write.ts'

export const cocoKeypoints: DatasetFormat = {
  name: 'COCO Keypoints 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Skeletons as COCO keypoints in one JSON file for each subset.',
  keeps: ['skeleton'],
  losses: keypointsLosses,
  frameLosses: keypointsFrameLosses,
  write: writeKeypoints,
  read: readKeypoints,
}
