import type { DatasetFormat } from '#main/core/ports.ts'
import { readLabelFiles } from '../common/label-file/read.ts'
import { writeLabelFiles } from '../common/label-file/write.ts'
import { labelmeDialect } from './dialect.ts'
import { labelmeLosses } from './losses.ts'

const NAME = 'labelme JSON'

export const labelmeJson: DatasetFormat = {
  name: NAME,
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'One JSON file beside each picture, as the labelme program keeps them.',
  losses: labelmeLosses,
  write: (source, output, options) => writeLabelFiles(labelmeDialect, source, output, options),
  read: (input, target) => readLabelFiles(NAME, input, target),
}
