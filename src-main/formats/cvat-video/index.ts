import type { DatasetFormat } from '#main/core/ports.ts'
import { readCvat } from '../cvat-images/read.ts'
import { cvatVideoLosses } from './losses.ts'
import { writeCvatVideo } from './write.ts'

/** @param now the time `<dumped>` tells */
export function createCvatVideo(now: () => Date): DatasetFormat {
  return {
    name: 'CVAT for video 1.1',
    import: true,
    export: true,
    dimension: '2d',
    extension: 'zip',
    description:
      "CVAT's own XML for tracks: keyframes and every frame between. Imports both of its flavours.",
    losses: cvatVideoLosses,
    write: (source, output, options) => writeCvatVideo(source, output, { ...options, now: now() }),
    read: readCvat,
  }
}
