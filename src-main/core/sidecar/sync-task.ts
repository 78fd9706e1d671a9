/** The files of a task, or of some of its frames, brought in step. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AppEvent } from '#shared/contract/events.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { SidecarFileRef, SidecarFormat, SidecarReport } from '#shared/domain/sidecar.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FormatRegistry, FrameRecord, LabelIndex, Store } from '../ports.ts'
import { datasetTask, toDatasetFrame } from '../work/dataset-task.ts'
import { ClassLists } from './class-lists.ts'
import { DIALECTS } from './dialects.ts'
import type { FormatContext } from './frame-view.ts'
import { type Place, type Places, placesOf } from './places.ts'
import { SidecarStates } from './states.ts'
import { type Outcome, syncFrame } from './sync-frame.ts'

export interface SyncDeps {
  readonly store: Store
  readonly formats: FormatRegistry
  createLabelIndex(labels: readonly Label[]): LabelIndex
}

export interface SyncHooks {
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): void
  event(event: AppEvent): void
  /** Where the files lie, from whoever knows already. */
  places?(): Promise<Places>
}

/** Frames looked at at once: while one waits for the disk, others go on. */
const AT_ONCE = 16
/** Lists in reports name so many. */
const MOST_NAMED = 1000
/** Windows hear of what was read in after so many frames at the latest. */
const FRAMES_UNTOLD = 50

/**
 * @param frames  null: all of them
 * @throws SIDECAR_OFF, NOT_FOUND, CANCELLED
 */
export async function syncTask(
  deps: SyncDeps,
  taskId: TaskId,
  frames: readonly FrameIndex[] | null,
  hooks: SyncHooks,
): Promise<SidecarReport> {
  const { store } = deps
  const known = store.sidecars.get(taskId)
  if (!known) throw new AppError('SIDECAR_OFF', { task: store.tasks.get(taskId).name })
  const before = stateWord(store, taskId)
  const places = await (hooks.places?.() ?? placesOf(deps, taskId, known.format))
  const pass = new Pass(
    deps,
    taskId,
    { ...known, isStoreSame: known.synced === before, places },
    hooks,
  )
  const { deleted } = store.frames.marks(taskId)
  const gone = new Set(deleted)
  const wanted = frames ?? [...pass.places.byFrame.keys()]
  for (let done = 0; done < wanted.length; done += AT_ONCE) {
    if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'Keeping files in step' })
    const some = wanted.slice(done, done + AT_ONCE).filter((frame) => !gone.has(frame))
    await Promise.all(some.map((frame) => pass.frame(frame)))
    hooks.progress(done, wanted.length, `${done.toLocaleString('en')} files looked at`)
  }
  pass.tell()
  if (frames === null)
    store.sidecars.setSynced(taskId, pass.isWhole(before) ? stateWord(store, taskId) : null)
  const { problemCount } = store.sidecars.state(taskId, 0)
  hooks.event({ type: 'sidecar', taskId, format: known.format, problemCount })
  return pass.report()
}

/** What is here, in a word: it is another one after every change of annotations or labels. */
function stateWord(store: Store, taskId: TaskId): string {
  const labels = createHash('sha256').update(JSON.stringify(store.labels.ofTask(taskId)))
  return `${store.tasks.get(taskId).revision} ${labels.digest('hex')}`
}

type Lists = Pick<SidecarReport, 'kept' | 'problems' | 'notes'>

interface PassOf {
  readonly format: SidecarFormat
  readonly isStoreSame: boolean
  readonly places: Places
}

class Pass {
  readonly places: Places
  readonly #states: SidecarStates
  readonly #deps: SyncDeps
  readonly #taskId: TaskId
  readonly #format: SidecarFormat
  readonly #isStoreSame: boolean
  readonly #hooks: SyncHooks
  readonly #dataset
  readonly #labelIndex: LabelIndex
  readonly #classes: ClassLists
  readonly #contexts = new Map<string, Promise<FormatContext>>()
  readonly #folders = new Map<string, Promise<boolean>>()
  readonly #counts = { written: 0, readIn: 0, changes: 0, keptCount: 0, problemCount: 0 }
  readonly #lists: Lists = { kept: [], problems: [], notes: [] }
  #untold = 0
  #isAnyFolderGone = false

