import i18next from 'i18next'
import { announce } from '#renderer/state/announce.ts'
import { client } from '#renderer/state/client.ts'
import { aiSettings, knownFunctions, parametersOf, setAi } from '#renderer/state/known-functions.ts'
import { orpc, queryClient } from '#renderer/state/queries.ts'
import { stepOf } from '#renderer/state/steps.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { LabelMapping } from '#shared/domain/label-mapping.ts'
import type { Proposal } from '#shared/domain/prediction.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { Bench } from '../bench/bench.ts'
import { commonLabel } from '../bench/bench.ts'
import { topLayer } from '../bench/drawing.ts'
import { aiProblem } from './ai-problem.ts'
import { notYetHere } from './already-here.ts'
import { fittingDetector } from './fitting-detector.ts'

/** A detector at work on one frame. */
export interface Detecting {
  readonly name: string
  readonly frame: FrameIndex
  readonly abort: AbortController
}

/** Annotate this frame with the detector used last and what its labels became then; its card where there is none. */
export async function detectAgain(bench: Bench): Promise<void> {
  try {
    const { labels } = bench.ui.getState()
    const info = fittingDetector(await knownFunctions('detector'), aiSettings().detector, labels)
    if (info) await detect(bench, info)
    else bench.ui.setState({ toolCard: 'ai' })
  } catch (error) {
    notifyProblem(aiProblem(error))
  }
}

export function stopDetecting(bench: Bench): void {
  bench.ui.getState().detecting?.abort.abort()
}

/**
 * Annotate: what the detector finds on this frame becomes one step of history. One at a time; a second one takes the place
 * of the first. What lies there exactly so already is not made again.
 * @param mapping  left out: as remembered for this task, else by name
 */
export async function detect(
  bench: Bench,
  info: FunctionInfo,
  mapping?: LabelMapping,
): Promise<void> {
  const { frame, marks } = bench.document.state.getState()
  if (marks.isDeleted(frame)) {
    bench.ui.setState({ hint: 'frameDeleted' })
    return
  }
  stopDetecting(bench)
  setAi({ detector: info.id })
  const abort = new AbortController()
  bench.ui.setState({ detecting: { name: info.name, frame, abort } })
  const { tiles, masksToPolygons } = aiSettings()
  try {
    const answer = await client.functions.detect(
      {
        taskId: bench.taskId,
        frame,
        functionId: info.id,
        parameters: parametersOf(info),
        ...(mapping ? { mapping } : {}),
        tiles: tiles.isOn ? { size: tiles.size, overlap: tiles.overlap, whole: true } : null,
        masksToPolygons,
      },
      { signal: abort.signal },
    )
    if (abort.signal.aborted) return
    const fresh = freshOn(bench, frame, answer.proposals)
    await keepProposals(bench, frame, fresh)
    tell(info.name, answer.proposals.length, fresh.length, answer.notes)
    if (mapping) forgetMapping(bench, info)
  } catch (error) {
    if (!abort.signal.aborted) notifyProblem(aiProblem(error))
  } finally {
    if (bench.ui.getState().detecting?.abort === abort) bench.ui.setState({ detecting: null })
  }
}

/** The core remembers what was chosen: what the page knows of it is old. */
function forgetMapping({ taskId }: Bench, { id }: FunctionInfo): void {
  const input = { taskId, functionId: id }
  void queryClient.invalidateQueries({ queryKey: orpc.functions.mapping.key({ input }) })
}

/** The page knows what lies on the frame shown alone: who went on while the detector looked gets all it found. */
function freshOn(
  bench: Bench,
  frame: FrameIndex,
  proposals: readonly Proposal[],
): readonly Proposal[] {
  const now = bench.document.state.getState()
  return now.frame === frame ? notYetHere(proposals, now.annotations.values()) : proposals
}

async function keepProposals(
  bench: Bench,
  frame: FrameIndex,
  proposals: readonly Proposal[],
): Promise<void> {
  if (proposals.length === 0) return
  const groups = [...new Set(proposals.map(({ group }) => group))].filter((group) => group > 0)
  const ids = await bench.document.reserveIds(proposals.length + groups.length)
  if (!ids) return
  const groupIds = new Map(groups.map((group, at) => [group, ids[proposals.length + at] ?? 0]))
  const isHere = bench.document.state.getState().frame === frame
  const above = isHere ? topLayer(bench) : 0
  const created = proposals.flatMap((one, at) => withId(one, ids[at], groupIds, above) ?? [])
  const operations = created.map((after): AnnotationOperation => ({ kind: 'create', after }))
  const step = stepOf('detect', operations, commonLabel(bench, created))
  bench.document.apply({ ...step, frame })
}

/** @param above  the layer they begin on: what is found lies over what was there */
export function withId(
  proposal: Proposal,
  id: AnnotationId | undefined,
  groups: ReadonlyMap<number, number>,
  above: number,
): Annotation | null {
  if (id === undefined) return null
  const group = groups.get(proposal.group) ?? 0
  if (proposal.kind === 'tag') return { ...proposal, id, group }
  return { ...proposal, id, group, zOrder: proposal.zOrder + above }
}

function tell(name: string, count: number, fresh: number, notes: readonly string[]): void {
  const title =
    count === 0 ? i18next.t('ai:foundNothing', { name }) : i18next.t('ai:found', { name, count })
  const known = count - fresh
  const all = known > 0 ? [i18next.t('ai:foundKnown', { count: known }), ...notes] : notes
  notifyDone(title, all.join(' '), 'detected')
  announce([title, ...all].join(' '))
}
