import type { DatasetFormat } from '#main/core/ports.ts'
import { widerFaceFrameLosses, widerFaceLosses } from './losses.ts'
import { readWiderFace } from './read.ts'
import { writeWiderFace } from './write.ts'

export const widerFace: DatasetFormat = {
  name: 'WiderFace 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Upright rectangles with the six attributes of WIDER FACE, and a tag for each frame.',
  keeps: ['rectangle', 'tag'],
  losses: widerFaceLosses,
  frameLosses: widerFaceFrameLosses,
  write: writeWiderFace,
  read: readWiderFace,
}
