/** A small task in memory for the tests of every format. */
import type {
  AnnotationCensus,
  DatasetFormat,
  DatasetFrame,
  DatasetInput,
  DatasetOutput,
  DatasetSource,
  DescribedLabel,
  NewAnnotation,
  ReadTarget,
  WorkContext,
} from '#main/core/ports.ts'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { type Label, labelSchema } from '#shared/domain/label.ts'
import { type Job, jobSchema, type Task, taskSchema } from '#shared/domain/task.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import { createLabelIndex } from '../common/label-index.ts'
import { createFrameMatcher } from '../frame-matcher.ts'

const TIME = '2024-07-01T10:11:12.123Z'

function attribute(id: number, name: string, inputType: string, values: string[], start: string) {
  return { id, name, inputType, mutable: false, defaultValue: start, values }
}

function plainLabel(id: number, name: string, type = 'any', attributes: unknown[] = []) {
  return { id, name, color: '#ff00aa', type, attributes, svg: null }
}

const SVG =
  '<line x1="50" y1="20" x2="60" y2="40" stroke="black" data-type="edge" data-node-from="1" ' +
  'stroke-width="0.5" data-node-to="2"></line><circle r="1.5" stroke="black" fill="#b3b3b3" ' +
  'cx="50" cy="20" stroke-width="0.1" data-type="element node" data-element-id="1" ' +
  'data-node-id="1" data-label-id="4"></circle>'

export const labels: readonly Label[] = [
  {
    ...plainLabel(1, 'dog & "cat" <x>', 'any', [
      attribute(11, 'truncated', 'checkbox', ['false', 'true'], 'false'),
      attribute(12, 'color', 'select', ['red', 'green'], 'red'),
      attribute(13, 'age', 'number', ['0', '10', '1'], '5'),
      attribute(14, 'note', 'text', [], ''),
    ]),
    sublabels: [],
  },
  { ...plainLabel(2, 'größe'), sublabels: [] },
  {
    ...plainLabel(3, 'sk', 'skeleton', [attribute(31, 'k', 'text', [], 'v')]),
    svg: SVG,
    sublabels: [
      plainLabel(4, '1', 'points', [attribute(41, 'e', 'text', [], 'f')]),
      plainLabel(5, '2', 'points'),
    ],
  },
].map((label) => labelSchema.parse(label))

/** Absolute numbers start at 10 and go by 2, so that they are never mistaken for positions. */
export const frames: readonly DatasetFrame[] = [
  {
    index: 0,
    absolute: 10,
    name: 'a b.jpg',
    fileName: 'a b.jpg',
    subset: 'default',
    width: 20,
    height: 12,
  },
  {
    index: 1,
    absolute: 12,
    name: 'deep/er/b.png',
    fileName: 'deep/er/b.png',
    subset: 'default',
    width: 64,
    height: 48,
  },
  {
    index: 2,
    absolute: 14,
    name: 'deep/c.jpg',
    fileName: 'deep/c.jpg',
    subset: 'default',
    width: 64,
    height: 48,
  },
]

const task = taskSchema.parse({
  id: 7,
  projectId: null,
  name: 'street & co',
  mode: 'annotation',
  dimension: '2d',
  size: frames.length,
  subset: '',
  bugTracker: '',
  segmentSize: 2,
  overlap: 0,
  startFrame: 10,
  stopFrame: 14,
  frameStep: 2,
  sortingMethod: 'lexicographical',
  mediaState: 'ready',
  mediaPaths: ['/media'],
  problemCount: 0,
  objectCount: 0,
  annotatedFrameCount: 0,
  deletedFrameCount: 0,
  checkedFrameCount: 0,
  completedJobCount: 0,
  jobCount: 2,
  video: null,
  revision: 1,
  createdAt: TIME,
  updatedAt: TIME,
})

const jobs = [
  [3, 0, 1],
  [4, 2, 2],
].map(([id, startFrame, stopFrame]) =>
  jobSchema.parse({
    id,
    taskId: 7,
    startFrame,
    stopFrame,
    stage: 'annotation',
    state: 'new',
    updatedAt: TIME,
  }),
)

/** A task to export from or import into. */
export interface Sample {
  readonly task: Task
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
  readonly frames: readonly DatasetFrame[]
}

const pictures: Sample = { task, labels, jobs, frames }

/** The same pictures as a project of two subsets exports them. */
export const inSubsets: Sample = {
  ...pictures,
  frames: frames.map((frame, index) => ({ ...frame, subset: index < 2 ? 'train' : 'val' })),
}

/** Attributes called `age` and `e` may change from frame to frame. */
const videoLabels = labels.map((label) => ({
  ...label,
  attributes: label.attributes.map(freed),
  sublabels: label.sublabels.map((one) => ({ ...one, attributes: one.attributes.map(freed) })),
}))

function freed(spec: Label['attributes'][number]): Label['attributes'][number] {
  return { ...spec, mutable: ['age', 'e'].includes(spec.name) }
}

/** A video of so many frames of 64 x 48 pixels, numbered from 0. */
export function videoOf(count: number, changes: Partial<Task> = {}): Sample {
  const video = { width: 64, height: 48, frameRate: 25, durationSec: 1, codec: 'h264' }
  const { startFrame = 0, frameStep = 1 } = changes
  return {
    task: {
      ...task,
      mode: 'interpolation',
      size: count,
      startFrame,
      frameStep,
      stopFrame: startFrame + (count - 1) * frameStep,
      mediaPaths: ['/media/desk.mp4'],
      video: { ...video, verified: true, problems: [] },
      ...changes,
    },
    labels: videoLabels,
    jobs: jobs.slice(0, 1).map((job) => ({ ...job, startFrame: 0, stopFrame: count - 1 })),
    frames: Array.from({ length: count }, (_, index) => {
      const absolute = startFrame + index * frameStep
      const name = `frame_${String(absolute).padStart(6, '0')}`
      const fileName = `${name}.PNG`
      return { index, absolute, name, fileName, subset: 'default', width: 64, height: 48 }
    }),
  }
}

