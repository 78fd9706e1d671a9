/**
 * One axis of a bilinear enlargement as weights: value(i) = the sum of `weights` times the source from `first` on. Such
 * tables can be put one after the other, so that a mask that grows in two steps (prototypes to input, input to picture) is
 * read in one, and only where it is wanted.
 */
export interface LineWeights {
  readonly length: number
  /** Weights a place. */
  readonly size: number
  readonly first: Int32Array
  readonly weights: Float64Array
}

/** Bilinear with half-pixel centres and edges held, as `cv2.resize` and `F.interpolate(align_corners=False)`. */
export function bilinearWeights(source: number, target: number): LineWeights {
  const line = emptyLine(target, 2)
  const step = source / target
  for (let i = 0; i < target; i++) {
    const place = Math.max(0, Math.min(source - 1, (i + 0.5) * step - 0.5))
    const below = Math.max(0, Math.min(source - 2, Math.floor(place)))
    line.first[i] = below
    line.weights[2 * i] = 1 - (place - below)
    line.weights[2 * i + 1] = place - below
  }
  return line
}

/** The places from … to of a line. */
export function partOfLine(line: LineWeights, from: number, to: number): LineWeights {
  return {
    length: to - from,
    size: line.size,
    first: line.first.subarray(from, to),
    weights: line.weights.subarray(from * line.size, to * line.size),
  }
}

/** First `inner`, then `outer` of what comes out: as one. */
export function afterEachOther(inner: LineWeights, outer: LineWeights): LineWeights {
  let size = 1
  for (let i = 0; i < outer.length; i++) {
    const [from, to] = reach(inner, outer, i)
    size = Math.max(size, to - from)
  }
  const line = emptyLine(outer.length, size)
  for (let i = 0; i < outer.length; i++) {
    const [from] = reach(inner, outer, i)
    line.first[i] = from
    for (let k = 0; k < outer.size; k++) {
      const middle = (outer.first[i] ?? 0) + k
      const share = outer.weights[i * outer.size + k] ?? 0
      if (share === 0 || middle >= inner.length) continue
      for (let j = 0; j < inner.size; j++) {
        const weight = share * (inner.weights[middle * inner.size + j] ?? 0)
        if (weight === 0) continue
        const at = i * size + (inner.first[middle] ?? 0) + j - from
        line.weights[at] = (line.weights[at] ?? 0) + weight
      }
    }
  }
  return line
}

/** Which of the source's places weigh anything in place `i`: from, and the first after them. */
function reach(inner: LineWeights, outer: LineWeights, i: number): [from: number, to: number] {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (let k = 0; k < outer.size; k++) {
    const middle = (outer.first[i] ?? 0) + k
    if ((outer.weights[i * outer.size + k] ?? 0) === 0 || middle >= inner.length) continue
    for (let j = 0; j < inner.size; j++) {
      if ((inner.weights[middle * inner.size + j] ?? 0) === 0) continue
      from = Math.min(from, (inner.first[middle] ?? 0) + j)
      to = Math.max(to, (inner.first[middle] ?? 0) + j + 1)
    }
  }
  return from < to ? [from, to] : [0, 0]
}

function emptyLine(length: number, size: number): LineWeights {
  return { length, size, first: new Int32Array(length), weights: new Float64Array(length * size) }
}
