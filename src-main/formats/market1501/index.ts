import type { DatasetFormat } from '#main/core/ports.ts'
import { marketFrameLosses, marketLosses } from './losses.ts'
import { readMarket } from './read.ts'
import { writeMarket } from './write.ts'

export const market1501: DatasetFormat = {
  name: 'Market-1501 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Whom a picture shows and which camera took it, in the names of the pictures.',
  keeps: ['tag'],
  losses: marketLosses,
  frameLosses: marketFrameLosses,
  write: writeMarket,
  read: readMarket,
}
