import type { DatasetFormat } from '#main/core/ports.ts'
import { labelMeLosses } from './losses.ts'
import { readLabelMe } from './read.ts'
import { writeLabelMe } from './write.ts'

export const labelMe: DatasetFormat = {
  name: 'LabelMe 3.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'The XML of MIT LabelMe, one file for each picture: rectangles, polygons, masks.',
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask'],
  losses: labelMeLosses,
  write: writeLabelMe,
  read: readLabelMe,
}
