import type { DatasetFormat } from '#main/core/ports.ts'
import { motsFrameLosses, motsLosses } from './losses.ts'
import { readMots } from './read.ts'
import { writeMots } from './write.ts'

export const motsPng: DatasetFormat = {
  name: 'MOTS PNG 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Tracked masks as 16-bit pictures, a number for each object.',
  keeps: ['rectangle', 'polygon', 'ellipse', 'mask'],
  losses: motsLosses,
  frameLosses: motsFrameLosses,
  hasFrameLosses: ({ tracks }) => tracks > 0,
  write: writeMots,
  read: readMots,
}
