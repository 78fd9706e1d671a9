import type { DatasetFormat } from '#main/core/ports.ts'
import { cocoLosses } from './losses.ts'
import { readCoco } from './read.ts'
import { cocoFrameLosses } from './united.ts'
import { writeCoco } from './write.ts'

export const coco: DatasetFormat = {
  name: 'COCO 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Rectangles, polygons and masks as COCO instances in one JSON file.',
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask'],
  losses: cocoLosses,
  frameLosses: cocoFrameLosses,
  hasFrameLosses: ({ grouped, shapes }) =>
    grouped > 0 || (shapes.mask ?? 0) + (shapes.ellipse ?? 0) > 0,
  write: writeCoco,
  read: readCoco,
}
