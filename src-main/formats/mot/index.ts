import type { DatasetFormat } from '#main/core/ports.ts'
import { motLosses } from './losses.ts'
import { readMot } from './read.ts'
import { writeMot } from './write.ts'

export const mot: DatasetFormat = {
  name: 'MOT 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Tracked rectangles as MOT Challenge ground truth, one row for each frame.',
  keeps: ['rectangle'],
  losses: motLosses,
  write: writeMot,
  read: readMot,
}
