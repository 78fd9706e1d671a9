/** Where a person goes in a video, read from the frames they ask for, and what to decode before they ask. Pure. */

/** Steps longer than this are jumps: they say nothing about what comes next. */
const LONGEST_STEP = 64
const MEMORY = 6
/** Of them, those that say where the person is. */
const LATEST = 3
const FIRST_WINDOW = 4
const MOST_AHEAD = 48

export interface Travel {
  /** The latest frames asked for since the last jump, oldest first; never empty. */
  readonly steps: readonly number[]
  /** Frames from one picture to the next, ≥ 1. */
  readonly stride: number
  readonly direction: 1 | -1
  /** How many steps since the last jump: the longer somebody goes one way, the further ahead is decoded. */
  readonly run: number
}

export function travelTo(before: Travel | null, n: number): Travel {
  const last = before?.steps.at(-1)
  if (!before || last === undefined || Math.abs(n - last) > LONGEST_STEP)
    return { steps: [n], stride: before?.stride ?? 1, direction: 1, run: 0 }
  if (n === last) return before
  const steps = [...before.steps, n].slice(-MEMORY)
  const direction = directionOf(steps) ?? before.direction
  const run = direction === before.direction ? before.run + 1 : 1
  return { steps, stride: commonStride(steps), direction, run }
}

/**
 * A screen prepares a neighbour or two on the other side as well (5, 6, 7, 4, 8 …): the way is where new ground is
 * reached more often. Null when both are alike.
 */
function directionOf(steps: readonly number[]): 1 | -1 | null {
  let [low, high] = [steps[0] ?? 0, steps[0] ?? 0]
  let balance = 0
  for (const n of steps) {
    if (n > high) balance += 1
    if (n < low) balance -= 1
    low = Math.min(low, n)
    high = Math.max(high, n)
  }
  return balance === 0 ? null : balance > 0 ? 1 : -1
}

/** Playing faster drops frames unevenly (2, 1, 2): the greatest common step is what the task's own step is. */
function commonStride(steps: readonly number[]): number {
  let stride = 0
  for (let at = 1; at < steps.length; at++)
    stride = gcd(stride, Math.abs((steps[at] ?? 0) - (steps[at - 1] ?? 0)))
  return stride || 1
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

export interface Surroundings {
  readonly frames: number
  /** Ascending, the first one 0. */
  readonly keyframes: Uint32Array
  /** Frames that may be kept ahead of the person, memory permitting. */
  readonly room: number
  has(n: number): boolean
}

/** How many frames ahead are wanted, growing with the way gone. */
export function windowOf({ run }: Travel, room: number): number {
  return Math.min(MOST_AHEAD, room, FIRST_WINDOW * 2 ** Math.min(run, 8))
}

/**
 * What to decode for a frame somebody waits for: itself, and in the same group of pictures some before it, which the
 * decoder passes anyway. Going backwards these are the next ones wanted.
 * @returns ascending, `n` last
 */
export function wantedPass(travel: Travel, n: number, around: Surroundings): number[] {
  const most = travel.direction < 0 ? windowOf(travel, around.room) : FIRST_WINDOW
  const first = keyframeAtOrBefore(around.keyframes, n)
  const frames = [n]
  for (let k = 1; k < Math.min(most, around.room); k++) {
    const before = n - k * travel.stride
    if (before < first) break
    if (!around.has(before)) frames.unshift(before)
  }
  return frames
}

/** What to decode next while nobody waits; ascending, empty when enough is there. */
export function aheadPass(travel: Travel, around: Surroundings): number[] {
  return travel.direction > 0 ? forwards(travel, around) : backwards(travel, around)
}

function forwards(travel: Travel, around: Surroundings): number[] {
  const at = Math.max(...travel.steps.slice(-LATEST))
  const frames: number[] = []
  for (let k = 1; k <= windowOf(travel, around.room); k++) {
    const n = at + k * travel.stride
    if (n >= around.frames) break
    if (!around.has(n)) frames.push(n)
  }
  return frames
}

/**
 * Backwards, whole stretches are decoded forwards: from a keyframe where one is near, since the way from there costs the
 * same whether its frames are kept or not. A new stretch, as long again, begins when half of the last one is used up.
 */
function backwards(travel: Travel, around: Surroundings): number[] {
  const at = Math.min(...travel.steps.slice(-LATEST))
  const most = windowOf(travel, around.room)
  let k = 1
  while (k <= most && at - k * travel.stride >= 0 && around.has(at - k * travel.stride)) k++
  const end = at - k * travel.stride
  if (end < 0 || k > Math.max(1, most / 2)) return []
  const lowest = end - (most - 1) * travel.stride
  const start = keyframeWithin(around.keyframes, Math.max(0, lowest), end)
  const frames: number[] = []
  for (let n = end; n >= start; n -= travel.stride) if (!around.has(n)) frames.unshift(n)
  return frames
}

/** The first keyframe of a stretch, or its beginning when it holds none. */
function keyframeWithin(keyframes: Uint32Array, from: number, to: number): number {
  const at = position(keyframes, from)
  const found = keyframes[keyframes[at] === from ? at : at + 1]
  return found !== undefined && found <= to ? found : from
}

export function keyframeAtOrBefore(keyframes: Uint32Array, n: number): number {
  return keyframes[position(keyframes, n)] ?? 0
}

/** Position of the last keyframe at or before `n`; -1 when there is none. */
function position(keyframes: Uint32Array, n: number): number {
  let [low, high] = [-1, keyframes.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((keyframes[middle] ?? 0) <= n) low = middle
    else high = middle - 1
  }
  return low
}
