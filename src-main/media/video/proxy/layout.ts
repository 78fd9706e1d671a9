/**
 * A proxy is one file: a JPEG for each frame, then where each begins, then a footer that says what it is. Any frame is two
 * small reads away, whatever the original's groups of pictures, and half a file has no footer.
 *
 * | | what |
 * |---|---|
 * | pictures | JPEGs one after the other, as decoded (not turned); an empty one: this frame could not be made |
 * | table | float64 × (frames + 1), little-endian: where each picture begins, and where the last one ends |
 * | footer | `FMPX`, u32 version, u32 frames, u32 width, u32 height, u32 turn in degrees, u32 upright width and height of the video, float64 where the table begins |
 */
export interface ProxyFacts {
  readonly frames: number
  /** Of the small pictures, before the turn. */
  readonly width: number
  readonly height: number
  readonly rotation: 0 | 90 | 180 | 270
  /** Of the video's own pictures. */
  readonly uprightWidth: number
  readonly uprightHeight: number
  readonly tableAt: number
}

export const FOOTER_BYTES = 40
export const TABLE_ENTRY_BYTES = 8

const MAGIC = 0x5850_4d46
const VERSION = 1

export function writeFooter(facts: ProxyFacts): Uint8Array {
  const view = new DataView(new ArrayBuffer(FOOTER_BYTES))
  const { frames, width, height, rotation, uprightWidth, uprightHeight } = facts
  const numbers = [MAGIC, VERSION, frames, width, height, rotation, uprightWidth, uprightHeight]
  for (const [at, value] of numbers.entries()) view.setUint32(4 * at, value, true)
  view.setFloat64(32, facts.tableAt, true)
  return new Uint8Array(view.buffer)
}

/** Null when this is no proxy of a version we know, or does not fit the size of its file. */
export function readFooter(bytes: Uint8Array, fileBytes: number): ProxyFacts | null {
  if (bytes.length < FOOTER_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = (k: number) => view.getUint32(4 * k, true)
  if (at(0) !== MAGIC || at(1) !== VERSION) return null
  const tableAt = view.getFloat64(32, true)
  const frames = at(2)
  if (tableAt + TABLE_ENTRY_BYTES * (frames + 1) + FOOTER_BYTES !== fileBytes) return null
  return {
    frames,
    width: at(3),
    height: at(4),
    rotation: at(5) as ProxyFacts['rotation'],
    uprightWidth: at(6),
    uprightHeight: at(7),
    tableAt,
  }
}
