import type { DatasetFormat } from '#main/core/ports.ts'
import { openImagesFrameLosses, openImagesLosses } from './losses.ts'
import { readOpenImages } from './read.ts'
import { writeOpenImages } from './write.ts'

export const openImages: DatasetFormat = {
  name: 'Open Images V6 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Tags, boxes and masks of Google’s Open Images as tables, and a picture for each mask.',
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask', 'tag'],
  losses: openImagesLosses,
  frameLosses: openImagesFrameLosses,
  write: writeOpenImages,
  read: readOpenImages,
}
