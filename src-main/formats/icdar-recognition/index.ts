import type { DatasetFormat } from '#main/core/ports.ts'
import { recognitionFrameLosses, recognitionLosses } from './losses.ts'
import { readRecognition } from './read.ts'
import { writeRecognition } from './write.ts'

export const icdarRecognition: DatasetFormat = {
  name: 'ICDAR Recognition 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Pictures of words and what they say, as one list.',
  oneLabel: true,
  keeps: ['tag'],
  losses: recognitionLosses,
  frameLosses: recognitionFrameLosses,
  write: writeRecognition,
  read: readRecognition,
}
