import { setTimeout as pause } from 'node:timers/promises'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Client } from './connect.ts'
import { ReportedError } from './failure.ts'
import type { Session } from './session.ts'

const SETTLED = new Set<WorkRequest['state']>(['finished', 'failed', 'cancelled'])

/**
 * Wait for a request, with its progress on stderr. Ctrl+C cancels it first, so that nothing is left half done.
 * @returns the finished request
 * @throws the request's own failure, or CANCELLED
 */
export async function followRequest(
  { out, signal }: Pick<Session, 'out' | 'signal'>,
  client: Client,
  id: RequestId,
): Promise<WorkRequest> {
  let cancelling = false
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 1.5, 250)) {
    const request = await client.requests.get({ id })
    if (SETTLED.has(request.state)) {
      out.endProgress()
      return finishedOrThrow(request)
    }
    out.progress(progressLine(request))
    if (signal.aborted && !cancelling) {
      cancelling = true
      await client.requests.cancel({ id })
    }
    await pause(waitMs, undefined, cancelling ? {} : { signal }).catch(() => {
      // Woken by Ctrl+C: the next turn of the loop cancels.
    })
  }
}

function finishedOrThrow(request: WorkRequest): WorkRequest {
  if (request.state === 'cancelled') throw new AppError('CANCELLED', { what: request.title })
  if (request.state !== 'failed') return request
  throw new ReportedError(
    request.error ?? new AppError('INTERNAL', { detail: request.title }).toBody(),
  )
}

export function progressLine({ title, progress, message }: WorkRequest): string {
  const share = progress === null ? '' : ` ${Math.floor(progress * 100)} %`
  return `${title}${share}${message === '' ? '' : `: ${message}`}`
}

/** How long a command waits for a video to be checked from end to end: enough for a few minutes of it. */
const VIDEO_PATIENCE_MS = 60_000

/**
 * Wait until every frame of a video is certain, but not for hours: a long one is gone on with whenever Fieldmark runs.
 * @returns whether it is certain by now
 */
export async function followVideoIndex(
  { out, signal }: Pick<Session, 'out' | 'signal'>,
  client: Client,
  taskId: TaskId,
  patienceMs = VIDEO_PATIENCE_MS,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 1.5, 250)) {
    // The request first: what the task says after its end is the last word. A verified file is not enough, for another task's
    // check may have verified it, and this one has yet to get the frames there are.
    const request = await requestOf(client, taskId, 'index-video')
    const { video } = await client.tasks.get({ id: taskId })
    const isOver = !request || SETTLED.has(request.state)
    if (signal.aborted) throw new AppError('CANCELLED', { what: 'Checking the video' })
    if (!video || isOver || Date.now() > deadline) {
      out.endProgress()
      return video?.verified ?? true
    }
    out.progress(progressLine(request))
    await pause(waitMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Wait until the headers of a task's frames are read: only then are unreadable files known by name. */
export async function followIndex(
  session: Pick<Session, 'out' | 'signal'>,
  client: Client,
  taskId: TaskId,
): Promise<void> {
  const index = await requestOf(client, taskId, 'index')
  if (index) await followRequest(session, client, index.id)
}

async function requestOf(client: Client, taskId: TaskId, kind: WorkRequest['kind']) {
  const requests = await client.requests.list({ limit: 200 })
  return requests.find((one) => one.kind === kind && one.taskId === taskId)
}
