import type { DatasetFormat } from '#main/core/ports.ts'
import { vottLosses } from './losses.ts'
import { readVott } from './read.ts'
import { writeVott } from './write.ts'

export const vottJson: DatasetFormat = {
  name: 'VoTT JSON',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Exports and assets of the Visual Object Tagging Tool 2: boxes, polygons, lines and points.',
  keeps: ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'cuboid', 'mask'],
  losses: vottLosses,
  write: writeVott,
  read: readVott,
}
