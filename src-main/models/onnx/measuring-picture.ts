import type { RgbPicture } from '../../core/ports.ts'

const WIDTH = 640
const HEIGHT = 480

/** Noise over a slope, 640 by 480: nets take the same time for anything, and what comes after them has something to look at. */
export function measuringPicture(seed: number): RgbPicture {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3)
  let state = seed + 1
  for (let at = 0; at < rgb.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    rgb[at] = ((at / (WIDTH * 12)) & 127) + (state >>> 25)
  }
  return { width: WIDTH, height: HEIGHT, rgb }
}
