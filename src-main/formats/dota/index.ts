import type { DatasetFormat } from '#main/core/ports.ts'
import { dotaFrameLosses, dotaLosses } from './losses.ts'
import { readDota } from './read.ts'
import { writeDota } from './write.ts'

export const dota: DatasetFormat = {
  name: 'DOTA 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Turned rectangles by their four corners, a text file for each frame.',
  keeps: ['rectangle', 'polygon'],
  losses: dotaLosses,
  frameLosses: dotaFrameLosses,
  write: writeDota,
  read: readDota,
}
