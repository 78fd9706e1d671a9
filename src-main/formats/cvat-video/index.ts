import type { DatasetFormat } from '#main/core/ports.ts'
import { readCvat } from '../cvat-images/read.ts'
import { cvatVideoLosses } from './losses.ts'
import { writeCvatVideo } from './write.ts'

export const cvatVideo: DatasetFormat = {
  name: 'CVAT for video 1.1',
  import: true,
  export: true,
  dimension: '2d',
  extension: 'zip',
  description:
    "CVAT's own XML for tracks: keyframes and every frame between. Imports both of its flavours.",
  losses: cvatVideoLosses,
  write: writeCvatVideo,
  read: readCvat,
}
