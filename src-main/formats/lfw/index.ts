import type { DatasetFormat } from '#main/core/ports.ts'
import { lfwFrameLosses, lfwLosses } from './losses.ts'
import { readLfw } from './read.ts'
import { writeLfw } from './write.ts'

export const lfw: DatasetFormat = {
  name: 'LFW 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Whom a picture shows, pairs of pictures of the same or of different people, and points.',
  keeps: ['points', 'tag'],
  losses: lfwLosses,
  frameLosses: lfwFrameLosses,
  write: writeLfw,
  read: readLfw,
}
