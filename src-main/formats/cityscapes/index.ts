import type { DatasetFormat } from '#main/core/ports.ts'
import { AREAL } from '../common/paint/class-mask-losses.ts'
import { cityscapesFrameLosses, cityscapesLosses } from './losses.ts'
import { readCityscapes } from './read.ts'
import { writeCityscapes } from './write.ts'

export const cityscapes: DatasetFormat = {
  name: 'Cityscapes 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Three pictures for each frame: colours, classes, and objects by number.',
  keeps: AREAL,
  losses: cityscapesLosses,
  frameLosses: cityscapesFrameLosses,
  write: writeCityscapes,
  read: readCityscapes,
}
