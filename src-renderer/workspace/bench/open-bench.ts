import i18next from 'i18next'
import type { DocumentNotice } from '#renderer/state/document.ts'
import { rememberFrame } from '#renderer/state/remembered-frame.ts'
import { openSession, rangeOf } from '#renderer/state/session.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { JobId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { watchUnseen } from '../filter/filter-verbs.ts'
import { followRecovery } from '../playback/recovery.ts'
import { followTimes } from '../playback/times-of.ts'
import { followLayer } from '../predictions/follow-layer.ts'
import { followVisits, openListWhenKnown } from '../predictions/walk.ts'
import { stopAhead } from '../trackers/ahead.ts'
import { watchFrames } from '../trackers/follow.ts'
import { type Bench, createBench } from './bench.ts'

export type TaskDetails = Task & {
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
}

/** Open a task's document with its bench, on the frame given or the job's first. */
export function openBench(
  task: TaskDetails,
  jobId: JobId | null,
  frame: number,
): { bench: Bench; close: () => void } {
  const range = rangeOf(task, jobId)
  const inside = Math.max(range.start, Math.min(range.stop, frame))
  const isVideo = task.video !== null
  const session = openSession({
    ...{ taskId: task.id, isVideo, range },
    ...{ frame: inside, onNotice: showNotice },
  })
  const bench = createBench(session, task, task.labels)
  const stop = session.document.state.subscribe((now, before) => {
    if (now.frame !== before.frame) rememberFrame(task.id, now.frame)
  })
  const stops = [
    ...[watchUnseen(bench), followTimes(bench), followRecovery(bench)],
    ...[followLayer(bench), followVisits(bench)],
  ]
  if (wantsPredictions()) openListWhenKnown(bench)
  const unfollow = watchFrames(bench)
  void session.document.open()
  return {
    bench,
    close() {
      stop()
      for (const unfollow of stops) unfollow()
      unfollow()
      stopAhead()
      bench.ui.setState({ isPlaying: false })
      session.close()
    },
  }
}

/** Who comes from a run that predicted wants to decide on what it found. */
const wantsPredictions = (): boolean =>
  new URLSearchParams(window.location.search).get('panel') === 'predictions'

const ownTexts = {
  'frame-deleted': ['noticeFrameDeleted', 'noticeFrameDeletedRemedy'],
  'no-ids': ['noticeNoIds', 'noticeNoIdsRemedy'],
  'journal-failed': ['noticeJournal', 'noticeJournalRemedy'],
  unreachable: ['noticeUnreachable', 'noticeUnreachableRemedy'],
} as const

/** Refusals speak for themselves; what the page itself noticed has its own words. */
function showNotice({ kind, problem }: DocumentNotice): void {
  if (kind === 'refused' || kind === 'undo-failed') {
    if (problem) notifyProblem(problem)
    return
  }
  const [message, remedy] = ownTexts[kind]
  notifyProblem({
    code: kind,
    message: i18next.t(`workspace:${message}`),
    remedy: i18next.t(`workspace:${remedy}`),
  })
}
