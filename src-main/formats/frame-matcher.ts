/**
 * Which frame does an item of a dataset mean? First CVAT's own rules, then ours, which only ever answer
 * when there is exactly one candidate: a wrong match puts annotations on the wrong picture, a missing one is reported.
 */
import type { DatasetFrame, FrameMatcher } from '#main/core/ports.ts'

/**
 * @param frames called once, at the first match; 100,000 frames cost a few maps and no more per item than look-ups
 */
export function createFrameMatcher(frames: () => Iterable<DatasetFrame>): FrameMatcher {
  let index: FrameIndexes | null = null
  return {
    match(name, number) {
      index ??= buildIndexes(frames())
      const item = normalise(name)
      return (
        matchByPath(index, item) ??
        matchByNumber(index, item, number) ??
        matchByPath(index, index.commonFolder + item) ??
        matchByStem(index, item)
      )
    },
  }
}

interface FrameIndexes {
  readonly byName: ReadonlyMap<string, DatasetFrame>
  /** Path without extension; null where several frames share it. */
  readonly byPath: ReadonlyMap<string, DatasetFrame | null>
  readonly byNumber: ReadonlyMap<number, DatasetFrame>
  /** Last part of the path without extension, lower case. */
  readonly byStem: ReadonlyMap<string, readonly DatasetFrame[]>
  /** Folder all frames are in, with its slash: what a dataset made inside it leaves out. */
  readonly commonFolder: string
  /** Frames that are themselves called by numbers: then a number in the file is a name and never a position. */
  readonly hasNumberNames: boolean
}

function buildIndexes(frames: Iterable<DatasetFrame>): FrameIndexes {
  const byName = new Map<string, DatasetFrame>()
  const byPath = new Map<string, DatasetFrame | null>()
  const byNumber = new Map<number, DatasetFrame>()
  const byStem = new Map<string, DatasetFrame[]>()
  let commonFolder: string | null = null
  let hasNumberNames = false
  for (const frame of frames) {
    const name = normalise(frame.name)
    const path = withoutExtension(name)
    const stem = baseName(path)
    byName.set(name, frame)
    byPath.set(path, byPath.has(path) ? null : frame)
    byNumber.set(frame.index, frame)
    const sameStem = byStem.get(stem.toLowerCase())
    if (sameStem === undefined) byStem.set(stem.toLowerCase(), [frame])
    else sameStem.push(frame)
    const folder = name.slice(0, name.lastIndexOf('/') + 1)
    commonFolder = commonFolder === null ? folder : sharedFolder(commonFolder, folder)
    hasNumberNames ||= /^\d+$/.test(stem)
  }
  return { byName, byPath, byNumber, byStem, commonFolder: commonFolder ?? '', hasNumberNames }
}

function matchByPath({ byName, byPath }: FrameIndexes, item: string): DatasetFrame | null {
  const path = withoutExtension(item)
  return byName.get(item) ?? byName.get(path) ?? byPath.get(path) ?? byPath.get(item) ?? null
}

function matchByNumber(
  { byNumber, hasNumberNames }: FrameIndexes,
  item: string,
  number: number | undefined,
): DatasetFrame | null {
  if (number !== undefined) return byNumber.get(number) ?? null
  const digits = hasNumberNames ? null : /^(?:frame_)?(\d{1,15})$/.exec(withoutExtension(item))
  return digits === null ? null : (byNumber.get(Number(digits[1])) ?? null)
}

/** The one frame of the same base name whose folders do not contradict the item's. */
function matchByStem({ byStem, commonFolder }: FrameIndexes, item: string): DatasetFrame | null {
  for (const path of [withoutExtension(item), item]) {
    const sameStem = byStem.get(baseName(path).toLowerCase()) ?? []
    const fitting = sameStem.filter(({ name }) => {
      const frame = withoutExtension(normalise(name))
      return isNested(path, frame) || isNested(path, frame.slice(commonFolder.length))
    })
    const match = only(fitting)
    if (match !== null) return match
  }
  return null
}

/** One path is the other with more folders before it. Blind to case. */
function isNested(a: string, b: string): boolean {
  const [x, y] = [`/${a.toLowerCase()}`, `/${b.toLowerCase()}`]
  return x.endsWith(y) || y.endsWith(x)
}

function only(frames: readonly DatasetFrame[]): DatasetFrame | null {
  return frames.length === 1 ? (frames[0] ?? null) : null
}

function sharedFolder(a: string, b: string): string {
  let shared = a
  while (shared !== '' && !b.startsWith(shared)) {
    shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1)
  }
  return shared
}

function normalise(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `a.b/c.tar.gz` becomes `a.b/c.tar`; a name that only starts with a dot keeps it. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path
}
