import type { DatasetFormat } from '#main/core/ports.ts'
import { vggFaceFrameLosses, vggFaceLosses } from './losses.ts'
import { readVggFace } from './read.ts'
import { writeVggFace } from './write.ts'

export const vggFace2: DatasetFormat = {
  name: 'VGGFace2 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Upright rectangles, sets of five points and tags, in tables.',
  keeps: ['rectangle', 'points', 'tag'],
  losses: vggFaceLosses,
  frameLosses: vggFaceFrameLosses,
  write: writeVggFace,
  read: readVggFace,
}
