import i18next from 'i18next'
import { announce } from '#renderer/state/announce.ts'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { PredictionChoice, PredictionId } from '#shared/domain/prediction.ts'
import type { Bench } from '../bench/bench.ts'

/** What is decided on one by one is seen happening; of more than so many it is told. */
const MANY = 5

/** They become annotations, in one undoable step. @param replaces  the one whose place the only one takes */
export async function accept(
  bench: Bench,
  choice: PredictionChoice,
  replaces?: AnnotationId,
): Promise<void> {
  if (isOnDeletedFrame(bench)) return
  await decide(bench, choice, async (taskId) => {
    // The core goes by what it has: edits that are still here go first.
    await bench.document.outbox.flush()
    const { count, requestId } = await client.predictions.accept({
      ...{ taskId, ...choice },
      ...(replaces !== undefined && { replaces }),
    })
    tell(requestId === null ? 'accepted' : 'accepting', count)
  })
}

/** They are set aside, and can be taken back. */
export async function reject(bench: Bench, choice: PredictionChoice): Promise<void> {
  await decide(bench, choice, async (taskId) => {
    const { count } = await client.predictions.reject({ taskId, ...choice })
    tell('rejected', count)
  })
}

/** What was rejected is open again. */
export async function restore(bench: Bench): Promise<void> {
  await decide(bench, null, async (taskId) => {
    const { count } = await client.predictions.restore({ taskId })
    notifyDone(i18next.t('predictions:restored', told(count)))
  })
}

async function decide(
  bench: Bench,
  choice: PredictionChoice | null,
  ask: (taskId: Bench['taskId']) => Promise<void>,
): Promise<void> {
  const { predictions, taskId } = bench
  if (choice) predictions.forget(meantHere(bench, choice))
  try {
    await ask(taskId)
  } catch (error) {
    notifyProblem(problemOf(error))
    predictions.changed()
  }
}

/** Of those on screen: which of them are meant. */
function meantHere({ predictions }: Bench, choice: PredictionChoice): PredictionId[] {
  const { here, frame } = predictions.state.getState()
  const { ids, minScore, belowScore, labelId } = choice
  if (choice.frame !== undefined && choice.frame !== frame) return []
  const fits = ({ id, score, proposal }: (typeof here)[number]) =>
    (ids === undefined || ids.includes(id)) &&
    (labelId === undefined || proposal.labelId === labelId) &&
    (minScore === undefined || (score !== null && score >= minScore)) &&
    (belowScore === undefined || (score !== null && score < belowScore))
  return here.filter(fits).map(({ id }) => id)
}

function isOnDeletedFrame({ document, ui }: Bench): boolean {
  const { frame, marks } = document.state.getState()
  if (!marks.isDeleted(frame)) return false
  ui.setState({ hint: 'frameDeleted' })
  return true
}

function tell(what: 'accepted' | 'accepting' | 'rejected', count: number): void {
  const text = i18next.t(`predictions:${what}`, told(count))
  announce(text)
  if (count >= MANY) notifyDone(text)
}

const told = (count: number) => ({ count, formatted: formatNumber(count) })
