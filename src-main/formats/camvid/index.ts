import type { DatasetFormat } from '#main/core/ports.ts'
import { AREAL, classMaskLosses } from '../common/paint/class-mask-losses.ts'
import { camvidFrameLosses } from './losses.ts'
import { readCamvid } from './read.ts'
import { writeCamvid } from './write.ts'

export const camvid: DatasetFormat = {
  name: 'CamVid 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Pictures in the colours of the labels, one for each frame.',
  keeps: AREAL,
  losses: classMaskLosses,
  frameLosses: camvidFrameLosses,
  write: writeCamvid,
  read: readCamvid,
}
