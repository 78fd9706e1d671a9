/** A frame as its file would show it: what is on it, and the text of the file. */
import { createHash } from 'node:crypto'
import { basename, parse } from 'node:path'
import type { Annotation, Tag } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { shapeOn, statedOn } from '#shared/tracks/on-frame.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type {
  DatasetFormat,
  DatasetFrame,
  DatasetInput,
  DatasetOutput,
  DatasetSource,
  DatasetTask,
  LabelIndex,
  NewAnnotation,
  ReadTarget,
} from '../ports.ts'

/** What a file is called while a format has it in hand. */
const ENTRY = 'picture'

export interface FormatContext {
  readonly format: DatasetFormat
  readonly extension: string
  readonly dataset: DatasetTask
  /** The names that numbers of labels stand for, where the format numbers them. */
  readonly classNames: readonly string[] | null
  readonly labelIndex: LabelIndex
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Tags and shapes of a frame with the positions of its tracks, in drawing order. */
export function seenOn(
  annotations: readonly Annotation[],
  frame: FrameIndex,
): readonly (Tag | WovenShape)[] {
  const seen = annotations.flatMap((one): (Tag | WovenShape)[] => {
    if (one.kind !== 'track') return [one]
    const shape = shapeOn(one, frame)
    // Numbered by id: other tracks come and go, and a file is of one frame alone.
    const track = { id: one.id as number, keyframe: statedOn(one, frame) !== undefined }
    return shape ? [{ ...shape, track }] : []
  })
  const layer = (one: Tag | WovenShape) => (one.kind === 'tag' ? 0 : one.zOrder)
  return seen.sort((a, b) => layer(a) - layer(b) || a.id - b.id)
}

/** The text of a frame's file. */
export async function textOf(
  context: FormatContext,
  frame: DatasetFrame,
  annotations: readonly (Tag | WovenShape)[],
): Promise<string> {
  const written = new Map<string, string>()
  const output: DatasetOutput = {
    async text(name, pieces) {
      let text = ''
      for await (const piece of pieces) text += piece
      written.set(name, text)
    },
    bytes: () => Promise.resolve(),
    stream: () => Promise.resolve(),
  }
  const signal = new AbortController().signal
  const quiet = { withImages: false, context: { signal, progress: () => undefined } }
  await context.format.write(sourceOf(context, frame, annotations), output, quiet)
  const { name: stem } = parse(pictureNameOf(context, frame))
  const name = stem + context.extension
  for (const [entry, text] of written) {
    if (entry === name || entry.endsWith(`/${name}`)) return text
  }
  throw new AppError('INTERNAL', { detail: `${context.format.name} wrote no file for a picture` })
}

/** Files say which picture they are of by its name; those beside a list of classes do not, and might be taken for it. */
function pictureNameOf({ classNames }: FormatContext, { name }: DatasetFrame): string {
  return classNames ? `${ENTRY}.png` : basename(name)
}

function sourceOf(
  context: FormatContext,
  datasetFrame: DatasetFrame,
  annotations: readonly (Tag | WovenShape)[],
): DatasetSource {
  const { dataset, classNames } = context
  const { index, width, height } = datasetFrame
  const fileName = pictureNameOf(context, datasetFrame)
  const frame = {
    index,
    absolute: index,
    name: fileName,
    fileName,
    subset: 'default',
    width,
    height,
  }
  return {
    ...dataset,
    labels: classNames ? labelsInOrder(classNames, dataset.labels) : dataset.labels,
    ...{ project: null, job: null, subsets: ['default'], range: { start: index, stop: index } },
    ...{ frameCount: 1, deletedFrames: new Set<number>() },
    frames: () => [{ frame, annotations }],
    tracks: () => [],
    framesOnly: () => [frame],
    image: () => Promise.resolve(null),
  }
}

/** The list of the files is not the task's: what is not in it has no number, what is no label keeps its place. */
function labelsInOrder(names: readonly string[], labels: readonly Label[]): Label[] {
  const byName = new Map(labels.map((label) => [label.name, label]))
  return names.map((name, i) => {
    const nobody = { id: -1 - i, name, color: '#000000', type: 'any', attributes: [], svg: null }
    return byName.get(name) ?? ({ ...nobody, sublabels: [] } as unknown as Label)
  })
}

export interface FileContent {
  readonly annotations: readonly NewAnnotation[]
  /** What it says that has no place here, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * What a file says of the frame it belongs to.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT for what is not a file of this format
 */
export async function contentOf(
  { format, extension, dataset, classNames, labelIndex }: FormatContext,
  frame: DatasetFrame,
  bytes: Uint8Array,
): Promise<FileContent> {
  const annotations: NewAnnotation[] = []
  const notes: string[] = []
  const input = inputOf(ENTRY + extension, bytes, classNames)
  const target: ReadTarget = {
    ...dataset,
    taskFrames: () => [frame],
    matcher: { match: () => frame },
    signal: new AbortController().signal,
    progress: () => undefined,
    unmatched: () => undefined,
    note: (what, count = 1) => void notes.push(`${count.toLocaleString('en')} ${what}`),
    labelIndex,
    describe: () => undefined,
  }
  try {
    for await (const batch of format.read(input, target)) annotations.push(...batch)
  } catch (error) {
    // None of its labels is one of ours: it says nothing here, and is a file of this format all the same.
    if (!(error instanceof AppError) || error.code !== 'DATASET_MATCHES_NOTHING') throw error
    return { annotations: [], notes: ['objects with unknown labels were left out'] }
  }
  return { annotations, notes }
}

function inputOf(
  name: string,
  bytes: Uint8Array,
  classNames: readonly string[] | null,
): DatasetInput {
  const files = new Map<string, Uint8Array>([[name, bytes]])
  if (classNames)
    files.set('classes.txt', Buffer.from(classNames.map((each) => `${each}\n`).join('')))
  const contentOfEntry = (entry: string) => files.get(entry) ?? new Uint8Array()
  const decode = (entry: string) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(contentOfEntry(entry))
    } catch {
      const problem = 'the text is not UTF-8'
      throw new AppError('DATASET_INVALID', { file: name, where: 'the file', problem })
    }
  }
  return {
    // An archive of one: a bare file may be told by its name.
    file: 'sidecar',
    entries: [...files].map(([entry, { length }]) => ({ name: entry, sizeBytes: length })),
    async *text(entry) {
      yield decode(entry)
    },
    bytes: (entry) => Promise.resolve(contentOfEntry(entry)),
    async *pieces(entry) {
      yield contentOfEntry(entry)
    },
  }
}
