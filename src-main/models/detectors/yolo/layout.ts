import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { ModelFacts, ValueFacts } from '../../family.ts'
import { type ExporterNotes, readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { classNames } from '../common/class-labels.ts'
import { misfit, unexpected } from '../common/refuse.ts'
import type { YoloOptions } from './options.ts'

export const yoloTasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const
export type YoloTask = (typeof yoloTasks)[number]

export interface Keypoints {
  readonly count: number
  /** 2: x, y. 3: x, y and how sure. */
  readonly values: number
}

/** How the rows of a YOLO's main output are divided. */
export interface YoloLayout {
  readonly isTransposed: boolean
  /** Columns before the class scores: 4, or 5 with objectness. */
  readonly head: number
  readonly names: readonly string[]
  /** Columns after the class scores. */
  readonly extra: number
  readonly keypoints: Keypoints | null
}

type Named = { readonly name: string; readonly dims: ValueFacts['dims'] }

/** What a YOLO's file looks for: by what the manifest says, then the exporter, then its outputs. */
export function taskOf(manifest: ModelManifest, facts: ModelFacts, options: YoloOptions): YoloTask {
  if (options.task !== undefined) return options.task
  const noted = yoloTasks.find((task) => task === readExporterNotes(facts.metadata).task)
  if (noted !== undefined) return noted
  if (facts.outputs.some(({ dims }) => dims.length === 4) && facts.outputs.length > 1)
    return 'segment'
  if (facts.outputs[0]?.dims.length === 2) return 'classify'
  return manifest.labels.some(({ sublabels }) => sublabels.length > 0) ? 'pose' : 'detect'
}

export interface LayoutQuestion {
  readonly manifest: ModelManifest
  readonly notes: ExporterNotes
  readonly options: YoloOptions
  readonly task: YoloTask
  /** 4, or 5 with objectness. */
  readonly head: number
  /** Of a segmenter: how many prototypes its other output has. */
  readonly prototypes: number
}

/**
 * How rows are divided into box, classes and the rest.
 * @throws MODEL_MISFIT naming the output, its dims and what was expected
 */
export function layoutOf(question: LayoutQuestion, output: Named): YoloLayout {
  const { manifest, head, task } = question
  const [a, b] = output.dims.slice(-2)
  if (output.dims.length < 2 || output.dims.length > 3 || !isCount(a) || !isCount(b))
    throw unexpected(manifest.id, output, '[1, numbers a box, boxes] or [1, boxes, numbers a box]')
  const labels = manifest.labels.length || (question.notes.names?.length ?? 0)
  const keypoints = task === 'pose' ? keypointsOf(question) : null
  const known = knownExtra(question, keypoints)
  const width = labels > 0 && known !== null ? head + labels + known : null
  // There are more boxes than numbers a box, but in the smallest of nets.
  const least = head + 1 + (known ?? 0)
  const isTransposed = a === width || (b !== width && (b < least || (a <= b && a >= least)))
  const columns = isTransposed ? a : b
  const joints =
    keypoints ?? (task === 'pose' ? guessed(columns - head - Math.max(1, labels)) : null)
  const extra = known ?? (joints === null ? 0 : joints.count * joints.values)
  const classes = columns - head - extra
  if (classes < 1)
    throw unexpected(
      manifest.id,
      output,
      `at least ${head + 1 + extra} numbers a box of a ${task} model`,
    )
  if (manifest.labels.length > classes)
    throw unexpected(
      manifest.id,
      output,
      `${head + labels + extra} numbers a box, for the manifest's ${labels} labels,`,
    )
  return { isTransposed, head, extra, keypoints: joints, names: classNames(manifest, classes) }
}

const isCount = (dim: number | string | undefined): dim is number =>
  typeof dim === 'number' && dim >= 0

function knownExtra({ task, prototypes }: LayoutQuestion, keypoints: Keypoints | null) {
  if (task === 'segment') return prototypes
  if (task === 'obb') return 1
  if (task === 'pose') return keypoints && keypoints.count * keypoints.values
  return 0
}

function keypointsOf({ options, notes }: LayoutQuestion): Keypoints | null {
  const [count, values] = options.keypoints ?? []
  if (count !== undefined && values !== undefined) return { count, values }
  return notes.keypoints
}

/** So many numbers of key points: three each if they divide, else two. */
function guessed(numbers: number): Keypoints | null {
  if (numbers > 0 && numbers % 3 === 0) return { count: numbers / 3, values: 3 }
  return numbers > 0 && numbers % 2 === 0 ? { count: numbers / 2, values: 2 } : null
}

/**
 * Names of joints: the labels', else the exporter's, else numbers.
 * @throws MODEL_MISFIT when a label has more or fewer
 */
export function jointNames(manifest: ModelManifest, notes: ExporterNotes, count: number): string[] {
  const label = manifest.labels.find(({ sublabels }) => sublabels.length > 0)
  if (label !== undefined && label.sublabels.length !== count)
    throw misfit(
      manifest.id,
      `its outputs have ${count} key points, and the label ${label.name} has ${label.sublabels.length} joints`,
    )
  return Array.from(
    { length: count },
    (_, i) => label?.sublabels[i]?.name ?? notes.keypointNames?.[i] ?? String(i + 1),
  )
}
