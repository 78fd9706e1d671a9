import { toRaw, toRgb } from '../convert.ts'
import { openVideoSession } from '../session.ts'
import type { DecoderParts } from './job-runner.ts'
import { toSmall } from './small-picture.ts'

/** What a decoder needs of FFmpeg. Importing this loads it. */
export const decoderParts: DecoderParts = { open: openVideoSession, toRaw, toRgb, toSmall }