export type Stored = Annotation

/** @param listed the frames that are not deleted */
export function sourceOf(
  annotations: readonly NewAnnotation[],
  sample: Sample = pictures,
  listed: readonly DatasetFrame[] = sample.frames,
): DatasetSource {
  const stored = annotations.map((annotation, i) => ({ ...annotation, id: i + 1 }) as Stored)
  const isTrack = (annotation: Stored): annotation is Track => annotation.kind === 'track'
  const left = new Set(listed.map(({ index }) => index))
  const { frames, ...dataset } = sample
  return {
    ...dataset,
    job: null,
    project: null,
    subsets: [...new Set(frames.map(({ subset }) => subset))],
    range: { start: 0, stop: frames.length - 1 },
    frameCount: frames.length,
    deletedFrames: new Set(frames.map(({ index }) => index).filter((index) => !left.has(index))),
    *frames(tracks = 'woven', subset) {
      const weaver = new TrackWeaver(tracks === 'woven' ? stored.filter(isTrack) : [])
      for (const frame of ofSubset(listed, subset)) {
        const here = stored.filter((one) => one.kind !== 'track' && one.frame === frame.index)
        const own = here.filter((one) => one.kind !== 'track').sort((a, b) => zOrder(a) - zOrder(b))
        yield { frame, annotations: weaver.weave(own, frame.index) }
      }
    },
    tracks: () => stored.filter(isTrack).map((track, id) => ({ id, track })),
    framesOnly: (subset) => ofSubset(listed, subset),
    image: (frame) => Promise.resolve(Buffer.from(`picture ${frame.name}`)),
  }
}

function ofSubset(
  listed: readonly DatasetFrame[],
  subset: string | undefined,
): readonly DatasetFrame[] {
  return subset === undefined ? listed : listed.filter((frame) => frame.subset === subset)
}

function zOrder(annotation: Stored): number {
  return annotation.kind === 'shape' ? annotation.zOrder : 0
}

export const context: WorkContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
}

/** What a format wrote, entry by entry. */
export type Files = Map<string, Uint8Array>

export async function exported(
  format: DatasetFormat,
  annotations: readonly NewAnnotation[],
  withImages = false,
  listed?: readonly DatasetFrame[],
  sample: Sample = pictures,
): Promise<Files> {
  const files: Files = new Map()
  const output: DatasetOutput = {
    async text(name, pieces) {
      let text = ''
      for await (const piece of pieces) text += piece
      files.set(name, Buffer.from(text))
    },
    async bytes(name, data) {
      files.set(name, data)
    },
    async stream(name, pieces) {
      const parts: Uint8Array[] = []
      for await (const piece of pieces) parts.push(piece)
      files.set(name, Buffer.concat(parts))
    },
  }
  await format.write(sourceOf(annotations, sample, listed), output, { withImages, context })
  return files
}

export function textOf(files: Files, name: string): string {
  return Buffer.from(files.get(name) ?? 'nothing').toString()
}

/** @param pieceLength small pieces put every seam of a reader to the test */
export function inputOf(
  files: Readonly<Record<string, string>> | Files,
  file = 'data.zip',
  pieceLength = 7,
): DatasetInput {
  const entries = files instanceof Map ? [...files] : Object.entries(files)
  const contents = new Map(entries.map(([name, data]) => [name, Buffer.from(data)]))
  const contentOf = (name: string): Buffer => contents.get(name) ?? Buffer.alloc(0)
  return {
    file,
    entries: [...contents].map(([name, data]) => ({ name, sizeBytes: data.length })),
    async *text(name) {
      const text = contentOf(name).toString()
      for (let i = 0; i < text.length; i += pieceLength) yield text.slice(i, i + pieceLength)
    },
    bytes: (name) => Promise.resolve(contentOf(name)),
    async *pieces(name) {
      const data = contentOf(name)
      for (let i = 0; i < data.length; i += pieceLength) yield data.subarray(i, i + pieceLength)
    },
  }
}

export interface Imported {
  readonly annotations: NewAnnotation[]
  readonly unmatched: string[]
  readonly notes: string[]
  readonly described: DescribedLabel[]
}

export async function imported(
  format: DatasetFormat,
  input: DatasetInput,
  { frames, ...dataset }: Sample = pictures,
): Promise<Imported> {
  const result: Imported = { annotations: [], unmatched: [], notes: [], described: [] }
  const target: ReadTarget = {
    ...dataset,
    frameCount: frames.length,
    taskFrames: () => frames,
    matcher: createFrameMatcher(() => frames),
    signal: context.signal,
    progress: () => undefined,
    unmatched: (name) => void result.unmatched.push(name),
    note: (what, count = 1) => void result.notes.push(`${count} ${what}`),
    labelIndex: createLabelIndex(dataset.labels),
    describe: (label) => void result.described.push(label),
  }
  for await (const batch of format.read(input, target)) result.annotations.push(...batch)
  return result
}

export const census: AnnotationCensus = {
  tags: 1,
  tracks: 0,
  shapes: { rectangle: 5, polygon: 4, polyline: 3, ellipse: 2, mask: 1 },
  trackShapes: {},
  rotatedRectangles: 2,
  grouped: 6,
  layered: 7,
  occluded: 8,
  attributed: 9,
  scored: 10,
  sourced: 11,
  sourcedTags: 1,
  turnedFrames: 0,
}
