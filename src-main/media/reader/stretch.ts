import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Metadata, Sharp } from 'sharp'
import { loadSharp } from '../decode/sharp.ts'

/** About 5 ms of arithmetic; then whoever else waits for this thread has a turn. */
const VALUES_PER_TURN = 2_000_000
const SIGNED_OFFSET = 32_768

/**
 * Deep pictures as 8 bit. One channel (depth maps, X-rays, thermal) and floats: the picture's own minimum becomes black,
 * its maximum white, since such pictures use a small part of their range and would come out black. Colour with 16 bits:
 * the high byte, as every viewer shows it. Turned upright on the way.
 */
export async function stretched(source: Sharp): Promise<Sharp> {
  const facts = await source.metadata()
  const gray = facts.space === 'grey16' || facts.space === 'b-w'
  if (facts.depth === 'uchar' || (!gray && facts.depth === 'ushort')) return source.autoOrient()
  const { values, width, height, channels } = await floats(source, facts)
  const sharp = await loadSharp()
  const pixels = sharp(await toBytes(values), { raw: { width, height, channels } })
  return channels === 1 ? pixels.toColourspace('b-w') : pixels
}

/** The picture's own values. Each space must be named, else sharp has made them 8 bit already. */
export async function floats(source: Sharp, { depth, space }: Metadata) {
  const upright = source.autoOrient().removeAlpha()
  // Signed values are moved up first: the unsigned space they are read in would cut off what lies below zero.
  const unsigned = depth === 'short' ? upright.linear(1, SIGNED_OFFSET) : upright
  const { data, info } = await unsigned
    .toColourspace(space ?? 'b-w')
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true })
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  const channels: 1 | 3 = info.channels === 1 ? 1 : 3
  return { values, width: info.width, height: info.height, channels }
}

/** Minimum … maximum to 0 … 255; values that are no numbers (holes in depth maps) become black. */
export async function toBytes(values: Float32Array): Promise<Uint8Array> {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  await inTurns(values.length, (at) => {
    const value = values[at] ?? 0
    // Both comparisons are false for NaN.
    if (value < min && value !== Number.NEGATIVE_INFINITY) min = value
    if (value > max && value !== Number.POSITIVE_INFINITY) max = value
  })
  const scale = max > min ? 255 / (max - min) : 0
  const bytes = new Uint8ClampedArray(values.length)
  await inTurns(values.length, (at) => {
    bytes[at] = ((values[at] ?? 0) - min) * scale // clamped and rounded; NaN becomes 0
  })
  return new Uint8Array(bytes.buffer)
}

/** Work over many values that lets others have their turn now and then. */
export async function inTurns(count: number, work: (at: number) => void): Promise<void> {
  for (let from = 0; from < count; from += VALUES_PER_TURN) {
    const end = Math.min(count, from + VALUES_PER_TURN)
    for (let at = from; at < end; at += 1) work(at)
    await nextTurn()
  }
}
