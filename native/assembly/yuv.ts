// The twin of src-shared/media/yuv-to-rgba.ts: eight pixels at a time, the same whole numbers.

const BITS: i32 = 21

let luma: i32 = 0
let offset: i32 = 0
let redOfV: i32 = 0
let greenOfU: i32 = 0
let greenOfV: i32 = 0
let blueOfU: i32 = 0

/** What every pixel of the next frames is multiplied with. */
export function yuvMatrix(l: i32, o: i32, rv: i32, gu: i32, gv: i32, bu: i32): void {
  luma = l
  offset = o
  redOfV = rv
  greenOfU = gu
  greenOfV = gv
  blueOfU = bu
}

/**
 * Planes to RGBA words. `step` 2: u and v lie beside each other, u first.
 * @param shiftX  1 where two pixels of a row share their chroma
 * @param shiftY  1 where two rows do
 */
export function yuvToRgba(
  y: usize,
  u: usize,
  v: usize,
  width: i32,
  height: i32,
  step: i32,
  rowStride: i32,
  shiftX: i32,
  shiftY: i32,
  out: usize,
): void {
  for (let row = 0; row < height; row++) {
    const chroma = <usize>((row >> shiftY) * rowStride)
    const done = shiftX
      ? step === 2
        ? interleavedRow(y, u + chroma, width, out)
        : halvedRow(y, u + chroma, v + chroma, width, out)
      : fullRow(y, u + chroma, v + chroma, width, out)
    for (let x = done; x < width; x++) {
      const at = chroma + <usize>((x >> shiftX) * step)
      store<u32>(
        out + ((<usize>x) << 2),
        pixel(load<u8>(y + x), load<u8>(u + at), load<u8>(v + at)),
      )
    }
    y += width
    out += (<usize>width) << 2
  }
}

// @ts-expect-error: decorator
function channel(sum: i32): u32 {
  return <u32>max(0, min(255, sum >> BITS))
}

function pixel(y: i32, u: i32, v: i32): u32 {
  const light = y * luma + offset
  const cu = u - 128
  const cv = v - 128
  const red = channel(light + cv * redOfV)
  const green = channel(light + cu * greenOfU + cv * greenOfV)
  const blue = channel(light + cu * blueOfU)
  return 0xff000000 | (blue << 16) | (green << 8) | red
}

/** @returns how many pixels of the row are done, a multiple of eight */
function halvedRow(y: usize, u: usize, v: usize, width: i32, out: usize): i32 {
  let x = 0
  for (; x + 8 <= width; x += 8) {
    const half = <usize>(x >> 1)
    const us = i16x8.extend_low_i8x16_u(v128.load32_zero(u + half))
    const vs = i16x8.extend_low_i8x16_u(v128.load32_zero(v + half))
    eightInPairs(y + x, centred(us), centred(vs), out + ((<usize>x) << 2))
  }
  return x
}

function interleavedRow(y: usize, uv: usize, width: i32, out: usize): i32 {
  let x = 0
  for (; x + 8 <= width; x += 8) {
    const both = v128.load64_zero(uv + x)
    const us = v128.and(both, i16x8.splat(255))
    const vs = i16x8.shr_u(both, 8)
    eightInPairs(y + x, centred(us), centred(vs), out + ((<usize>x) << 2))
  }
  return x
}

function fullRow(y: usize, u: usize, v: usize, width: i32, out: usize): i32 {
  let x = 0
  for (; x + 8 <= width; x += 8) {
    const us = i16x8.extend_low_i8x16_u(v128.load64_zero(u + x))
    const vs = i16x8.extend_low_i8x16_u(v128.load64_zero(v + x))
    const middle = i32x4.splat(128)
    const u0 = i32x4.sub(i32x4.extend_low_i16x8_u(us), middle)
    const u1 = i32x4.sub(i32x4.extend_high_i16x8_u(us), middle)
    const v0 = i32x4.sub(i32x4.extend_low_i16x8_u(vs), middle)
    const v1 = i32x4.sub(i32x4.extend_high_i16x8_u(vs), middle)
    eight(
      y + x,
      red(v0),
      red(v1),
      green(u0, v0),
      green(u1, v1),
      blue(u0),
      blue(u1),
      out + ((<usize>x) << 2),
    )
  }
  return x
}

/** The first four of eight samples about their middle. */
// @ts-expect-error: decorator
function centred(samples: v128): v128 {
  return i32x4.sub(i32x4.extend_low_i16x8_u(samples), i32x4.splat(128))
}

// @ts-expect-error: decorator
function red(v: v128): v128 {
  return i32x4.mul(v, i32x4.splat(redOfV))
}

// @ts-expect-error: decorator
function green(u: v128, v: v128): v128 {
  return i32x4.add(i32x4.mul(u, i32x4.splat(greenOfU)), i32x4.mul(v, i32x4.splat(greenOfV)))
}

// @ts-expect-error: decorator
function blue(u: v128): v128 {
  return i32x4.mul(u, i32x4.splat(blueOfU))
}

/** Four chroma samples for eight pixels: each counts for two beside each other. */
// @ts-expect-error: decorator
function eightInPairs(y: usize, u: v128, v: v128, out: usize): void {
  const r = red(v)
  const g = green(u, v)
  const b = blue(u)
  eight(
    y,
    v128.shuffle<i32>(r, r, 0, 0, 1, 1),
    v128.shuffle<i32>(r, r, 2, 2, 3, 3),
    v128.shuffle<i32>(g, g, 0, 0, 1, 1),
    v128.shuffle<i32>(g, g, 2, 2, 3, 3),
    v128.shuffle<i32>(b, b, 0, 0, 1, 1),
    v128.shuffle<i32>(b, b, 2, 2, 3, 3),
    out,
  )
}

// @ts-expect-error: decorator
function eight(
  y: usize,
  r0: v128,
  r1: v128,
  g0: v128,
  g1: v128,
  b0: v128,
  b1: v128,
  out: usize,
): void {
  const ys = i16x8.extend_low_i8x16_u(v128.load64_zero(y))
  const scale = i32x4.splat(luma)
  const start = i32x4.splat(offset)
  const y0 = i32x4.add(i32x4.mul(i32x4.extend_low_i16x8_u(ys), scale), start)
  const y1 = i32x4.add(i32x4.mul(i32x4.extend_high_i16x8_u(ys), scale), start)
  const reds = bytes(i32x4.add(y0, r0), i32x4.add(y1, r1))
  const greens = bytes(i32x4.add(y0, g0), i32x4.add(y1, g1))
  const blues = bytes(i32x4.add(y0, b0), i32x4.add(y1, b1))
  // r0 g0 r1 g1 … and b0 255 b1 255 …, then two of each in turn.
  const rg = v128.shuffle<i8>(reds, greens, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
  const ba = v128.shuffle<i8>(
    blues,
    i8x16.splat(-1),
    0,
    16,
    1,
    17,
    2,
    18,
    3,
    19,
    4,
    20,
    5,
    21,
    6,
    22,
    7,
    23,
  )
  v128.store(out, v128.shuffle<i16>(rg, ba, 0, 8, 1, 9, 2, 10, 3, 11))
  v128.store(out, v128.shuffle<i16>(rg, ba, 4, 12, 5, 13, 6, 14, 7, 15), 16)
}

/** Eight sums as eight bytes, cut to 0 … 255 on the way. */
// @ts-expect-error: decorator
function bytes(low: v128, high: v128): v128 {
  const words = i16x8.narrow_i32x4_s(i32x4.shr_s(low, BITS), i32x4.shr_s(high, BITS))
  return i8x16.narrow_i16x8_u(words, words)
}
