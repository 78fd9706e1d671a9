import type { DatasetFormat } from '#main/core/ports.ts'
import { cocoLosses } from './losses.ts'
import { readCoco } from './read.ts'
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
  write: writeCoco,
  read: readCoco,
}
