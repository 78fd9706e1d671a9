/** A composed core with small tasks, for tests of exports and imports. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openInput } from '#main/formats/archive/open-input.ts'
import type { ProjectId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { RawLabelInput } from '#shared/domain/raw-label.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { picture } from '../media/testing/pictures.ts'
import { type ComposeOptions, composeCore } from './compose.ts'
import type { Core } from './core.ts'

export interface DatasetCore {
  readonly dir: string
  readonly core: Core
  close(): Promise<void>
  /** The process ends and another one takes over. */
  restart(): Promise<void>
  settled(id: RequestId): Promise<WorkRequest>
  /** Waits for a request that must succeed, and gives its result. */
  result(asked: Promise<{ requestId: RequestId }>): Promise<unknown>
  /** A task of pictures of 40 x 20 pixels called like this. */
  task(
    names: readonly string[],
    of: {
      projectId?: ProjectId
      labels?: RawLabelInput[]
      subset?: string
      name?: string
      segmentSize?: number
    },
  ): Promise<TaskId>
  /** Adds what stands in CVAT's XML, inside `<annotations>`. */
  draw(taskId: TaskId, xml: string): Promise<void>
}

export async function datasetCore(
  options: Omit<ComposeOptions, 'dataDir'> = {},
): Promise<DatasetCore> {
  const dir = await mkdtemp(join(tmpdir(), 'fieldmark sets '))
  const dataDir = join(dir, 'data')
  let core = await composeCore({ ...options, dataDir })
  let folders = 0
  const settled = async (id: RequestId): Promise<WorkRequest> => {
    for (;;) {
      const request = await core.client.requests.get({ id })
      if (request.state !== 'queued' && request.state !== 'started') return request
      await setTimeout(10)
    }
  }
  const result = async (asked: Promise<{ requestId: RequestId }>): Promise<unknown> => {
    const request = await settled((await asked).requestId)
    if (request.error) throw new Error(`${request.title}: ${request.error.message}`)
    return request.result
  }
  return {
    dir,
    get core() {
      return core
    },
    settled,
    result,
    async close() {
      await core.close()
      await rm(dir, { recursive: true, force: true })
    },
    async restart() {
      await core.close()
      core = await composeCore({ ...options, dataDir })
    },
    async task(names, { projectId, labels, subset = '', name = 'street', segmentSize = 0 }) {
      const root = join(dir, `pictures ${folders++}`)
      const data = await picture('png')
      for (const each of names) {
        await mkdir(dirname(join(root, each)), { recursive: true })
        await writeFile(join(root, each), data)
      }
      const owner = projectId === undefined ? { labels: labels ?? [] } : { projectId }
      const made = await core.client.tasks.create({
        name,
        paths: [root],
        subset,
        segmentSize,
        ...owner,
      })
      await result(Promise.resolve(made))
      return made.task.id
    },
    async draw(taskId, xml) {
      const path = join(dir, 'draw.xml')
      await writeFile(path, `<annotations>${xml}</annotations>`)
      await result(core.client.datasets.import({ taskId, format: 'CVAT 1.1', path, mode: 'add' }))
    },
  }
}

export const box = (label: string, x: number, y = 1, width = 5, height = 8, more = ''): string =>
  `<box label="${label}" xtl="${x}" ytl="${y}" xbr="${x + width}" ybr="${y + height}" ${more}/>`

export const image = (name: string, inside: string, more = ''): string =>
  `<image id="0" name="${name}" width="40" height="20" ${more}>${inside}</image>`

/** Names of the entries of an archive, sorted. */
export async function namesIn(path: string): Promise<string[]> {
  const input = await openInput(path)
  input.close()
  return input.entries.map(({ name }) => name).sort()
}

export async function textIn(path: string, name: string): Promise<string> {
  const input = await openInput(path)
  try {
    let text = ''
    for await (const piece of input.text(name)) text += piece
    return text
  } finally {
    input.close()
  }
}
