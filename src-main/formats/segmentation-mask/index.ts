import type { DatasetFormat } from '#main/core/ports.ts'
import { AREAL, classMaskFrameLosses, classMaskLosses } from '../common/paint/class-mask-losses.ts'
import { readSegmentationMask } from './read.ts'
import { writeSegmentationMask } from './write.ts'

export const segmentationMask: DatasetFormat = {
  name: 'Segmentation mask 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Masks as two pictures for each frame, one of labels and one of objects.',
  keeps: AREAL,
  losses: classMaskLosses,
  frameLosses: classMaskFrameLosses,
  write: writeSegmentationMask,
  read: readSegmentationMask,
}
