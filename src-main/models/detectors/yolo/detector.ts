import { type Detection, detection } from '#shared/domain/detection.ts'
import type { FunctionParameter } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Detector, ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import type { Placement } from '../../tensors/placement.ts'
import { openClassifier } from '../classify/classifier.ts'
import { imageBox, rectangle, rotatedRectangle } from '../common/boxes.ts'
import { type InputDefaults, openPictureInput } from '../common/input-rule.ts'
import { type Parameters, parameterReader } from '../common/parameters.ts'
import { inOrder, misfit, type NamedTensor, unexpected } from '../common/refuse.ts'
import { anchorFinds, endToEndFinds, type YoloFind } from './finds.ts'
import { jointNames, type Keypoints, layoutOf, taskOf, type YoloTask } from './layout.ts'
import { type Prototypes, prototypesOf, yoloMasks } from './masks.ts'
import { type YoloOptions, yoloOptionsSchema } from './options.ts'
import { cells, type Rows, rowsOf } from './rows.ts'
import { skeletonOf } from './skeletons.ts'

/** What sets the generations of YOLO apart. */
export interface YoloStyle {
  /** `anchors`: all candidates, to be suppressed here. `objectness`: with objectness before the classes. `end-to-end`: suppressed in the net. */
  readonly rows: 'anchors' | 'objectness' | 'end-to-end'
  readonly input: InputDefaults
  readonly parameters: readonly FunctionParameter[]
}

/**
 * Ready a YOLO.
 * @throws MODEL_MISFIT, MODEL_MANIFEST_INVALID
 */
export function openYolo(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  style: YoloStyle,
): Detector {
  const options = readOptions(yoloOptionsSchema, manifest)
  const facts = runtime.facts('model')
  const task = taskOf(manifest, facts, options)
  if (task === 'classify') return openClassifier(manifest, runtime)
  const input = openPictureInput(manifest, runtime, style.input)
  const head = { manifest, facts, options, task, style }
  checkOutputs(head)
  return {
    async detect(picture, given) {
      const { tensor, placement, release } = input.prepare(picture)
      const outputs = await runtime.run('model', { [input.name]: tensor }).finally(release)
      const read = parameterReader(style.parameters, manifest.parameters, given)
      return detectionsOf(readHead(head, outputs, read), {
        placement,
        input: input.rule,
        options,
        threshold: read.number('keypointThreshold'),
      })
    },
  }
}

interface Head {
  readonly manifest: ModelManifest
  readonly facts: ModelFacts
  readonly options: YoloOptions
  readonly task: YoloTask
  readonly style: YoloStyle
}

/** What was found, and all that is needed to draw it. */
interface HeadAnswer {
  readonly rows: Rows
  readonly finds: readonly YoloFind[]
  /** The column after box, score and classes. */
  readonly rest: number
  readonly prototypes: Prototypes | null
  readonly skeleton: { readonly joints: readonly string[]; readonly keypoints: Keypoints } | null
}

/** Outputs whose dims the file fixes are looked at before the first picture is. */
function checkOutputs(head: Head): void {
  const { id } = head.manifest
  if (head.facts.outputs.length === 0) throw misfit(id, 'it has no output')
  const main = head.facts.outputs.find(({ dims }) => dims.length === 3 || dims.length === 2)
  if (main === undefined)
    throw unexpected(id, head.facts.outputs[0] ?? { name: '', dims: [] }, 'a table of boxes')
  const grid = head.facts.outputs.find(({ dims }) => dims.length === 4)
  if (head.task === 'segment' && grid === undefined)
    throw misfit(
      id,
      'it has no output of prototypes [1, prototypes, height, width], which masks need',
    )
  if (
    main.dims.slice(-2).every((dim) => typeof dim === 'number') &&
    head.style.rows !== 'end-to-end'
  )
    layoutOf(questionOf(head, prototypesIn(head, grid?.dims)), main)
}

function prototypesIn(head: Head, dims: readonly (number | string)[] | undefined): number {
  if (head.task !== 'segment') return 0
  const [a, , c] = dims?.slice(-3) ?? []
  // Channels come first but in what TensorFlow made; there are fewer of them than pixels a row.
  const count = typeof a === 'number' && typeof c === 'number' && a > c ? c : a
  return typeof count === 'number' ? count : 32
}

