/** What the tests of backups stand on: a data directory with a store, works run in this thread, and all that is seen of a task. */
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { encodeGray8 } from '#main/formats/common/png/encode.ts'
import { namesOf } from '#main/formats/cvat-backup/names.ts'
import { openStore } from '#main/store/index.ts'
import type { Annotation, AttributeValue, Shape } from '#shared/domain/annotation.ts'
import type { BackupReport, RestoreReport } from '#shared/domain/backup.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { toRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RequestKind } from '#shared/domain/request.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import { composeWork } from './compose-work.ts'
import { databasePath } from './data-layout.ts'
import { createCalledFunctions } from './functions/called-functions.ts'
import type { Store } from './ports.ts'
import { frameRecords } from './work/dataset-task.ts'
import { works } from './work/index.ts'
import { readPendingHeaders } from './work/media/index-headers.ts'
import type { WorkDeps, WorkHooks } from './work/work.ts'

export interface Rig {
  readonly dir: string
  readonly dataDir: string
  readonly deps: WorkDeps
  readonly store: Store
  /** Aborting it cancels what runs. */
  readonly hooks: WorkHooks & { readonly abort: AbortController }
  run(kind: RequestKind, params: unknown): Promise<unknown>
  backUp(params: object): Promise<BackupReport>
  restore(what: 'task' | 'project', path: string): Promise<RestoreReport>
  /** Every file in the data directory that is no database's and no cache's, by its path. */
  files(): Promise<string[]>
  close(): void
}

export function createRig(progress: (message: string) => void = () => undefined): Rig {
  const dir = mkdtempSync(join(tmpdir(), 'fieldmark backup '))
  const dataDir = join(dir, 'data')
  openStore(databasePath(dataDir)).close()
  const { functions } = createCalledFunctions(() => undefined)
  const deps = composeWork({ dataDir, people: new SharedArrayBuffer(4) }, functions)()
  const { store } = deps
  const abort = new AbortController()
  const hooks = {
    abort,
    signal: abort.signal,
    progress: (_done: number, _total: number | null, message: string) => progress(message),
    standBack: () => undefined,
    event: () => undefined,
    preview: () => undefined,
  }
  const run = async (kind: RequestKind, params: unknown) => {
    const { id } = store.requests.create(kind, null, kind, params)
    try {
      return await works[kind](deps, params, hooks, id)
    } finally {
      // Whoever opens this store next need not take it up.
      store.requests.update(id, { state: 'finished' })
    }
  }
  return {
    dir,
    dataDir,
    deps,
    store,
    hooks,
    run,
    backUp: async (params) => (await run('backup', params)) as BackupReport,
    restore: async (what, path) => (await run('restore', { what, path })) as RestoreReport,
    async files() {
      const found = await readdir(dataDir, { withFileTypes: true, recursive: true })
      return found
        .filter((file) => file.isFile())
        .map((file) => relative(dataDir, join(file.parentPath, file.name)))
        .filter((name) => !/^(fieldmark\.db|cache)/.test(name))
        .sort()
    },
    close() {
      deps.reader.close()
      store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A picture nobody has like it. */
export function picture(shade: number, width = 20, height = 12): Uint8Array {
  return encodeGray8({ width, height, data: new Uint8Array(width * height).fill(shade) })
}

export async function writeFiles(root: string, files: Readonly<Record<string, Uint8Array>>) {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), bytes)
  }
}

