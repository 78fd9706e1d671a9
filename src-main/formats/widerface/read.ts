import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines, streamLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { baseName, slashedEntries } from '../common/pictures.ts'
import { refuseIn } from '../common/refuse.ts'
import { addWrittenValue, guessedValue } from '../common/written-values.ts'
import { ATTRIBUTES, type BoxLine, NONE, parseLine } from './lines.ts'
import { eventFolder } from './write.ts'

/**
 * Import WiderFace 1.0: an archive with `wider_face_split/`, or one of its lists alone.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readWiderFace(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const lists = findLists(input)
  const tally = createImportTally(input.file, target)
  const labels = await readLabels(input)
  for (const name of labels ?? []) tally.describe({ name })
  const batch = createBatch()
  for (const { entry, subset, sizeBytes } of lists) {
    const pictures = new Pictures({ file: input.file, entry, subset, labels, tally, batch })
    let done = 0
    for await (const lines of streamLines(input, entry)) {
      throwIfCancelled(target.signal, 'The import')
      for (const { number, text } of lines) {
        pictures.line(text, number)
        done += text.length + 1
      }
      target.progress(Math.min(done, sizeBytes), sizeBytes, entry)
      const full = batch.take()
      if (full !== null) yield full
    }
    pictures.end()
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface List {
  readonly entry: string
  readonly subset?: string
  readonly sizeBytes: number
}

function findLists(input: DatasetInput): List[] {
  const [only] = input.entries
  if (input.entries.length === 1 && only?.name === input.file && /\.txt$/i.test(only.name)) {
    return [{ entry: only.name, sizeBytes: only.sizeBytes }]
  }
  const lists = slashedEntries(input).flatMap(({ path, name, sizeBytes }) => {
    const subset = /(?:^|\/)wider_face_([^/]+)_bbx_gt\.txt$/i.exec(path)?.[1]
    return subset === undefined ? [] : [{ entry: name, subset, sizeBytes }]
  })
  if (lists.length > 0) return lists
  const expected = 'it needs wider_face_split/wider_face_…_bbx_gt.txt'
  throw new AppError('DATASET_NOT_THIS_FORMAT', {
    file: input.file,
    format: 'WiderFace 1.0',
    expected,
  })
}

/** Null: the original data have no such list. */
async function readLabels(input: DatasetInput): Promise<string[] | null> {
  const entry = slashedEntries(input).find(({ path }) => /^labels\.txt$/i.test(baseName(path)))
  if (entry === undefined) return null
  return (await readLines(input, entry.name)).filter((name) => name !== '')
}

interface Context {
  readonly file: string
  readonly entry: string
  readonly subset: string | undefined
  /** The list of labels; null: the names of the folders are labels. */
  readonly labels: readonly string[] | null
  readonly tally: ImportTally
  readonly batch: Batch
}

/** One list, line by line: whose boxes these are, and whether there are as many as was said. */
class Pictures {
  readonly #context: Context
  #frame: DatasetFrame | null = null
  #path: string | null = null
  #announced: { count: number; line: number } | null = null
  #boxes = 0

  constructor(context: Context) {
    this.#context = context
  }

  line(text: string, number: number): void {
    if (text.trim() === '') return
    const { file, entry } = this.#context
    const refuse = (problem: string): never => refuseIn(file, entry)(`line ${number}`, problem)
    const line = parseLine(text, refuse)
    if (line.kind === 'other') return
    if (line.kind === 'picture') {
      this.end()
      this.#start(line.path)
    } else if (this.#path === null) refuse('no picture stands before it')
    else if (line.kind === 'count') this.#announced = { count: line.count, line: number }
    else this.#box(line.box)
  }

  /** @throws DATASET_INVALID when the last picture has another number of boxes than was said */
  end(): void {
    const { file, entry } = this.#context
    const said = this.#announced
    if (said === null || said.count === this.#boxes) return
    // The original data give a picture without faces one line of zeros.
    if (said.count === 0 && this.#boxes === 1) return
    const problem = `${this.#path} should have ${said.count} boxes and has ${this.#boxes}`
    refuseIn(file, entry)(`line ${said.line}`, problem)
  }

  #start(path: string): void {
    const { tally, batch, subset } = this.#context
    this.#path = path
    this.#announced = null
    this.#boxes = 0
    const [, folder = '', rest = ''] = /^([^/]+)\/(.+)$/.exec(path) ?? []
    this.#frame = tally.frameOf(rest === '' ? [path] : [path, rest], subset)
    const name = this.#labelOf(folder)
    if (this.#frame === null || name === null) return
    const label = tally.label(name)
    if (label !== null) batch.add(newTag({ frame: this.#frame.index, labelId: label.id }))
  }

  /** Of `3--dog`. What the list of labels has at that place may only look different as a folder. */
  #labelOf(folder: string): string | null {
    const { labels } = this.#context
    const [, number, name] = /^(\d+)--(.+)$/.exec(folder) ?? []
    if (name === undefined) return null
    const listed = labels?.[Number(number)]
    if (listed !== undefined && folder === eventFolder(Number(number), listed)) return listed
    return labels === null || labels.includes(name) ? name : null
  }

  #box(box: BoxLine): void {
    const { tally, batch } = this.#context
    this.#boxes++
    if (this.#frame === null || this.#announced?.count === 0) return
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box.points
    // The original data, which grade occlusion by a number, hold some: no face was found there.
    if (/^\d$/.test(box.attributes[OCCLUDED] ?? '') && (x2 <= x1 || y2 <= y1)) {
      tally.note('boxes without width or height were left out')
      return
    }
    const label = tally.label(box.label)
    if (label === null) return
    batch.add(
      newShape({
        ...{ frame: this.#frame.index, labelId: label.id, type: 'rectangle' },
        points: box.points,
        ...facts(box, label, tally),
      }),
    )
  }
}

const OCCLUDED = ATTRIBUTES.indexOf('occluded')

function facts(
  { attributes }: BoxLine,
  label: Label,
  tally: ImportTally,
): { occluded: boolean; attributes: AttributeValue[] } {
  const found: AttributeValue[] = []
  let occluded = false
  for (const [i, name] of ATTRIBUTES.entries()) {
    const written = attributes[i] ?? NONE
    if (written === NONE) continue
    const value = guessedValue(written)
    // The original data grade it from 0 to 2.
    if (name === 'occluded') occluded = value === true || (typeof value === 'number' && value > 0)
    addWrittenValue(found, { label, name, written }, tally)
  }
  return { occluded, attributes: found }
}
