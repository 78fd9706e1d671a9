import type { DatasetFormat } from '#main/core/ports.ts'
import { yoloLosses } from './losses.ts'
import { readYolo } from './read.ts'
import { writeYolo } from './write.ts'

export const yolo: DatasetFormat = {
  name: 'YOLO 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Upright rectangles as Darknet text files, one for each frame.',
  keeps: ['rectangle'],
  losses: yoloLosses,
  write: writeYolo,
  read: readYolo,
}
