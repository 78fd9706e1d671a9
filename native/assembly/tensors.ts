// The twins of src-main/models/tensors/resample.ts and picture-tensor.ts: a picture's rows, resized, and each channel's bytes
// looked up in a table of floats and put into a plane. A pixel's three channels go through one vector. Every list of
// three-channel numbers has room for a fourth at its end.

/** Three planes after each other from `out` on; tables of 256 floats after each other from `values` on. */
function scatter(row: usize, width: i32, values: usize, out: usize, plane: usize): void {
  const second = out + plane
  const third = second + plane
  for (let x = 0; x < width; x++) {
    const at = row + <usize>(3 * x)
    const to = <usize>(4 * x)
    store<f32>(out + to, load<f32>(values + 4 * <usize>load<u8>(at)))
    store<f32>(second + to, load<f32>(values + 1024 + 4 * <usize>load<u8>(at + 1)))
    store<f32>(third + to, load<f32>(values + 2048 + 4 * <usize>load<u8>(at + 2)))
  }
}

/** Four bytes as whole numbers of 32 bits. */
// @ts-expect-error: decorator
function bytesAt(address: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(address)))
}

/** OpenCV's linear: two taps of 11 bits. `columns`: for each two offsets in bytes and two weights. */
function linearLine(source: usize, columns: usize, width: i32, line: usize): void {
  for (let x = 0; x < width; x++) {
    const tap = columns + <usize>(16 * x)
    const a = bytesAt(source + <usize>load<i32>(tap))
    const b = bytesAt(source + <usize>load<i32>(tap + 4))
    const sum = i32x4.add(
      i32x4.mul(a, i32x4.splat(load<i32>(tap + 8))),
      i32x4.mul(b, i32x4.splat(load<i32>(tap + 12))),
    )
    v128.store(line + <usize>(12 * x), sum)
  }
}

/**
 * @param rowBytes  from one row of `source` to the next
 * @param rows  for each target row two source rows and two weights
 * @param lines  room for two lines and a row of bytes
 */
export function planesLinear(
  source: usize,
  rowBytes: i32,
  columns: usize,
  width: i32,
  rows: usize,
  height: i32,
  lines: usize,
  values: usize,
  out: usize,
): void {
  const room = <usize>(12 * width + 16)
  const bytes = lines + 2 * room
  const plane = <usize>(4 * width * height)
  let held0 = -1
  let held1 = -1
  for (let y = 0; y < height; y++) {
    const tap = rows + <usize>(16 * y)
    const first = load<i32>(tap)
    const second = load<i32>(tap + 4)
    // The line that is not needed makes room.
    if (held0 !== first && held1 !== first) {
      if (held0 === second) {
        linearLine(source + <usize>(first * rowBytes), columns, width, lines + room)
        held1 = first
      } else {
        linearLine(source + <usize>(first * rowBytes), columns, width, lines)
        held0 = first
      }
    }
    if (held0 !== second && held1 !== second) {
      if (held0 === first) {
        linearLine(source + <usize>(second * rowBytes), columns, width, lines + room)
        held1 = second
      } else {
        linearLine(source + <usize>(second * rowBytes), columns, width, lines)
        held0 = second
      }
    }
    const upper = held0 === first ? lines : lines + room
    const lower = held0 === second ? lines : lines + room
    mixLines(upper, lower, load<i32>(tap + 8), load<i32>(tap + 12), 3 * width, bytes)
    scatter(bytes, width, values, out + <usize>(4 * width * y), plane)
  }
}

function mixLines(upper: usize, lower: usize, a: i32, b: i32, count: i32, bytes: usize): void {
  const wa = i32x4.splat(a)
  const wb = i32x4.splat(b)
  const two = i32x4.splat(2)
  for (let i = 0; i < count; i += 4) {
    const at = <usize>(4 * i)
    const above = i32x4.shr_s(i32x4.mul(i32x4.shr_s(v128.load(upper + at), 4), wa), 16)
    const below = i32x4.shr_s(i32x4.mul(i32x4.shr_s(v128.load(lower + at), 4), wb), 16)
    store4(bytes + <usize>i, i32x4.shr_s(i32x4.add(i32x4.add(above, below), two), 2))
  }
}

/** Four whole numbers as bytes, those beyond 0 … 255 at its ends. */
// @ts-expect-error: decorator
function store4(address: usize, four: v128): void {
  const halves = i16x8.narrow_i32x4_s(four, four)
  v128.store32_lane(address, i8x16.narrow_i16x8_u(halves, halves), 0)
}

/**
 * Any number of taps, weights in 1/2^22 as whole numbers, both passes rounded to bytes: Pillow's.
 * @param columns  `size` offsets in bytes and then `size` weights for each column
 * @param rows  `rowSize` source rows and then `rowSize` weights for each row
 * @param lines  room for `rowSize + 1` rows of bytes, a row of sums, one of bytes, and a list of whole numbers, one for each row kept
 */