  constructor(
    deps: SyncDeps,
    taskId: TaskId,
    { format, isStoreSame, places }: PassOf,
    hooks: SyncHooks,
  ) {
    this.#deps = deps
    this.#taskId = taskId
    this.#format = format
    this.#isStoreSame = isStoreSame
    this.#hooks = hooks
    this.places = places
    this.#states = new SidecarStates(deps.store, taskId)
    this.#dataset = datasetTask(deps, taskId)
    this.#labelIndex = deps.createLabelIndex(this.#dataset.labels)
    this.#classes = new ClassLists(this.#dataset.labels)
  }

  async frame(index: FrameIndex): Promise<void> {
    const place = this.places.byFrame.get(index)
    if (!place) return
    const record = this.#deps.store.frames.record(this.#taskId, index)
    this.#count(record, place, await this.#sync(record, place))
    if (this.#untold >= FRAMES_UNTOLD) this.tell()
  }

  async #sync(record: FrameRecord, place: Place): Promise<Outcome> {
    const { store } = this.#deps
    // Never make the folders of a drive that is not there.
    if (!(await this.#isThere(dirname(place.picture)))) {
      this.#isAnyFolderGone = true
      return { kind: 'problem', problem: 'the folder of its picture is not there' }
    }
    const format = await this.#contextFor(place)
    const frame = toDatasetFrame(this.#dataset, record)
    const isStoreSame = this.#isStoreSame
    const states = this.#states
    return syncFrame({ store, taskId: this.#taskId, format, frame, place, states, isStoreSame })
  }

  #isThere(folder: string): Promise<boolean> {
    const known = this.#folders.get(folder)
    if (known) return known
    const found = stat(folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    this.#folders.set(folder, found)
    return found
  }

  /** Files of one folder share a list of classes. */
  #contextFor({ path }: Place): Promise<FormatContext> {
    const folder = dirname(path)
    const known = this.#contexts.get(folder)
    if (known) return known
    const dialect = DIALECTS[this.#format]
    const base = {
      format: this.#deps.formats.get(dialect.format),
      extension: dialect.extension,
      dataset: this.#dataset,
      labelIndex: this.#labelIndex,
    }
    const names = dialect.hasClassList ? this.#classes.of(folder) : Promise.resolve(null)
    const made = names.then((classNames) => ({ ...base, classNames }))
    this.#contexts.set(folder, made)
    return made
  }

  #count({ name }: FrameRecord, { frame, path: file }: Place, outcome: Outcome): void {
    const counts = this.#counts
    if (outcome.kind === 'written') {
      counts.written += 1
      if (outcome.kept !== null) {
        counts.keptCount += 1
        addTo(this.#lists.kept, { frame, name, file: outcome.kept })
      }
    } else if (outcome.kind === 'read') {
      counts.readIn += 1
      counts.changes += outcome.changes
      this.#untold += 1
      this.#deps.store.jobs.touch(this.#taskId, [frame])
      for (const note of outcome.notes) addTo(this.#lists.notes, `${name}: ${note}`)
    } else if (outcome.kind === 'problem') {
      counts.problemCount += 1
      addTo(this.#lists.problems, { frame, name, file, problem: outcome.problem })
    }
  }

  /** Windows learn what was read in. */
  tell(): void {
    if (this.#untold === 0) return
    this.#untold = 0
    const task = this.#deps.store.tasks.get(this.#taskId)
    const by = FROM_FILES
    this.#hooks.event({ type: 'annotations', taskId: task.id, revision: task.revision, by })
    this.#hooks.event({ type: 'task', id: task.id, task })
  }

  /** Whether every file was looked at, and every step since `before` is one of ours. */
  isWhole(before: string): boolean {
    const revision = this.#deps.store.tasks.get(this.#taskId).revision
    return !this.#isAnyFolderGone && revision === Number.parseInt(before, 10) + this.#counts.readIn
  }

  report(): SidecarReport {
    return { ...this.#counts, ...this.#lists, withoutPlace: this.places.withoutPlace }
  }
}

/** Who made the steps that files brought, in events. */
export const FROM_FILES = 'sidecar'

function addTo<T extends SidecarFileRef | string>(list: T[], item: T): void {
  if (list.length < MOST_NAMED) list.push(item)
}
