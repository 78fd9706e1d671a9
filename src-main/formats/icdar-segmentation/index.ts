import type { DatasetFormat } from '#main/core/ports.ts'
import { segmentationFrameLosses, segmentationLosses } from './losses.ts'
import { readSegmentation } from './read.ts'
import { writeSegmentation } from './write.ts'

export const icdarSegmentation: DatasetFormat = {
  name: 'ICDAR Segmentation 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'The pixels of characters as a bitmap, and what they say, a text file for each picture.',
  oneLabel: true,
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask'],
  losses: segmentationLosses,
  frameLosses: segmentationFrameLosses,
  write: writeSegmentation,
  read: readSegmentation,
}
