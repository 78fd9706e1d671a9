// The twin of src-shared/media/halve-plane.ts: sixteen samples of two rows become eight.

export function halvePlane(
  source: usize,
  width: i32,
  height: i32,
  target: usize,
  targetWidth: i32,
  targetHeight: i32,
): void {
  const ones = i16x8.splat(1)
  for (let y = 0; y < targetHeight; y++) {
    const upper = source + <usize>(min(2 * y, height - 1) * width)
    const lower = source + <usize>(min(2 * y + 1, height - 1) * width)
    const out = target + <usize>(y * targetWidth)
    let x = 0
    for (; 2 * x + 16 <= width && x + 8 <= targetWidth; x += 8) {
      const at = <usize>(2 * x)
      const rows = i8x16.avgr_u(v128.load(upper + at), v128.load(lower + at))
      const sums = i16x8.add(i16x8.extadd_pairwise_i8x16_u(rows), ones)
      const means = i16x8.shr_u(sums, 1)
      v128.store64_lane(out + <usize>x, i8x16.narrow_i16x8_u(means, means), 0)
    }
    for (; x < targetWidth; x++) {
      const left = <usize>min(2 * x, width - 1)
      const right = <usize>min(2 * x + 1, width - 1)
      const first = (<i32>load<u8>(upper + left) + <i32>load<u8>(lower + left) + 1) >> 1
      const second = (<i32>load<u8>(upper + right) + <i32>load<u8>(lower + right) + 1) >> 1
      store<u8>(out + <usize>x, <u8>((first + second + 1) >> 1))
    }
  }
}
