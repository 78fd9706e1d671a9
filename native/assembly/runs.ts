// Pixels to runs, 64 at a time.
import { maskOf, put } from './toggles'

/**
 * Mask points of pixels, one byte each, 0 or 1.
 * @param data     width * height bytes and, before them, one that is 0
 * @param toggles  room for `room` numbers, either at least 128 or enough for every pixel and one more
 * @param out      room for as many and 5
 * @returns how many numbers `out` has, 0 when no pixel is set, -1 when the toggles need more room
 */
export function encode(
  data: usize,
  width: i32,
  height: i32,
  left: i32,
  top: i32,
  toggles: usize,
  room: i32,
  out: usize,
): i32 {
  const count = findToggles(data, width * height, toggles, room)
  if (count < 0) return -1
  return maskOf(toggles, count, width, left, top, out)
}

function findToggles(data: usize, pixels: i32, toggles: usize, room: i32): i32 {
  let count = 0
  let at = 0
  for (; at + 64 <= pixels; at += 64) {
    const p = data + at
    const a = differs(p)
    const b = differs(p + 16)
    const c = differs(p + 32)
    const d = differs(p + 48)
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue
    if (count + 128 > room && room <= pixels) return -1
    const low = <u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16))
    const high = <u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16))
    let bits = <u64>low | ((<u64>high) << 32)
    while (bits !== 0) {
      put(toggles, count++, at + <i32>ctz(bits))
      bits &= bits - 1
    }
  }
  for (; at < pixels; at++) {
    if (load<u8>(data + at) !== load<u8>(data + at - 1)) put(toggles, count++, at)
  }
  if (count & 1) put(toggles, count++, pixels)
  return count
}

/** All ones in the lanes of pixels that are not as the one before them. */
function differs(p: usize): v128 {
  return i8x16.ne(v128.load(p), v128.load(p - 1))
}
