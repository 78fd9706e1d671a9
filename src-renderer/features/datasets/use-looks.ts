import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { type ImportPreview, importPreviewSchema } from '#shared/domain/import-preview.ts'
import type { ErrorBody, WorkRequest } from '#shared/domain/request.ts'
import type { ImportWish } from './import-wish.ts'

/** A look that takes longer is shown with its progress; a quicker one would only flicker. */
const SLOW_MS = 400
const NONE = 0 as RequestId

export interface Looks {
  readonly look: (wish: ImportWish) => void
  /** Back to no file; what is under way is given up. */
  readonly stop: () => void
  /** What the last look that came to an end has found; stays while the next is under way. */
  readonly preview: ImportPreview | null
  /** What the content can be read as, best first. */
  readonly formats: readonly string[]
  readonly isBusy: boolean
  /** The look under way, once it takes long enough to be shown. */
  readonly slow: WorkRequest | null
  readonly problem: ErrorBody | null
}

/** Looks at a file before its import, as often as what is wished changes. A newer look gives up the one before. */
export function useLooks(taskId: TaskId): Looks {
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [formats, setFormats] = useState<readonly string[]>([])
  const start = useMutation({
    mutationFn: (wish: ImportWish) => client.datasets.previewImport({ taskId, ...wish }),
  })
  const id = start.data?.requestId ?? null
  const { data, error } = useQuery({ ...queries.request(id ?? NONE), enabled: id !== null })
  const request = id === null ? null : (data ?? null)
  const isActive = request === null ? id !== null && !error : isUnderWay(request)
  useEffect(() => {
    if (request?.state !== 'finished') return
    const found = importPreviewSchema.parse(request.result)
    setPreview(found)
    // A look with a format of one's own tells no others: what the content told first still holds.
    setFormats((known) =>
      known.includes(found.format) ? known : [found.format, ...found.alternatives],
    )
  }, [request])
  const giveUp = useRef(() => {})
  giveUp.current = () => {
    if (id !== null && isActive) client.requests.cancel({ id }).catch(() => undefined)
  }
  // Nobody waits for it once the dialog is closed.
  useEffect(() => () => giveUp.current(), [])
  return {
    look: (wish) => {
      giveUp.current()
      start.mutate(wish)
    },
    stop: () => {
      giveUp.current()
      start.reset()
      setPreview(null)
      setFormats([])
    },
    preview,
    formats,
    isBusy: start.isPending || isActive,
    slow: useIsLate(id, isActive) ? request : null,
    problem: start.error || error ? problemOf(start.error ?? error) : (request?.error ?? null),
  }
}

function isUnderWay({ state }: WorkRequest): boolean {
  return state === 'queued' || state === 'started'
}

/** Whether this request has been under way for long enough to show it. */
function useIsLate(id: RequestId | null, isActive: boolean): boolean {
  const [late, setLate] = useState<RequestId | null>(null)
  useEffect(() => {
    if (id === null || !isActive) return
    const timer = setTimeout(() => setLate(id), SLOW_MS)
    return () => clearTimeout(timer)
  }, [id, isActive])
  return isActive && late === id && id !== null
}
