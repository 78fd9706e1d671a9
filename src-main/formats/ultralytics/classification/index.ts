import type { DatasetFormat } from '#main/core/ports.ts'
import { imageNetFrameLosses, imageNetLosses } from '../../imagenet/losses.ts'
import { readClassification } from './read.ts'
import { FORMAT, writeClassification } from './write.ts'

export const ultralyticsClassification: DatasetFormat = {
  name: FORMAT,
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Tags of whole frames: a folder for each subset, in it one for each label.',
  keeps: ['tag'],
  // Both keep the labels of tags and nothing else.
  losses: imageNetLosses,
  frameLosses: imageNetFrameLosses,
  write: writeClassification,
  read: readClassification,
}
