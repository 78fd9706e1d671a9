/** A task of pictures in a folder that keeps files beside them, for tests. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { SidecarFormat, SidecarReport } from '#shared/domain/sidecar.ts'
import { createLabelIndex } from '../../formats/common/label-index.ts'
import { createFormatRegistry } from '../../formats/index.ts'
import { createHand, newTask } from '../../store/fixture.ts'
import { openStore } from '../../store/index.ts'
import { type SyncDeps, syncTask } from './sync-task.ts'

const formats = createFormatRegistry()
const WIDTH = 200
const HEIGHT = 100

export type SidecarTask = ReturnType<typeof sidecarTask>

/** Pictures of 200 x 100 pixels, called as `names` say. */
export function sidecarTask(format: SidecarFormat, names: readonly string[] = ['a.jpg', 'b.jpg']) {
  const root = mkdtempSync(join(tmpdir(), 'fieldmark-sidecar-'))
  const folder = join(root, 'pictures')
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `picture ${name}`)
  }
  const store = openStore(join(root, 'data', 'fieldmark.db'))
  const { id: taskId } = store.tasks.create(newTask({ mediaPaths: [folder] }))
  const frames = names.map((name) => ({
    ...{ name, sourceIndex: 0, entry: name, offset: null, sizeBytes: 1, mtimeMs: 1 },
  }))
  store.frames.setAll(taskId, [{ kind: 'folder', path: folder }], frames, names.length)
  store.frames.setHeaders(
    taskId,
    names.map((_, index) => ({
      ...{ index, status: 'ok' as const, width: WIDTH, height: HEIGHT, orientation: 1 },
      ...{ sizeBytes: 1, mtimeMs: 1, fingerprint: null, problem: null },
    })),
  )
  store.sidecars.set(taskId, format)
  const deps: SyncDeps = { store, formats, createLabelIndex }
  const pathOf = (name: string) => join(folder, name)
  let clock = Date.now()
  return {
    ...{ root, folder, store, taskId, deps, pathOf, labels: store.labels.ofTask(taskId) },
    hand: createHand(store, taskId),
    sync: (frames: readonly FrameIndex[] | null = null): Promise<SidecarReport> =>
      syncTask(deps, taskId, frames, {
        signal: new AbortController().signal,
        progress: () => undefined,
        event: () => undefined,
      }),
    on: (frame: FrameIndex): Annotation[] => store.annotations.ofFrame(taskId, frame),
    read: (name: string) => readFileSync(pathOf(name), 'utf8'),
    // biome-ignore lint/suspicious/noExplicitAny: files of other programs hold anything
    json: (name: string): any => JSON.parse(readFileSync(pathOf(name), 'utf8')),
    /** As another program saves it, at another time than whatever was there. */
    save(name: string, content: string | object) {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(pathOf(name), text)
      clock += 1000
      utimesSync(pathOf(name), clock / 1000, clock / 1000)
    },
    files: () => readdirSync(folder, { recursive: true }).map(String).sort(),
    close() {
      store.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
