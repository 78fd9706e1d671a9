import type { DatasetFrame, DescribedLabel, LabelIndex, ReadTarget } from '#main/core/ports.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** Keeps count of what an import could not place, and tells the person at the end. */
export interface ImportTally {
  readonly labels: LabelIndex
  /**
   * The frame an item of the file means; null (and reported) when this task has none. Call it for every item the file
   * lists, annotated or not: an import into a project learns from it which pictures belong to which subset.
   */
  frame(name: string, number?: number, subset?: string): DatasetFrame | null
  /**
   * The same for an item that goes by several names, as where a folder may be its label's or its own: the first name that
   * fits a frame counts; the first of all is what it is called in the report.
   */
  frameOf(names: readonly [string, ...string[]], subset?: string): DatasetFrame | null
  /** The frame of an absolute number, as videos' files give it; null (and reported once) when this task has none. */
  frameAt(absolute: number, subset?: string): FrameIndex | null
  /** The same for a position among the task's frames; `name` is what the file calls it. */
  position(index: number, name: string): FrameIndex | null
  /** The label an object of a matched frame names; null (and counted) when this task has none. */
  label(name: string): Label | null
  /** Count an object of a matched frame whose label the file does not tell, by a plural clause: it is left out. */
  nameless(what: string): void
  /** Tell what the file says of a label, see ReadTarget. */
  describe(label: DescribedLabel): void
  /** Count one thing left out or changed, by a plural clause. */
  note(what: string): void
  /** Tell the notes. @throws DATASET_MATCHES_NOTHING when the file has nothing to do with this task */
  finish(): void
}

const BETWEEN_STEPS = 'shapes lie on frames between those of this task and were passed over'
/** So many frames that are not here are told once; beyond, a broken file may be told one twice. */
const MOST_BEYOND = 100_000
/** So many kinds of notes are gathered; of a broken file with a million of them the rest is told as it comes. */
const MOST_KINDS = 1000

export function createImportTally(file: string, target: ReadTarget): ImportTally {
  const labels = target.labelIndex
  const notes = new Map<string, number>()
  const items = { seen: 0, matched: 0, example: '' }
  const objects = { seen: 0, matched: 0, example: '' }
  const { startFrame, frameStep } = target.task
  const beyond = new Set<string>()
  const note = (what: string): void => {
    if (!notes.has(what) && notes.size >= MOST_KINDS) target.note(what)
    else notes.set(what, (notes.get(what) ?? 0) + 1)
  }
  const count = (tally: typeof items, name: string, matched: boolean): void => {
    tally.seen++
    if (matched) tally.matched++
    else if (tally.example === '') tally.example = name
  }
  const position = (index: number, name: string): FrameIndex | null => {
    const isKnown = Number.isInteger(index) && index >= 0 && index < target.frameCount
    count(items, name, isKnown)
    if (isKnown) return index
    if (!beyond.has(name)) {
      if (beyond.size < MOST_BEYOND) beyond.add(name)
      target.unmatched(name)
    }
    return null
  }
  return {
    labels,
    note,
    describe: (label) => target.describe(label),
    frame(name, number, subset) {
      const frame = target.matcher.match(name, number, subset)
      count(items, name, frame !== null)
      if (frame === null) target.unmatched(name)
      return frame
    },
    frameOf(names, subset) {
      const fits = (name: string) => target.matcher.match(name, undefined, subset) !== null
      // Most items go by their first name: only where that fits no frame are the others tried.
      const found = names.length === 1 || fits(names[0]) ? names[0] : names.find(fits)
      return this.frame(found ?? names[0], undefined, subset)
    },
    frameAt(absolute, subset) {
      if (target.frameAt) {
        const frame = target.frameAt(absolute, subset)
        return position(frame?.index ?? -1, frameName(absolute))
      }
      const index = (absolute - startFrame) / Math.max(1, frameStep)
      const isBetween = index > 0 && index < target.frameCount - 1 && !Number.isInteger(index)
      if (!isBetween) return position(index, frameName(absolute))
      note(BETWEEN_STEPS)
      return null
    },
    position,
    label(name) {
      const label = labels.label(name)
      count(objects, name, label !== null)
      if (label === null) note(`objects with the unknown label "${name}" were left out`)
      return label
    },
    nameless(what) {
      count(objects, '(none)', false)
      note(what)
    },
    finish() {
      refuseForeign(file, 'images', items)
      refuseForeign(file, 'labels', objects)
      for (const [what, times] of notes) target.note(what, times)
    },
  }
}

const frameName = (absolute: number): string => `frame_${String(absolute).padStart(6, '0')}`

function refuseForeign(
  file: string,
  what: string,
  { seen, matched, example }: { seen: number; matched: number; example: string },
): void {
  if (seen > 0 && matched === 0) {
    throw new AppError('DATASET_MATCHES_NOTHING', { file, what, example })
  }
}
