import type { DatasetFormat } from '#main/core/ports.ts'
import { cvatImagesLosses } from './losses.ts'
import { readCvat } from './read.ts'
import { writeCvatImages } from './write.ts'

export const cvatImages: DatasetFormat = {
  name: 'CVAT for images 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description: "CVAT's own XML: every shape, tag and attribute. Imports both of its flavours.",
  losses: cvatImagesLosses,
  write: writeCvatImages,
  read: readCvat,
}
