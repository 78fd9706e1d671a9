/** The loop of desk-track's card: every thing from its first frame in full sight to the end, never corrected. */
import type { FunctionPicture, FunctionProvider } from '#main/core/ports.ts'
import { functionIdSchema } from '#shared/domain/function.ts'
import { boxOverlap } from '#shared/geometry/overlap.ts'
import type { TruthBox } from './video.ts'

const TRACK = functionIdSchema.parse('onnx/desk-track')
const REID = functionIdSchema.parse('onnx/desk-reid')
/** What the card begins with: seen so much, so long before the end, so large. */
const LEAST_SEEN = 0.8
const LAST_FRAMES = 30
const LEAST_SIDE = 12
/** Frames between two looks at a thing, as re-identification is measured. */
const APART = 20

const boxOf = ([left, top, right, bottom]: readonly number[]) => ({
  ...{ left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 },
})

/** @returns mean intersection over union wherever a thing is visible, and how many boxes that are */
export async function followScores(
  functions: FunctionProvider,
  frames: readonly FunctionPicture[],
  truth: readonly (readonly TruthBox[])[],
): Promise<{ mean: number; count: number }> {
  const tokens = new Map<number, string>()
  const last = new Map<number, readonly number[]>()
  let [sum, count] = [0, 0]
  for (const [at, picture] of frames.entries()) {
    const here = truth[at] ?? []
    const live = [...tokens]
    const found = await functions.update(
      TRACK,
      picture,
      live.map(([, token]) => token),
      {},
    )
    for (const [i, [thing]] of live.entries()) {
      const points = found[i]?.points
      // Lost, it stays where it was: the card's loop reports that box.
      if (points) last.set(thing, points)
      const seen = here.find((one) => one.thing === thing)
      if (!seen) continue
      sum += boxOverlap(boxOf(last.get(thing) ?? []), boxOf(seen.box))
      count += 1
    }
    for (const { thing, box, visible } of here) {
      const isLarge = Math.min(box[2] - box[0], box[3] - box[1]) >= LEAST_SIDE
      if (tokens.has(thing) || visible < LEAST_SEEN || at >= frames.length - LAST_FRAMES) continue
      if (!isLarge) continue
      const shape = { type: 'rectangle' as const, points: [...box], rotation: 0 }
      const [token = ''] = await functions.begin(TRACK, picture, [shape], {})
      tokens.set(thing, token)
      last.set(thing, box)
    }
  }
  return { mean: sum / count, count }
}

/** How often a thing's nearest look, 20 frames earlier, is its own. */
export async function looksScores(
  functions: FunctionProvider,
  frames: readonly FunctionPicture[],
  truth: readonly (readonly TruthBox[])[],
): Promise<{ right: number; asked: number }> {
  let [right, asked] = [0, 0]
  const shown = (at: number) =>
    (truth[at] ?? []).filter(
      ({ box, visible }) =>
        visible >= 0.4 && Math.min(box[2] - box[0], box[3] - box[1]) >= LEAST_SIDE,
    )
  const asBox = ({ box }: TruthBox) => ({ labelId: 1, points: [...box] })
  for (let at = APART; at < frames.length; at += APART) {
    const [before, now] = [shown(at - APART), shown(at)]
    const [picture0, picture1] = [frames[at], frames[at - APART]]
    if (!picture0 || !picture1) continue
    for (const one of now) {
      if (!before.some(({ thing }) => thing === one.thing)) continue
      const [nearest = -1] = await functions.match(
        REID,
        {
          ...{ picture0, picture1, boxes0: [asBox(one)], boxes1: before.map(asBox) },
          ...{ threshold: 2, maxDistance: 1e6 },
        },
        {},
      )
      asked += 1
      if (before[nearest]?.thing === one.thing) right += 1
    }
  }
  return { right, asked }
}
