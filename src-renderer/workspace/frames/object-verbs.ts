import { client } from '#renderer/state/client.ts'
import { deleteStep, updateStep } from '#renderer/state/steps.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Bench } from '../bench/bench.ts'
import { labelFits } from '../bench/drawing.ts'
import { relabelled } from '../bench/editing.ts'

/** How many were changed, and how many were not because they are locked or cannot carry the label. */
export interface Outcome {
  readonly changed: number
  readonly left: number
}

/**
 * Give objects of any frames another label, as one step. Attributes belong to the old one and go with it, as in CVAT.
 * @throws what the core says when it cannot be asked
 */
export async function relabelObjects(
  bench: Bench,
  ids: readonly AnnotationId[],
  label: Label,
): Promise<Outcome> {
  const all = await annotationsById(bench, ids)
  const fitting = unlocked(bench, all).filter((one) =>
    labelFits(label, one.kind === 'tag' ? 'tag' : one.type),
  )
  const step = updateStep(
    'change-label',
    fitting,
    (one) => (one.labelId === label.id ? one : (relabelled(bench, one, label) ?? one)),
    label.name,
  )
  if (step) bench.document.apply(step)
  return { changed: step?.operations.length ?? 0, left: ids.length - fitting.length }
}

/** Delete objects of any frames, as one step. @throws as above */
export async function deleteObjects(bench: Bench, ids: readonly AnnotationId[]): Promise<Outcome> {
  const doomed = unlocked(bench, await annotationsById(bench, ids))
  if (doomed.length > 0) bench.document.apply(deleteStep(doomed))
  return { changed: doomed.length, left: ids.length - doomed.length }
}

/** As they are now: what was drawn a moment ago reaches the core first. */
async function annotationsById(bench: Bench, ids: readonly AnnotationId[]): Promise<Annotation[]> {
  await bench.document.outbox.flush()
  const { annotations } = await client.annotations.get({ taskId: bench.taskId, ids: [...ids] })
  return annotations
}

function unlocked(bench: Bench, annotations: readonly Annotation[]): Annotation[] {
  return annotations.filter(({ id }) => !bench.document.viewOf(id).locked)
}
