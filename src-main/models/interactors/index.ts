import type { Family } from '../family.ts'
import { sam, sam2 } from './sam.ts'

/** In the order in which bare files are shown to them. */
export const interactors: readonly Family[] = [sam2, sam]
