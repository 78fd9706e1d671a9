import type { DatasetFormat } from '#main/core/ports.ts'
import { vocFrameLosses, vocLosses } from './losses.ts'
import { readVoc } from './read.ts'
import { writeVoc } from './write.ts'

export const pascalVoc: DatasetFormat = {
  name: 'PASCAL VOC 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Rectangles as one XML file for each picture, masks as colours, tags as lists.',
  keeps: ['rectangle', 'ellipse', 'mask', 'tag'],
  losses: vocLosses,
  frameLosses: vocFrameLosses,
  write: writeVoc,
  read: readVoc,
}
