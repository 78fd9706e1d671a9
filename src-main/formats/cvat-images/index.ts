import type { DatasetFormat } from '#main/core/ports.ts'
import { cvatImagesLosses } from './losses.ts'
import { readCvat } from './read.ts'
import { writeCvatImages } from './write.ts'

/** @param now the time `<dumped>` tells */
export function createCvatImages(now: () => Date): DatasetFormat {
  return {
    name: 'CVAT for images 1.1',
    import: true,
    export: true,
    dimension: '2d',
    extension: 'zip',
    description: "CVAT's own XML: every shape, tag and attribute. Imports both of its flavours.",
    losses: cvatImagesLosses,
    write: (source, output, options) => writeCvatImages(source, output, { ...options, now: now() }),
    read: readCvat,
  }
}
