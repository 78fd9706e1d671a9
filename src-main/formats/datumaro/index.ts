import type { DatasetFormat } from '#main/core/ports.ts'
import { datumaroLosses } from './losses.ts'
import { readDatumaro } from './read.ts'
import { writeDatumaro } from './write.ts'

export const datumaro: DatasetFormat = {
  name: 'Datumaro 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Every shape, tag, track and skeleton but cuboids, as one JSON file for each subset.',
  keeps: ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'skeleton'],
  losses: datumaroLosses,
  write: writeDatumaro,
  read: readDatumaro,
}
