import type { DatasetFormat } from '#main/core/ports.ts'
import { tfRecordFrameLosses, tfRecordLosses } from './losses.ts'
import { tfRecordPictures } from './pictures.ts'
import { readTfRecord } from './read.ts'
import { writeTfRecord } from './write.ts'

export const tfRecord: DatasetFormat = {
  name: 'TFRecord 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    'Boxes as records of the TensorFlow object detection API, the pictures in them on wish.',
  keeps: ['rectangle', 'ellipse', 'mask'],
  losses: tfRecordLosses,
  frameLosses: tfRecordFrameLosses,
  hasFrameLosses: ({ grouped }) => grouped > 0,
  write: writeTfRecord,
  read: readTfRecord,
  pictures: tfRecordPictures,
}
