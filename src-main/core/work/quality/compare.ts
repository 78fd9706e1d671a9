import { z } from 'zod'
import { taskIdSchema } from '#shared/domain/ids.ts'
import type { Comparison, Difference } from '#shared/domain/quality.ts'
import { compareFrame, type Labelled, type Match } from '#shared/quality/compare.ts'
import type { DatasetFrame } from '../../ports.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { Work } from '../work.ts'
import { wovenFrames } from './frames.ts'
import { fileSet, labelled, type SecondSet, taskSet } from './second-set.ts'

const compareParams = z.object({
  taskId: taskIdSchema,
  with: z.union([
    z.object({ taskId: taskIdSchema }),
    z.object({ path: z.string(), format: z.string().nullable() }),
  ]),
  overlap: z.number(),
})

/** The report lists so many; counts are exact all the same. */
const LISTED = 10_000
/** A pair below it lies otherwise: files round to a hundredth of a pixel, and that is no difference. */
const SAME_PLACE = 0.999

/** Compare the annotations of a task, frame by frame, with another task's or a file's. Changes nothing. */
export const compare: Work = async (deps, params, hooks): Promise<Comparison> => {
  const { taskId, with: other, overlap } = compareParams.parse(params)
  await readPendingHeaders(deps, taskId, hooks)
  const second =
    'taskId' in other
      ? taskSet(deps, other.taskId)
      : await fileSet(deps, taskId, { file: other, hooks })
  const names = new Map(deps.store.labels.ofTask(taskId).map(({ id, name }) => [id, name]))
  const tally = new Tally(overlap)
  for (const { frame, annotations } of wovenFrames(deps, taskId, hooks)) {
    tally.add(frame, labelled(annotations, names), second)
  }
  return { ...tally.finish(), notes: second.notes() }
}

class Tally {
  readonly #least: number
  readonly #counts = {
    ...{ frames: 0, unmatched: 0, first: 0, second: 0, matched: 0, agreed: 0 },
    ...{ onlyFirst: 0, onlySecond: 0, differenceCount: 0 },
  }
  readonly #labels = new Map<string, Comparison['labels'][number]>()
  readonly #differences: Difference[] = []
  #overlaps = 0

  constructor(least: number) {
    this.#least = least
  }

  add(frame: DatasetFrame, first: readonly Labelled[], set: SecondSet): void {
    const second = set.of(frame)
    if (second === null) {
      this.#counts.unmatched += 1
      return
    }
    const counts = this.#counts
    counts.frames += 1
    counts.first += first.length
    counts.second += second.length
    for (const { label } of first) this.#label(label).first += 1
    for (const { label } of second) this.#label(label).second += 1
    const { matches, onlyA, onlyB } = compareFrame(first, second, this.#least)
    for (const match of matches) this.#pair(frame, match)
    for (const one of onlyA) this.#tell('only-first', frame, { a: one })
    for (const one of onlyB) this.#tell('only-second', frame, { b: one })
    counts.onlyFirst += onlyA.length
    counts.onlySecond += onlyB.length
  }

  #pair(frame: DatasetFrame, match: Match): void {
    this.#counts.matched += 1
    this.#overlaps += match.overlap
    if (match.a.label === match.b.label) {
      this.#counts.agreed += 1
      this.#label(match.a.label).agreed += 1
      if (match.overlap < SAME_PLACE) this.#tell('geometry', frame, match)
    } else this.#tell('label', frame, match)
  }

  #tell(
    kind: Difference['kind'],
    { index, name }: DatasetFrame,
    { a, b, overlap = 0 }: { a?: Labelled; b?: Labelled; overlap?: number },
  ): void {
    this.#counts.differenceCount += 1
    if (this.#differences.length >= LISTED) return
    const one = (a ?? b)?.annotation
    this.#differences.push({
      ...{ kind, frame: index as Difference['frame'], name, overlap },
      type: one?.kind === 'shape' ? one.type : 'tag',
      labels: [a, b].flatMap((each) => each?.label ?? []),
      ids: [idOf(a), idOf(b)],
    })
  }

  #label(label: string): Comparison['labels'][number] {
    const known = this.#labels.get(label) ?? { label, first: 0, second: 0, agreed: 0 }
    this.#labels.set(label, known)
    return known
  }

  finish(): Omit<Comparison, 'notes'> {
    const { matched } = this.#counts
    return {
      ...this.#counts,
      meanOverlap: matched === 0 ? 0 : this.#overlaps / matched,
      labels: [...this.#labels.values()],
      differences: this.#differences,
    }
  }
}

/** What comes from a file has no id; it is numbered 0. */
function idOf(one: Labelled | undefined): Difference['ids'][number] {
  return one === undefined || one.annotation.id === 0 ? null : one.annotation.id
}
