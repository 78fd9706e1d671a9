import type { DatasetFormat } from '#main/core/ports.ts'
import { readLabelFiles } from '../common/label-file/read.ts'
import { writeLabelFiles } from '../common/label-file/write.ts'
import { xAnyLabelingDialect } from './dialect.ts'
import { xAnyLabelingLosses } from './losses.ts'

const NAME = 'X-AnyLabeling JSON'

export const xAnyLabelingJson: DatasetFormat = {
  name: NAME,
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: 'One JSON file beside each picture, as the X-AnyLabeling program keeps them.',
  losses: xAnyLabelingLosses,
  write: (source, output, options) => writeLabelFiles(xAnyLabelingDialect, source, output, options),
  read: (input, target) => readLabelFiles(NAME, input, target),
}
