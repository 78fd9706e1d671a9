import type { Family } from '../family.ts'
import { dextr } from './dextr.ts'
import { efficientSam } from './efficient-sam.ts'
import { iog } from './iog.ts'
import { fbrs, ritm } from './ritm.ts'
import { sam, sam2 } from './sam.ts'
import { samDecoder } from './sam-decoder.ts'

/** In the order in which bare files are shown to them. */
export const interactors: readonly Family[] = [
  efficientSam,
  sam2,
  sam,
  samDecoder,
  dextr,
  iog,
  ritm,
  fbrs,
]
