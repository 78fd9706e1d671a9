/** The tasks of a project as one long task: CVAT's rules for subsets, frame numbers and names (formats.md 2.2, 2.3). */
import type { Task } from '#shared/domain/task.ts'
import type { DatasetFrame, DatasetPart, FrameRecord } from '../../ports.ts'
import { toDatasetFrame } from '../dataset-task.ts'
import type { TaskStream } from './dataset-stream.ts'

const UNNAMED = 'default'

/** What exports call the subset of each task; tasks without one share a name that no other task has. */
export function subsetNames(
  tasks: readonly Pick<Task, 'subset'>[],
): (task: Pick<Task, 'subset'>) => string {
  const named = new Set(tasks.map(({ subset }) => subset))
  let unnamed = UNNAMED
  for (let count = 1; named.has(unnamed); count += 1) unnamed = `${UNNAMED}_${count}`
  return ({ subset }) => (subset === '' ? unnamed : subset)
}

/** In the order of an export: by subset, then as they were made. */
export function inSubsetOrder<T extends Pick<Task, 'subset' | 'id'>>(tasks: readonly T[]): T[] {
  return tasks.toSorted((a, b) => compare(a.subset, b.subset) || a.id - b.id)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A task's place in an export. */
export interface Part extends DatasetPart {
  readonly stream: TaskStream
  /** Added to its frames' absolute numbers, so that no two of a subset are the same. */
  readonly offset: number
  /** By frame of the task: the names of those that would have another frame's. */
  readonly renamed: ReadonlyMap<number, string>
}

/** @param streams  of tasks in the order of the export */
export function createParts(streams: readonly TaskStream[]): Part[] {
  const subsetOf = subsetNames(streams.map(({ task }) => task))
  const offsets = new Map<string, number>()
  const names = new Map<string, UniqueNames>()
  let first = 0
  return streams.map((stream): Part => {
    const { task, jobs, frameCount } = stream
    const subset = subsetOf(task)
    const offset = offsets.get(subset) ?? 0
    offsets.set(subset, offset + task.startFrame + task.frameStep * task.size)
    const taken = names.get(subset) ?? new UniqueNames()
    names.set(subset, taken)
    const part = { stream, task, jobs, frameCount, subset, offset, first }
    first += frameCount
    return { ...part, renamed: renamedFrames(part, taken) }
  })
}

type Placed = Omit<Part, 'renamed'>

function renamedFrames(part: Placed, taken: UniqueNames): Map<number, string> {
  const renamed = new Map<number, string>()
  for (const record of part.stream.records()) {
    const { name } = placedFrame(part, record)
    const unique = taken.take(name)
    if (unique !== name) renamed.set(record.index, unique)
  }
  return renamed
}

/** A frame of a task as the export has it. */
export function frameOfPart(part: Part, record: FrameRecord): DatasetFrame {
  const frame = placedFrame(part, record)
  const name = part.renamed.get(record.index)
  return name === undefined ? frame : { ...frame, name, fileName: fileNameOf(part.task, name) }
}

function placedFrame({ task, subset, offset, first }: Placed, record: FrameRecord): DatasetFrame {
  const own = toDatasetFrame({ task }, record)
  const absolute = own.absolute + offset
  const name = task.video ? `frame_${String(absolute).padStart(6, '0')}` : own.name
  return {
    ...own,
    index: first + record.index,
    absolute,
    name,
    fileName: fileNameOf(task, name),
    subset,
  }
}

const fileNameOf = ({ video }: Task, name: string): string => (video ? `${name}.PNG` : name)

/** CVAT's way of telling pictures of one name apart: the second `a.png` is `a_1.png`. Their extensions do not count. */
class UniqueNames {
  readonly #times = new Map<string, number>()

  take(name: string): string {
    const dot = name.lastIndexOf('.')
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
    const times = this.#times.get(stem) ?? 0
    this.#times.set(stem, times + 1)
    if (times === 0) return name
    const base = `${stem}_${times}`
    let free = base
    for (let more = 1; this.#times.has(free); more += 1) free = `${base}_${more}`
    this.#times.set(free, 1)
    return free + extension
  }
}
