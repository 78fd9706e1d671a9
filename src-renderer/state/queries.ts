import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { ExportFrames } from '#shared/contract/datasets.ts'
import type { JobId, ProjectId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { RequestKind } from '#shared/domain/request.ts'
import { client } from './client.ts'
import { type EventHub, events } from './events.ts'
import { isUnreachable } from './problems.ts'
import { markStale } from './stale.ts'

/** Query options for every procedure: `useQuery(orpc.tasks.list.queryOptions({ input: {} }))`. */
export const orpc = createTanstackQueryUtils(client)

/**
 * The page's query client. The event stream says when something changed, so nothing is refetched on a timer or on
 * focus. Only calls the core never judged are tried again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 5 && isUnreachable(error),
      retryDelay: (count) => Math.min(200 * 2 ** count, 3_000),
    },
    mutations: { retry: false },
  },
})

export const queries = {
  info: () => orpc.app.info.queryOptions(),
  projects: () => orpc.projects.list.queryOptions(),
  tasks: (search?: string) =>
    orpc.tasks.list.queryOptions({ input: search === undefined ? {} : { search } }),
  /** One task with its labels and jobs. */
  task: (id: TaskId) => orpc.tasks.get.queryOptions({ input: { id } }),
  problems: (taskId: TaskId) => orpc.frames.problems.queryOptions({ input: { taskId } }),
  /** Whether a task keeps files beside its pictures, and how they stand. */
  sidecar: (taskId: TaskId) => orpc.sidecar.get.queryOptions({ input: { taskId } }),
  formats: () => orpc.datasets.formats.queryOptions(),
  /** What a format cannot hold of what an export would take. */
  exportLosses,
  requests: () => orpc.requests.list.queryOptions({ input: {} }),
  request: (id: RequestId) => orpc.requests.get.queryOptions({ input: { id } }),
  browse: (path?: string) =>
    orpc.app.browse.queryOptions({ input: path === undefined ? {} : { path } }),
} as const

/** Requests after which there are other functions, or other figures of them. */
const aboutModels: ReadonlySet<RequestKind> = new Set(['install-model', 'bench-model'])

/** Functions, the models they are of, what those run on, and what was sent where. */
const functionKeys = () => [
  orpc.functions.key(),
  orpc.models.list.key(),
  orpc.models.devices.key(),
  orpc.connections.key(),
]

type Exported =
  | { readonly taskId: TaskId; readonly jobId: JobId | null }
  | { readonly projectId: ProjectId; readonly subsets: readonly string[] | null }

function exportLosses(
  scope: Exported,
  format: string,
  selection: { readonly frames: ExportFrames; readonly filter: string },
) {
  const kind = { format, ...selection }
  const isTask = 'taskId' in scope
  const queryKey = isTask
    ? orpc.datasets.lossReport.queryKey({ input: { ...scope, ...kind } })
    : ['project-losses', scope, kind]
  return queryOptions({
    queryKey,
    queryFn: () =>
      isTask
        ? client.datasets.lossReport({ ...scope, ...kind })
        : client.datasets.projectLossReport({
            projectId: scope.projectId,
            subsets: scope.subsets === null ? null : [...scope.subsets],
            ...kind,
          }),
  })
}

/** Keeps the cache true: every event marks what it touches as stale. Returns how to stop. Call once at boot. */
export function connectQueries(hub: EventHub = events, cache: QueryClient = queryClient) {
  const stale = (...keys: readonly (readonly unknown[])[]) => {
    for (const queryKey of keys) markStale(cache, queryKey)
  }
  const stops = [
    hub.on('task', ({ id }) =>
      stale(
        orpc.tasks.list.key(),
        orpc.tasks.get.key({ input: { id } }),
        orpc.projects.key(),
        orpc.frames.problems.key({ input: { taskId: id } }),
        orpc.frames.timing.key({ input: { taskId: id } }),
      ),
    ),
    hub.on('project', () => stale(orpc.projects.key(), orpc.tasks.key())),
    hub.on('request', ({ request }) => {
      const queryKey = orpc.requests.get.queryKey({ input: { id: request.id } })
      const isAsked = cache.isFetching({ queryKey }) > 0
      cache.setQueryData(queryKey, request)
      // The answer on its way may be older than this event: it is dropped, and asked for anew.
      if (isAsked) stale(queryKey)
      stale(orpc.requests.list.key())
      if (request.kind === 'sidecar' && request.taskId !== null)
        stale(orpc.sidecar.get.key({ input: { taskId: request.taskId } }))
    }),
    hub.on('request', ({ request }) => {
      if (aboutModels.has(request.kind) && request.finishedAt !== null) stale(...functionKeys())
    }),
    hub.on('functions', () => stale(...functionKeys())),
    hub.on('sidecar', ({ taskId }) => stale(orpc.sidecar.get.key({ input: { taskId } }))),
    hub.on('annotations', ({ taskId }) =>
      stale(
        orpc.annotations.history.key({ input: { taskId } }),
        orpc.datasets.lossReport.key({ input: { taskId } }),
        orpc.frames.counts.key({ input: { taskId } }),
        orpc.annotations.list.key({ input: { taskId } }),
      ),
    ),
    hub.onReconnected(() => markStale(cache, [])),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
