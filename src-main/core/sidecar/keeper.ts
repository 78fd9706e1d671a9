/**
 * Keeps files in step while Fieldmark runs: soon after an edit here, and after another program has saved one there. A frame
 * or a few are done where we stand, between other things; more than that is a request on a thread of its own.
 */
import { type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AppEvent } from '#shared/contract/events.ts'
import type { FrameIndex, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { EventBus, RequestQueue } from '../ports.ts'
import { type Places, placesOf } from './places.ts'
import { FROM_FILES, type SyncDeps, syncTask } from './sync-task.ts'

/** Milliseconds of quiet after an edit. */
const QUIET_MS = 400
/** More frames than these are a request. */
const MOST_INLINE = 40
/** Folders watched at once; a task of more is looked at whenever it is opened. */
const MOST_FOLDERS = 256
/** How long closing waits for what is not written yet; the rest is found at the next look. */
const CLOSE_PATIENCE_MS = 3000

export interface SidecarKeeper {
  /** These frames were edited: their files follow soon. Null: nobody knows which. */
  touched(taskId: TaskId, frames: readonly FrameIndex[] | null): void
  /** Somebody looks at the task: files that changed while nobody did are read, and from now on as soon as they change. */
  looked(taskId: TaskId): void
  /** Look at every file. */
  syncAll(taskId: TaskId): WorkRequest
  /** The task's files are in another place or format now, or there are none any more. */
  changed(taskId: TaskId): void
  close(): Promise<void>
}

export interface KeeperDeps extends SyncDeps {
  readonly queue: Pick<RequestQueue, 'enqueue' | 'settled'>
  readonly events: EventBus
}

/** What waits to be done for one task. */
interface Pending {
  frames: Set<FrameIndex>
  isAll: boolean
  timer: NodeJS.Timeout | null
}

export function createSidecarKeeper(deps: KeeperDeps): SidecarKeeper {
  return new Keeper(deps)
}

class Keeper implements SidecarKeeper {
  readonly #deps: KeeperDeps
  readonly #pending = new Map<TaskId, Pending>()
  readonly #running = new Map<TaskId, Promise<void>>()
  /** By task somebody has looked at: what watches its folders. */
  readonly #watched = new Map<TaskId, FSWatcher[]>()
  readonly #places = new Map<TaskId, Promise<Places>>()
  readonly #requested = new Map<TaskId, RequestId>()
  readonly #unsubscribe: () => void
  readonly #controller = new AbortController()
  #isClosing = false

  constructor(deps: KeeperDeps) {
    this.#deps = deps
    this.#unsubscribe = deps.events.subscribe((_id, event) => this.#hear(event))
  }

  /** Imports and bulk edits, which are made on other threads; edits of a person were told before they were published. */
  #hear(event: AppEvent): void {
    if (event.type === 'task') {
      this.#places.delete(event.id)
      if (event.task === null) this.#unwatch(event.id)
    }
    if (event.type !== 'annotations' || event.by === FROM_FILES) return
    const told = this.#told.get(event.taskId) ?? 0
    if (event.revision > told) this.touched(event.taskId, null)
  }

  /** By task: up to which revision `touched` has named the frames. */
  readonly #told = new Map<TaskId, number>()

  touched(taskId: TaskId, frames: readonly FrameIndex[] | null): void {
    if (this.#isClosing || !this.#deps.store.sidecars.get(taskId)) return
    this.#told.set(taskId, this.#deps.store.tasks.get(taskId).revision)
    this.#add(taskId, frames)
  }

  #add(taskId: TaskId, frames: readonly FrameIndex[] | null): void {
    const pending = this.#pending.get(taskId) ?? { frames: new Set(), isAll: false, timer: null }
    this.#pending.set(taskId, pending)
    if (frames === null) pending.isAll = true
    else for (const frame of frames) pending.frames.add(frame)
    pending.timer ??= setTimeout(() => this.#due(taskId), QUIET_MS)
    pending.timer.refresh()
    pending.timer.unref()
  }

  looked(taskId: TaskId): void {
    if (this.#isClosing || this.#watched.has(taskId)) return
    const known = this.#deps.store.sidecars.get(taskId)
    if (!known) return
    this.#watched.set(taskId, [])
    void this.#watchFolders(taskId).catch(() => undefined)
    this.#add(taskId, null)
  }

  #placesOf(taskId: TaskId): Promise<Places> {
    const known = this.#places.get(taskId)
    if (known) return known
    const format = this.#deps.store.sidecars.get(taskId)?.format ?? 'labelme'
    const found = placesOf(this.#deps, taskId, format)
    this.#places.set(taskId, found)
    return found
  }

  async #watchFolders(taskId: TaskId): Promise<void> {
    const { byFrame, byPath } = await this.#placesOf(taskId)
    const folders = new Set([...byFrame.values()].map(({ path }) => dirname(path)))
    const watchers = this.#watched.get(taskId)
    if (!watchers || this.#isClosing || folders.size > MOST_FOLDERS) return
    for (const folder of folders) {
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          const frame = name === null ? undefined : byPath.get(join(folder, name))
          if (frame !== undefined && !this.#isClosing) this.#add(taskId, [frame])
        })
        // A drive that goes away ends the watching and nothing else.
        watcher.on('error', () => watcher.close())
        watchers.push(watcher)
      } catch {
        // A folder of labels that is not there yet: its files are looked at when the task is.
      }
    }
  }

  #unwatch(taskId: TaskId): void {
    for (const watcher of this.#watched.get(taskId) ?? []) watcher.close()
    this.#watched.delete(taskId)
    const pending = this.#pending.get(taskId)
    if (pending?.timer) clearTimeout(pending.timer)
    this.#pending.delete(taskId)
  }

  changed(taskId: TaskId): void {
    const wasWatched = this.#watched.has(taskId)
    this.#places.delete(taskId)
    this.#unwatch(taskId)
    if (wasWatched) this.looked(taskId)
  }

  syncAll(taskId: TaskId): WorkRequest {
    const { store, queue } = this.#deps
    const title = `Files beside the pictures of ${store.tasks.get(taskId).name}`
    const request = queue.enqueue('sidecar', taskId, title, { taskId })
    this.#requested.set(taskId, request.id)
    return request
  }

  /** One pass over a task's files at a time: what comes meanwhile waits for it. */
  #due(taskId: TaskId): void {
    const pending = this.#pending.get(taskId)
    if (!pending || this.#running.has(taskId)) return
    this.#pending.delete(taskId)
    if (pending.timer) clearTimeout(pending.timer)
    const done = this.#carryOut(taskId, pending)
      // What could not be done is told where it is asked for; the next edit, or look, tries again.
      .catch(() => undefined)
      .finally(() => {
        this.#running.delete(taskId)
        if (this.#pending.has(taskId)) this.#due(taskId)
      })
    this.#running.set(taskId, done)
  }

  async #carryOut(taskId: TaskId, { frames, isAll }: Pending): Promise<void> {
    const { store, queue, events } = this.#deps
    const earlier = this.#requested.get(taskId)
    if (earlier !== undefined && !this.#isClosing) await queue.settled(earlier)
    if (!store.sidecars.get(taskId)) return
    const isPending = store.frames.pending(taskId, 1).length > 0
    if ((isAll || isPending || frames.size > MOST_INLINE) && !this.#isClosing) {
      await queue.settled(this.syncAll(taskId).id)
      return
    }
    await syncTask(this.#deps, taskId, isAll ? null : [...frames], {
      signal: this.#controller.signal,
      progress: () => undefined,
      event: (event) => events.publish(event),
      places: () => this.#placesOf(taskId),
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#unsubscribe()
    for (const watchers of this.#watched.values()) for (const each of watchers) each.close()
    for (const taskId of [...this.#pending.keys()]) this.#due(taskId)
    const patience = setTimeout(() => this.#controller.abort(), CLOSE_PATIENCE_MS)
    while (this.#running.size > 0) await Promise.all(this.#running.values())
    clearTimeout(patience)
  }
}
