import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants'
import type { CodecParameters } from 'node-av/lib'
import type { VideoFacts } from '#shared/domain/video.ts'

/** How a decoded picture becomes upright. */
export interface Uprighting {
  /** Clockwise degrees, applied by whoever shows the picture. */
  readonly rotation: VideoFacts['rotation']
  /** FFmpeg's filter for what a turn by 90 degrees cannot say (mirrored, or an odd angle); null for nearly every file. */
  readonly filter: string | null
}

const PLAIN: Uprighting = { rotation: 0, filter: null }

/**
 * What the file's display matrix asks for, decided as `ffmpeg -autorotate` does: within one degree of a right angle it is
 * that angle, a mirror is a flip, any other angle keeps the size and leaves black corners.
 */
export function uprightingOf(parameters: CodecParameters): Uprighting {
  const bytes = parameters.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
  if (!bytes || bytes.length < 36) return PLAIN
  return fromMatrix(Array.from({ length: 9 }, (_, at) => bytes.readInt32LE(at * 4)))
}

/** @param matrix  3 x 3 in rows, 16.16 fixed point (its last column 2.30), native byte order on every platform we ship */
export function fromMatrix(matrix: readonly number[]): Uprighting {
  const [a = 0, b = 0, , c = 0, d = 0] = matrix
  const angle = clockwise(a, b, c, d)
  if (Number.isNaN(angle)) return PLAIN
  if (near(angle, 90)) return c > 0 ? { rotation: 0, filter: 'transpose=cclock_flip' } : turn(90)
  if (near(angle, 270)) return c < 0 ? { rotation: 0, filter: 'transpose=clock_flip' } : turn(270)
  if (near(angle, 180)) return halfTurn(a, d)
  if (near(angle, 0) || near(angle, 360)) return d < 0 ? { rotation: 0, filter: 'vflip' } : PLAIN
  return { rotation: 0, filter: `rotate=${angle.toFixed(6)}*PI/180` }
}

function halfTurn(a: number, d: number): Uprighting {
  if (a < 0 && d < 0) return turn(180)
  if (a < 0) return { rotation: 0, filter: 'hflip' }
  return d < 0 ? { rotation: 0, filter: 'vflip' } : PLAIN
}

/** Degrees clockwise in [0, 360); NaN for a matrix that squeezes the picture to nothing. */
function clockwise(a: number, b: number, c: number, d: number): number {
  const across = Math.hypot(a, c)
  const down = Math.hypot(b, d)
  if (across === 0 || down === 0) return Number.NaN
  const angle = Math.round((Math.atan2(b / down, a / across) * 180) / Math.PI)
  return ((angle % 360) + 360) % 360
}

const near = (angle: number, right: number) => Math.abs(angle - right) < 1
const turn = (rotation: VideoFacts['rotation']): Uprighting => ({ rotation, filter: null })