export function planesPillow(
  source: usize,
  rowBytes: i32,
  columns: usize,
  size: i32,
  width: i32,
  rows: usize,
  rowSize: i32,
  height: i32,
  lines: usize,
  values: usize,
  out: usize,
): void {
  const slots = rowSize + 1
  const room = <usize>(3 * width + 16)
  const sums = lines + <usize>slots * room
  const bytes = sums + 4 * room
  const held = bytes + room
  const plane = <usize>(4 * width * height)
  const half = i32x4.splat(1 << 21)
  for (let i = 0; i < slots; i++) store<i32>(held + <usize>(4 * i), -1)
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < 3 * width; i += 4) v128.store(sums + <usize>(4 * i), half)
    const taps = rows + <usize>(8 * rowSize * y)
    for (let k = 0; k < rowSize; k++) {
      const weight = load<i32>(taps + <usize>(4 * (rowSize + k)))
      if (weight === 0) continue
      const row = load<i32>(taps + <usize>(4 * k))
      const slot = row % slots
      const line = lines + <usize>slot * room
      if (load<i32>(held + <usize>(4 * slot)) !== row) {
        store<i32>(held + <usize>(4 * slot), row)
        pillowLine(source + <usize>(row * rowBytes), columns, size, width, line)
      }
      const w = i32x4.splat(weight)
      for (let i = 0; i < 3 * width; i += 4) {
        const at = sums + <usize>(4 * i)
        v128.store(at, i32x4.add(v128.load(at), i32x4.mul(bytesAt(line + <usize>i), w)))
      }
    }
    for (let i = 0; i < 3 * width; i += 4)
      store4(bytes + <usize>i, i32x4.shr_s(v128.load(sums + <usize>(4 * i)), 22))
    scatter(bytes, width, values, out + <usize>(4 * width * y), plane)
  }
}

function pillowLine(source: usize, columns: usize, size: i32, width: i32, line: usize): void {
  for (let x = 0; x < width; x++) {
    const taps = columns + <usize>(8 * size * x)
    let sum = i32x4.splat(1 << 21)
    for (let k = 0; k < size; k++) {
      const offset = <usize>load<i32>(taps + <usize>(4 * k))
      const weight = load<i32>(taps + <usize>(4 * (size + k)))
      sum = i32x4.add(sum, i32x4.mul(bytesAt(source + offset), i32x4.splat(weight)))
    }
    store4(line + <usize>(3 * x), i32x4.shr_s(sum, 22))
  }
}

/**
 * The same with weights of doubles, sums kept as they are between the passes, and one rounding at the end: OpenCV's area and cubic.
 * @param columns  of each column `size` offsets in bytes (whole numbers), all of them before all weights (doubles)
 * @param rows  of each row `rowSize` source rows, all of them before all weights
 * @param unit  what the sums are multiplied with
 * @param toEven  halves go to the even number, otherwise up
 * @param lines  room for `rowSize + 2` lines of doubles, a row of bytes, and a list of whole numbers, one for each row kept
 */
export function planesWeighted(
  source: usize,
  rowBytes: i32,
  columns: usize,
  columnWeights: usize,
  size: i32,
  width: i32,
  rows: usize,
  rowWeights: usize,
  rowSize: i32,
  height: i32,
  unit: f64,
  toEven: i32,
  lines: usize,
  values: usize,
  out: usize,
): void {
  const slots = rowSize + 1
  const room = <usize>(24 * width + 16)
  const sums = lines + <usize>slots * room
  const bytes = sums + room
  const held = bytes + <usize>(3 * width + 16)
  const plane = <usize>(4 * width * height)
  for (let i = 0; i < slots; i++) store<i32>(held + <usize>(4 * i), -1)
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < 3 * width; i += 2) v128.store(sums + <usize>(8 * i), f64x2.splat(0))
    for (let k = rowSize * y; k < rowSize * (y + 1); k++) {
      const weight = load<f64>(rowWeights + <usize>(8 * k))
      if (weight === 0) continue
      const row = load<i32>(rows + <usize>(4 * k))
      const slot = row % slots
      const line = lines + <usize>slot * room
      if (load<i32>(held + <usize>(4 * slot)) !== row) {
        store<i32>(held + <usize>(4 * slot), row)
        weightedLine(source + <usize>(row * rowBytes), columns, columnWeights, size, width, line)
      }
      const w = f64x2.splat(weight)
      for (let i = 0; i < 3 * width; i += 2) {
        const at = sums + <usize>(8 * i)
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(v128.load(line + <usize>(8 * i)), w)))
      }
    }
    roundLine(sums, 3 * width, unit, toEven, bytes)
    scatter(bytes, width, values, out + <usize>(4 * width * y), plane)
  }
}

function weightedLine(
  source: usize,
  columns: usize,
  weights: usize,
  size: i32,
  width: i32,
  line: usize,
): void {
  for (let x = 0; x < width; x++) {
    let redGreen = f64x2.splat(0)
    let blue: f64 = 0
    for (let k = size * x; k < size * (x + 1); k++) {
      const weight = load<f64>(weights + <usize>(8 * k))
      const at = source + <usize>load<i32>(columns + <usize>(4 * k))
      redGreen = f64x2.add(
        redGreen,
        f64x2.mul(f64x2.convert_low_i32x4_u(bytesAt(at)), f64x2.splat(weight)),
      )
      blue += <f64>load<u8>(at + 2) * weight
    }
    v128.store(line + <usize>(24 * x), redGreen)
    store<f64>(line + <usize>(24 * x + 16), blue)
  }
}

function roundLine(sums: usize, count: i32, unit: f64, toEven: i32, bytes: usize): void {
  const by = f64x2.splat(unit)
  const half = f64x2.splat(0.5)
  for (let i = 0; i < count; i += 2) {
    const value = f64x2.mul(v128.load(sums + <usize>(8 * i)), by)
    const whole = toEven ? f64x2.nearest(value) : f64x2.floor(f64x2.add(value, half))
    const two = i32x4.trunc_sat_f64x2_s_zero(whole)
    const halves = i16x8.narrow_i32x4_s(two, two)
    v128.store16_lane(bytes + <usize>i, i8x16.narrow_i16x8_u(halves, halves), 0)
  }
}
