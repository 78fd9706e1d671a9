/**
 * The colour CVAT's server gives a label that was made without one: from a list of well-known names, else from a hash
 * of the name, moved aside when another label of the same owner has it already.
 */

import { blake2s } from './blake2s.ts'
import { predefinedLabelNames } from './predefined-label-names.ts'

const predefined = new Map(predefinedLabelNames.map((name, index) => [name, vocColor(index)]))
const predefinedColors = new Set(predefined.values())

/**
 * @param name  as the person typed it
 * @param used  colours (`#rrggbb`, lower case) of the other labels of the same task or project
 * @returns `#rrggbb`, lower case
 */
export function defaultLabelColor(name: string, used: Iterable<string> = []): string {
  const taken: ReadonlySet<string> = used instanceof Set ? used : new Set(used)
  const normalised = normaliseLabelName(name)
  const color = predefined.get(normalised) ?? vocColor(hash24(normalised))
  return taken.has(color) ? nearbyColor(color, taken) : color
}

/** `Traffic Light` → `traffic_light`; nothing is left of a name without Latin letters or digits. */
export function normaliseLabelName(name: string): string {
  return (
    name
      .normalize('NFKD')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: "not ASCII" is what is meant
      .replace(/[^\x00-\x7f]/g, '')
      .replace(/[^\w\s-]/g, '')
      .trim()
      .toLowerCase()
      .replace(/[-\s]+/g, '-')
      .replaceAll('-', '_')
  )
}

function hash24(text: string): number {
  const [high = 0, middle = 0, low = 0] = blake2s(Uint8Array.from(text, ascii), 3)
  return (high << 16) | (middle << 8) | low
}

/** A normalised name is ASCII, so its UTF-8 bytes are its character codes. */
const ascii = (character: string) => character.charCodeAt(0)

/** PASCAL VOC's colour map: eight rounds deal the bits of `index`, three at a time, to red, green and blue. */
export function vocColor(index: number): string {
  const channels: [number, number, number] = [0, 0, 0]
  for (let round = 0; round < 8; round += 1) {
    const bits = index >> (round * 3)
    channels[0] |= (bits & 1) << (7 - round)
    channels[1] |= ((bits >> 1) & 1) << (7 - round)
    channels[2] |= ((bits >> 2) & 1) << (7 - round)
  }
  return toHex(channels)
}

/** Lighter in ten steps, then darker; the first that nobody has and that is no well-known name's. */
function nearbyColor(color: string, taken: ReadonlySet<string>): string {
  const channels = fromHex(color)
  for (const target of [255, 0]) {
    for (let factor = 1; factor <= 9; factor += 1) {
      const candidate = toHex(channels.map((c) => Math.trunc(c + ((target - c) * factor) / 10)))
      if (!predefinedColors.has(candidate) && !taken.has(candidate)) return candidate
    }
  }
  const used = [...taken].map(fromHex)
  return toHex([0, 1, 2].map((channel) => widestGap(used.map((rgb) => rgb[channel] ?? 0))))
}

function widestGap(values: readonly number[]): number {
  const sorted = values.length > 1 ? values.toSorted((a, b) => a - b) : [0, ...values, 255]
  let best = { width: -1, middle: 0 }
  for (const [index, upper] of sorted.entries()) {
    const lower = sorted[index - 1]
    if (lower === undefined || upper - lower <= best.width) continue
    best = { width: upper - lower, middle: Math.trunc((upper + lower) / 2) }
  }
  return best.middle
}

function fromHex(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}

function toHex(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
