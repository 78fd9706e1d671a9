import type { LabelType } from '#shared/domain/label.ts'
import type { ModelFacts, Recognised, ValueFacts } from '../../family.ts'
import { type ExporterNotes, readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { labelsOf } from '../common/class-labels.ts'
import { cocoJoints } from '../common/coco-joints.ts'
import { pictureInputOf } from '../common/input-rule.ts'
import { type YoloTask, yoloTasks } from './layout.ts'

/** What a bare file shows of itself: enough to tell the generations of YOLO apart. */
export interface YoloSigns {
  readonly notes: ExporterNotes
  readonly task: YoloTask | null
  /** The exporter says that the net suppresses by itself. */
  readonly endToEnd: boolean
  /** The name of the table of boxes. */
  readonly output: string
  /** The last two dims of the table of boxes. */
  readonly table: readonly [number | string, number | string]
  /** Prototypes of its other output; 0 where there is none. */
  readonly prototypes: number
  /** How many cells grids of strides 8, 16 and 32 (and 64) have on its input; null where its size is open. */
  readonly cells: { readonly three: number; readonly four: number } | null
  readonly needsSize: boolean
}

/** @returns null for what takes no picture, or gives no table */
export function yoloSigns(facts: ModelFacts | undefined): YoloSigns | null {
  const input = facts && pictureInputOf(facts)
  if (!facts || !input || facts.inputs.length !== 1 || facts.outputs.length > 5) return null
  const main = facts.outputs.find(({ dims }) => dims.length === 3)
  const [a, b] = main?.dims.slice(-2) ?? []
  if (a === undefined || b === undefined) return null
  const notes = readExporterNotes(facts.metadata)
  const { width, height } = input.dims
  const isFixed = typeof width === 'number' && typeof height === 'number'
  const size = isFixed ? { width, height } : notes.size
  return {
    notes,
    task: yoloTasks.find((task) => task === notes.task) ?? null,
    endToEnd: notes.suppresses,
    output: main?.name ?? '',
    table: [a, b],
    prototypes: prototypesOf(facts.outputs.find(({ dims }) => dims.length === 4)),
    cells: size && { three: cellsOf(size, [8, 16, 32]), four: cellsOf(size, [8, 16, 32, 64]) },
    needsSize: size === null,
  }
}

function prototypesOf(output: ValueFacts | undefined): number {
  const counts = output?.dims.slice(-3).filter((dim) => typeof dim === 'number') ?? []
  return counts.length === 0 ? 0 : Math.min(...counts)
}

export function cellsOf(
  size: { readonly width: number; readonly height: number },
  strides: readonly number[],
): number {
  return strides.reduce(
    (sum, stride) => sum + Math.floor(size.width / stride) * Math.floor(size.height / stride),
    0,
  )
}

/** Numbers after the class scores, as far as one can tell. */
export function extraOf(signs: YoloSigns): number {
  if (signs.task === 'obb') return 1
  if (signs.task === 'pose')
    return signs.notes.keypoints ? signs.notes.keypoints.count * signs.notes.keypoints.values : 51
  return signs.prototypes
}

/** Key points of a table nobody described: COCO's persons are recognised by their 56 numbers. */
export function isCocoPose({ notes, table, prototypes }: YoloSigns): boolean {
  return notes.task === null && notes.names === null && prototypes === 0 && table.includes(56)
}

/** What could be read, for a file with so many classes. */
export function recognisedYolo(
  signs: YoloSigns,
  certainty: number,
  classes: number | null,
): Recognised {
  const { notes } = signs
  const isPose = signs.task === 'pose' || isCocoPose(signs)
  const task = signs.task ?? (isPose ? 'pose' : signs.prototypes > 0 ? 'segment' : 'detect')
  const count = notes.keypoints?.count ?? (isPose ? 17 : 0)
  const names = notes.names ?? (isPose && classes === 1 ? ['person'] : null)
  const labels =
    names && labelsOf(names, labelType(task), task === 'pose' ? joints(notes, count) : [])
  return {
    certainty,
    classes: classes ?? names?.length ?? null,
    manifest: {
      ...(labels ? { labels } : {}),
      options: {
        task,
        ...(isCocoPose(signs) ? { keypoints: [17, 3] } : {}),
      },
    },
    missing: [
      ...(labels ? [] : ['labels' as const]),
      ...(signs.needsSize ? ['size' as const] : []),
    ],
  }
}

function labelType(task: YoloTask): LabelType {
  if (task === 'classify') return 'tag'
  if (task === 'pose') return 'skeleton'
  return task === 'segment' ? 'mask' : 'rectangle'
}

function joints(notes: ExporterNotes, count: number): string[] {
  const usual = count === cocoJoints.length ? cocoJoints : []
  return Array.from(
    { length: count },
    (_, i) => notes.keypointNames?.[i] ?? usual[i] ?? String(i + 1),
  )
}
