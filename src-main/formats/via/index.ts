import type { DatasetFormat } from '#main/core/ports.ts'
import { viaFrameLosses, viaLosses } from './losses.ts'
import { readVia } from './read.ts'
import { writeVia } from './write.ts'

export const viaJson: DatasetFormat = {
  name: 'VIA JSON',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Projects of the VGG Image Annotator 2, and the annotations it exports as JSON or CSV.',
  keeps: ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'tag'],
  losses: viaLosses,
  frameLosses: viaFrameLosses,
  write: writeVia,
  read: readVia,
}
