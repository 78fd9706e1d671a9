import type { FrameIndex, JobId, TaskId } from '#shared/domain/ids.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { onceAfterPaint } from './after-paint.ts'
import { client } from './client.ts'
import { AnnotationDocument, type DocumentNotice } from './document.ts'
import { events } from './events.ts'
import { FrameLoader, type FrameRange } from './frames.ts'
import { IdPool } from './id-pool.ts'
import { openJournal } from './journal.ts'
import { backOff, Outbox } from './outbox.ts'
import { Adjuster } from './picture/adjuster.ts'
import { httpPictures } from './picture/http-pictures.ts'
import { renewPicture } from './picture/renew-picture.ts'
import { useSettings } from './settings.ts'
import { PictureWorkers } from './video/picture-workers.ts'
import { videoPictures } from './video/video-pictures.ts'

export interface Session {
  readonly document: AnnotationDocument
  readonly pictures: FrameLoader
  close(): void
}

const journal = openJournal()

/** The frames a person works on: the job's, or the whole task's. */
export function rangeOf(task: Task & { jobs: readonly Job[] }, jobId: JobId | null): FrameRange {
  const job = task.jobs.find((candidate) => candidate.id === jobId)
  if (job) return { start: job.startFrame, stop: job.stopFrame }
  return { start: 0, stop: Math.max(0, task.size - 1) }
}

/** Open a task for annotation: the composition root of the state layer. */
export function openSession(options: {
  taskId: TaskId
  isVideo: boolean
  range: FrameRange
  frame: FrameIndex
  onNotice: (notice: DocumentNotice) => void
}): Session {
  const { taskId, range, frame, onNotice } = options
  const adjuster = new Adjuster()
  const toneNow = () => useSettings.getState().tone
  const workers = new PictureWorkers()
  const pictures = new FrameLoader(
    options.isVideo
      ? videoPictures(taskId, workers, toneNow)
      : httpPictures(taskId, adjuster, toneNow),
  )
  const outbox: Outbox = new Outbox({
    taskId,
    journal,
    send: ({ clientStepId, baseRevision, step }) =>
      client.annotations.apply({ taskId, clientStepId, baseRevision, step }),
    newStepId: () => {
      const id = crypto.randomUUID()
      document.expect(id)
      return id
    },
    onAcknowledged: (_entry, result) => document.acknowledged(result),
    onRefused: (_entry, problem) => void document.refused(problem),
    afterPaint: onceAfterPaint,
    onJournalFailed: () => onNotice({ kind: 'journal-failed', problem: null }),
    pause: backOff,
  })
  const document: AnnotationDocument = new AnnotationDocument({
    taskId,
    range,
    frame,
    core: {
      frame: (at, tracks) => client.annotations.frame({ taskId, frame: at, tracks }),
      tracks: (after) => client.annotations.tracks({ taskId, after }),
      marks: () => client.frames.marks({ taskId }),
      undo: () => client.annotations.undo({ taskId }),
      redo: () => client.annotations.redo({ taskId }),
    },
    pictures,
    outbox,
    ids: new IdPool((count) => client.annotations.reserveIds({ count })),
    journal,
    onNotice,
    afterPaint: onceAfterPaint,
  })
  let problems = 0
  const stops = [
    events.on('task', ({ id, task }) => {
      if (id !== taskId || !task || task.problemCount === problems) return
      // Media were relinked, or more of them read: what could not be shown may be there now.
      problems = task.problemCount
      pictures.forgetProblems()
      const { frame: shown, picture } = document.state.getState()
      if (picture?.kind === 'problem') void document.goTo(shown)
    }),
    events.on('annotations', (event) => document.onAnnotationsEvent(event)),
    events.onReconnected(() => {
      outbox.nudge()
      void document.reload()
    }),
    useSettings.subscribe(({ autosave }) => outbox.hold(!autosave)),
    useSettings.subscribe((now, before) => {
      if (now.tone !== before.tone) renewPicture(document, pictures)
    }),
  ]
  outbox.hold(!useSettings.getState().autosave)
  return {
    document,
    pictures,
    close() {
      for (const stop of stops) stop()
      document.close()
      pictures.close()
      adjuster.close()
      workers.close()
    },
  }
}