function questionOf(head: Head, prototypes: number) {
  const { manifest, facts, options, task } = head
  const notes = readExporterNotes(facts.metadata)
  return {
    manifest,
    notes,
    options,
    task,
    head: head.style.rows === 'objectness' ? 5 : 4,
    prototypes,
  }
}

function readHead(
  head: Head,
  outputs: Readonly<Record<string, Tensor>>,
  read: Parameters,
): HeadAnswer {
  const { manifest, task } = head
  const { id } = manifest
  const all = inOrder(id, outputs, head.facts.outputs)
  const main = all.find(({ dims }) => dims.length === 3 || dims.length === 2)
  if (main === undefined) throw unexpected(id, all[0] ?? { name: '', dims: [] }, 'a table of boxes')
  const grid = task === 'segment' ? all.find(({ dims }) => dims.length === 4) : undefined
  return head.style.rows === 'end-to-end'
    ? endToEndHead(head, main, grid, read)
    : anchorHead(head, main, grid, read)
}

function anchorHead(
  head: Head,
  main: NamedTensor,
  grid: NamedTensor | undefined,
  read: Parameters,
): HeadAnswer {
  const { id } = head.manifest
  const question = questionOf(head, prototypesIn(head, grid?.dims))
  const layout = layoutOf(question, main)
  const rows = rowsOf(id, main, layout.isTransposed)
  return {
    rows,
    finds: anchorFinds(id, rows, layout, head.task === 'obb', read),
    rest: layout.head + layout.names.length,
    prototypes: grid === undefined ? null : prototypesOf(id, grid, layout.extra),
    skeleton: skeletonIn(head, layout.keypoints),
  }
}

function endToEndHead(
  head: Head,
  main: NamedTensor,
  grid: NamedTensor | undefined,
  read: Parameters,
): HeadAnswer {
  const { manifest, task } = head
  const { id } = manifest
  const [, width = 0] = main.dims.slice(-2)
  const notes = readExporterNotes(head.facts.metadata)
  const [count, values] = head.options.keypoints ?? []
  const noted = count !== undefined && values !== undefined ? { count, values } : notes.keypoints
  const keypoints =
    task === 'pose' ? (noted ?? { count: Math.floor((width - 6) / 3), values: 3 }) : null
  const extra =
    task === 'obb'
      ? 1
      : keypoints
        ? keypoints.count * keypoints.values
        : prototypesIn(head, grid?.dims)
  if (width !== 6 + extra || (keypoints !== null && keypoints.count < 1))
    throw unexpected(id, main, `${6 + extra} numbers a box of a ${task} model`)
  const rows = rowsOf(id, main, false)
  const names = manifest.labels.map(({ name }) => name)
  return {
    rows,
    finds: endToEndFinds(id, rows, names, task === 'obb', read),
    rest: 6,
    prototypes: grid === undefined ? null : prototypesOf(id, grid, extra),
    skeleton: skeletonIn(head, keypoints),
  }
}

function skeletonIn(head: Head, keypoints: Keypoints | null): HeadAnswer['skeleton'] {
  if (keypoints === null) return null
  const notes = readExporterNotes(head.facts.metadata)
  return { keypoints, joints: jointNames(head.manifest, notes, keypoints.count) }
}

interface Drawing {
  readonly placement: Placement
  readonly input: { readonly width: number; readonly height: number }
  readonly options: YoloOptions
  /** Of key points. */
  readonly threshold: number
}

function detectionsOf(answer: HeadAnswer, drawing: Drawing): Detection[] {
  const { placement, input, options } = drawing
  const { rows, rest, prototypes, skeleton } = answer
  const maskOf = prototypes && yoloMasks(prototypes, placement, input, options.masks)
  const shapeOf = ({ row, label, score, box, rotated }: YoloFind): Detection | null => {
    if (rotated !== null) return rotatedRectangle(label, score, placement, rotated)
    const corners = imageBox(placement, box)
    if (corners === null) return null
    if (skeleton !== null) {
      const { keypoints, joints } = skeleton
      const numbers = cells(rows, row, rest, keypoints.count * keypoints.values)
      return skeletonOf(label, score, joints, numbers, {
        keypoints,
        placement,
        threshold: drawing.threshold,
      })
    }
    if (maskOf === null || prototypes === null) return rectangle(label, score, corners)
    const points = maskOf(cells(rows, row, rest, prototypes.count), box, corners)
    return points && detection({ label, type: 'mask', points, score })
  }
  return answer.finds.map(shapeOf).filter((found) => found !== null)
}
