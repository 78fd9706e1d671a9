/** A box of a certain size and shape, by which a net says what it sees. */
export interface Anchor {
  readonly w: number
  readonly h: number
}

/** As SiamMask and SiamRPN make them: sides cut to whole cells. @param ratios  height by width */
export function anchorsOf(stride: number, ratios: readonly number[], scale: number): Anchor[] {
  return ratios.map((ratio) => {
    const across = Math.floor(Math.sqrt((stride * stride) / ratio))
    return { w: across * scale, h: Math.floor(across * ratio) * scale }
  })
}
