import type { DatasetFormat } from '#main/core/ports.ts'
import { localizationFrameLosses, localizationLosses } from './losses.ts'
import { readLocalization } from './read.ts'
import { writeLocalization } from './write.ts'

export const icdarLocalization: DatasetFormat = {
  name: 'ICDAR Localization 1.0',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'Where words are and what they say, one text file for each picture.',
  oneLabel: true,
  keeps: ['rectangle', 'polygon'],
  losses: localizationLosses,
  frameLosses: localizationFrameLosses,
  write: writeLocalization,
  read: readLocalization,
}
