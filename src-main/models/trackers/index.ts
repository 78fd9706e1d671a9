import type { Family } from '../family.ts'
import { nanotrack } from './nanotrack.ts'
import { siameseBox } from './siamese-box.ts'
import { siamMask } from './siammask.ts'
import { transt } from './transt.ts'
import { vittrack } from './vittrack.ts'

/** In the order in which bare files are shown to them. */
export const trackers: readonly Family[] = [vittrack, transt, siamMask, nanotrack, siameseBox]
