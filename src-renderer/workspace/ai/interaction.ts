import type { ImageBox } from '#renderer/canvas/geometry/space.ts'
import { InteractSession, type Prompt } from '#renderer/canvas/tools/interact-session.ts'
import { type ResultType, resultTypes } from '#renderer/state/ai-settings.ts'
import { client } from '#renderer/state/client.ts'
import { aiSettings, parametersOf } from '#renderer/state/known-functions.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { AnnotationId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Bench } from '../bench/bench.ts'
import { topLayer } from '../bench/drawing.ts'
import { Asker } from './asker.ts'
import { foundOf } from './found.ts'

/** An object being pointed out to a function, from the first look at the tool until it is finished or left. */
export interface Interaction {
  readonly info: FunctionInfo
  readonly session: InteractSession
  readonly asker: Asker
  /** Where it belongs, even when another frame is on screen already. */
  readonly frame: FrameIndex
  readonly size: { readonly width: number; readonly height: number }
  readonly labelId: LabelId
  /** The layer a new shape goes to. */
  readonly zOrder: number
  /** The shape whose outline is found anew; null for a new one. */
  readonly edited: AnnotationId | null
  /** The part of the picture that is looked at, once something has been asked; null for all of it. */
  region(): ImageBox | null
  /** Nothing is asked or heard any more. */
  close(): void
}

/** Of these frames an embedding is made ahead: the one on screen, and those a person comes to next. */
const FRAMES_AHEAD = 3

const RESTS_AFTER_MS = 120

/** What a result may become under this label: its own type, or what was chosen last. null: nothing that is found fits it. */
export function resultTypeOf(label: Label, wished: ResultType): ResultType | null {
  if (label.type === 'any') return wished
  return resultTypes.find((type) => type === label.type) ?? null
}

/** @returns null while no picture is there to point at */
export function newInteraction(
  bench: Bench,
  info: FunctionInfo,
  labelId: LabelId,
  begun: { readonly edited: AnnotationId; readonly prompt: Prompt } | null = null,
): Interaction | null {
  const { frame, picture } = bench.document.state.getState()
  if (picture?.kind !== 'ready') return null
  const size = { width: picture.width, height: picture.height }
  const rules = info.prompts ?? { minPositive: 1, minNegative: 0, box: 'none' as const }
  const session = new InteractSession(size, rules, begun?.prompt)
  let region: ImageBox | null | undefined
  const regionNow = () => {
    if (region === undefined) region = aiSettings().onlyVisible ? visiblePart(bench, size) : null
    return region
  }
  const asker = new Asker(session, {
    prepare: info.prompts?.preparable
      ? (signal) => client.functions.prepare(framesAhead(bench, info), { signal })
      : null,
    canGuess: () => !info.remote && info.prompts?.preparable === true && !aiSettings().onlyVisible,
    interact: async (prompt, previous, signal) => {
      const part = regionNow()
      const input = { taskId: bench.taskId, frame, ...questionOf(info, prompt, part), previous }
      return foundOf(await client.functions.interact(input, { signal }), info.name, size)
    },
  })
  // What is looked at is chosen anew for the next object, or when all was cleared.
  const stop = session.subscribe(() => {
    if (session.isEmpty) region = undefined
  })
  const stopSettings = whenSet(info, () => asker.askAnew())
  const close = () => {
    stop()
    stopSettings()
    asker.close()
  }
  const edited = begun?.edited ?? null
  const zOrder = topLayer(bench)
  const fixed = { info, session, asker, frame, size, zOrder, edited, close }
  return { ...fixed, labelId, region: () => region ?? null }
}

/** A slider that is moved is one change, told when it rests. */
function whenSet({ id }: FunctionInfo, onSet: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = useSettings.subscribe(({ ai }, before) => {
    if (ai.parameters[id] === before.ai.parameters[id]) return
    clearTimeout(timer)
    timer = setTimeout(onSet, RESTS_AFTER_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

function questionOf(info: FunctionInfo, { clicks, box }: Prompt, region: ImageBox | null) {
  const places = (isPositive: boolean) =>
    clicks
      .filter((one) => one.isPositive === isPositive)
      .map(({ x, y }): [number, number] => [x, y])
  return {
    functionId: info.id,
    positive: places(true),
    negative: places(false),
    box: box && ([box.x1, box.y1, box.x2, box.y2] as [number, number, number, number]),
    region: region && { left: region.x1, top: region.y1, right: region.x2, bottom: region.y2 },
    parameters: parametersOf(info),
  }
}

function framesAhead(bench: Bench, info: FunctionInfo) {
  const { frame, marks } = bench.document.state.getState()
  const last = Math.min(bench.document.range.stop, frame + FRAMES_AHEAD)
  const frames = [frame]
  for (let next = frame + 1; next <= last; next += 1) if (!marks.isDeleted(next)) frames.push(next)
  return { taskId: bench.taskId, functionId: info.id, frames }
}

/** Whole pixels of the picture; null when all of it is on screen. */
function visiblePart(
  bench: Bench,
  { width, height }: { width: number; height: number },
): ImageBox | null {
  const seen = bench.canvas?.visible
  if (!seen) return null
  const box = {
    x1: Math.floor(seen.x1),
    y1: Math.floor(seen.y1),
    x2: Math.ceil(seen.x2),
    y2: Math.ceil(seen.y2),
  }
  const isAll = box.x1 <= 0 && box.y1 <= 0 && box.x2 >= width && box.y2 >= height
  return isAll || box.x2 - box.x1 < 1 || box.y2 - box.y1 < 1 ? null : box
}
