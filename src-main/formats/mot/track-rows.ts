import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { MotRow } from './rows.ts'

export type TrackRow = Pick<MotRow, 'points' | 'isIgnored' | 'visibility'> & {
  readonly frame: FrameIndex
}

export interface PackedTrack {
  readonly label: Label
  readonly rows: Iterable<TrackRow>
}

/** Numbers a row takes: frame, four of the box, ignored, visibility (NaN = not said). */
const WIDTH = 7
/** Rows of all tracks together: a gigabyte. */
const MOST_ROWS = 20_000_000

interface Pack {
  readonly label: Label
  numbers: Float64Array
  length: number
}

/**
 * Rows of tracks until all of a file are read: a file goes by frames, a track is stored whole. Packed, a row is 56 bytes;
 * half a million of them are 28 MB.
 */
export class TrackRows {
  readonly #file: string
  readonly #where: string
  readonly #packs = new Map<number, Pack>()
  #rows = 0

  constructor(file: string, where: string) {
    this.#file = file
    this.#where = where
  }

  /** The label is that of the track's first row. @throws DATASET_INVALID when there are too many */
  add(
    { track, frame, points, isIgnored, visibility }: TrackRow & { track: number },
    label: Label,
  ): void {
    this.#rows += 1
    if (this.#rows > MOST_ROWS) {
      const problem = `its tracks have more than ${MOST_ROWS.toLocaleString('en')} boxes`
      throw new AppError('DATASET_INVALID', { file: this.#file, where: this.#where, problem })
    }
    const pack = this.#packs.get(track) ?? {
      label,
      numbers: new Float64Array(8 * WIDTH),
      length: 0,
    }
    this.#packs.set(track, pack)
    if (pack.length + WIDTH > pack.numbers.length) pack.numbers = grown(pack.numbers)
    const { numbers, length } = pack
    numbers[length] = frame
    numbers.set(points, length + 1)
    numbers[length + 5] = isIgnored ? 1 : 0
    numbers[length + 6] = visibility ?? Number.NaN
    pack.length = length + WIDTH
  }

  /** In the order of their first rows; each is let go once it was given. */
  *take(): Generator<PackedTrack> {
    for (const [id, { label, numbers, length }] of this.#packs) {
      this.#packs.delete(id)
      yield { label, rows: rowsOf(numbers.subarray(0, length)) }
    }
  }
}

function grown(numbers: Float64Array): Float64Array {
  const larger = new Float64Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}

function* rowsOf(numbers: Float64Array): Generator<TrackRow> {
  for (let at = 0; at < numbers.length; at += WIDTH) {
    const visibility = numbers[at + 6] ?? Number.NaN
    yield {
      frame: numbers[at] ?? 0,
      points: [...numbers.subarray(at + 1, at + 5)],
      isIgnored: numbers[at + 5] === 1,
      visibility: Number.isNaN(visibility) ? null : visibility,
    }
  }
}
