import type { DatasetFormat } from '#main/core/ports.ts'
import { imageNetFrameLosses, imageNetLosses } from './losses.ts'
import { readImageNet } from './read.ts'
import { writeImageNet } from './write.ts'

export const imageNet: DatasetFormat = {
  name: 'ImageNet 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Tags of whole frames: pictures in a folder for each label, or lists of numbers.',
  keeps: ['tag'],
  losses: imageNetLosses,
  frameLosses: imageNetFrameLosses,
  write: writeImageNet,
  read: readImageNet,
}
