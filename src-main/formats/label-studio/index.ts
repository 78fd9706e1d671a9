import type { DatasetFormat } from '#main/core/ports.ts'
import { labelStudioLosses } from './losses.ts'
import { readLabelStudio } from './read.ts'
import { writeLabelStudio } from './write.ts'

export const labelStudioJson: DatasetFormat = {
  name: 'Label Studio JSON',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: "Label Studio's tasks with annotations, and the labeling interface they need.",
  losses: labelStudioLosses,
  write: writeLabelStudio,
  read: readLabelStudio,
}