/** All that a person sees of a task, ids by name, in a form to compare. */
export async function allOf({ deps, store }: Rig, taskId: TaskId) {
  await readPendingHeaders(deps, taskId, { ...quiet, signal: new AbortController().signal })
  const task = store.tasks.get(taskId)
  const labels = store.labels.ofTask(taskId)
  const names = namesOf(labels)
  const bytes: string[] = []
  for (const record of frameRecords(deps, taskId)) {
    if (record.status === 'missing') bytes.push('missing')
    else {
      const { body } = await deps.reader.read(record, 'original')
      bytes.push(Buffer.from(body).toString('base64'))
    }
  }
  const related = store.frames.related(taskId, 0, task.size)
  const context: string[] = []
  for (const { frame, entries } of related)
    for (const position of entries.keys()) {
      const location = store.frames.relatedLocation(taskId, frame, position)
      const { body } = await deps.reader.readLocation(location, location.entry, 'file')
      context.push(`${frame} ${position} ${Buffer.from(body).toString('base64')}`)
    }
  const { name, subset, bugTracker, mode, size, segmentSize, overlap } = task
  const { startFrame, stopFrame, frameStep, sortingMethod, objectCount } = task
  return {
    task: { name, subset, bugTracker, mode, size, segmentSize, overlap, objectCount },
    frameNumbers: { startFrame, stopFrame, frameStep, sortingMethod },
    counts: [task.annotatedFrameCount, task.deletedFrameCount, task.checkedFrameCount],
    labels: toRawLabels(labels).map(withoutIds),
    frames: store.frames
      .list(taskId, 0, size)
      .map((frame) => [frame.name, frame.width, frame.height, frame.deleted, frame.checked]),
    bytes,
    context,
    jobs: store.jobs
      .ofTask(taskId)
      .map((job) => [job.startFrame, job.stopFrame, job.stage, job.state]),
    annotations: store.annotations
      .byIds(taskId, store.annotations.ids(taskId))
      .map((one) => named(one, names)),
  }
}

const quiet = {
  progress: () => undefined,
  standBack: () => undefined,
  event: () => undefined,
  preview: () => undefined,
}

function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, one) => (key === 'id' ? undefined : one)))
}

/** Labels and attributes by name; the annotation's own id left out. */
function named(annotation: Annotation, names: ReturnType<typeof namesOf>): unknown {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change)
    if (typeof value !== 'object' || value === null) return value
    const fields = Object.entries(value).filter(([key]) => key !== 'id')
    return Object.fromEntries(
      fields.map(([key, one]) => {
        if (key === 'labelId') return ['label', names.label(one)]
        if (key === 'specId') return ['attribute', names.attribute(one)]
        return [key, change(one)]
      }),
    )
  }
  return change(annotation)
}

/** What is seen on every frame, in the words of the expectations. */
export function seenOf({ store }: Rig, taskId: TaskId): unknown[][] {
  const names = namesOf(store.labels.ofTask(taskId))
  const valuesOf = (values: readonly AttributeValue[]) =>
    values.map(({ specId, value }) => [names.attribute(specId), value]).sort()
  const jointsOf = ({ elements }: Shape) =>
    elements.map((one) => [names.label(one.labelId), one.points, one.occluded, one.outside])
  const weaver = new TrackWeaver(store.annotations.tracks(taskId))
  const { size } = store.tasks.get(taskId)
  return Array.from({ length: size }, (_, frame) => {
    const own = store.annotations.ofFrame(taskId, frame, 'omit')
    const woven = weaver.weave(
      own.filter((one) => one.kind !== 'track'),
      frame,
    )
    // A skeleton without a joint that is seen is not seen.
    const isSeen = (one: Shape) =>
      one.type !== 'skeleton' || one.elements.some(({ outside }) => !outside)
    return woven
      .filter((one) => one.kind === 'tag' || isSeen(one))
      .map((one) => {
        const label = names.label(one.labelId)
        if (one.kind === 'tag') return { is: 'tag', label }
        const { type, points } = one
        const common = {
          label,
          type,
          points,
          joints: jointsOf(one),
          attributes: valuesOf(one.attributes),
        }
        if (one.track) return { is: 'track', ...common }
        const { rotation, group, source, occluded, zOrder: z } = one
        return { is: 'shape', ...common, rotation, group, source, occluded, z }
      })
  })
}

/** In any order within a frame. */
export function sorted(frames: readonly (readonly unknown[])[]): string[][] {
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder)
    if (typeof value === 'number') return Math.round(value * 1e9) / 1e9
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, inOrder(one)]),
    )
  }
  return frames.map((frame) => frame.map((one) => JSON.stringify(inOrder(one))).sort())
}
