import type { DatasetFormat } from '#main/core/ports.ts'
import { kittiFrameLosses, kittiLosses } from './losses.ts'
import { readKitti } from './read.ts'
import { writeKitti } from './write.ts'

export const kitti: DatasetFormat = {
  name: 'KITTI 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Boxes as text and masks as 16-bit pictures, in the folders of the KITTI data sets.',
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask'],
  losses: kittiLosses,
  frameLosses: kittiFrameLosses,
  write: writeKitti,
  read: readKitti,
}
