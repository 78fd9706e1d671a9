/** The data set of the export bench, made frame by frame, the same every time. */
import type { DatasetFrame, DatasetSource } from '#main/core/ports.ts'
import { newShape } from '#main/formats/common/new-shape.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { taskSchema } from '#shared/domain/task.ts'
import { encodeMask } from '#shared/geometry/mask.ts'

const [WIDTH, HEIGHT] = [1920, 1080]
const TIME = '2024-01-01T00:00:00.000Z'

const labels = ['person', 'car', 'truck', 'bus'].map((name, i) =>
  labelSchema.parse({
    id: i + 1,
    name,
    color: '#ff0000',
    type: 'any',
    svg: null,
    sublabels: [],
    attributes: [
      {
        id: 10 * i + 1,
        name: 'parked',
        inputType: 'checkbox',
        mutable: false,
        defaultValue: 'false',
        values: ['false', 'true'],
      },
      {
        id: 10 * i + 2,
        name: 'note',
        inputType: 'text',
        mutable: false,
        defaultValue: 'none',
        values: [],
      },
    ],
  }),
)

/** Small and repeatable; every frame starts from its own seed, so that frames can be made one at a time. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function blob(random: () => number): number[] {
  const [cx, cy, radius] = [random() * WIDTH, random() * HEIGHT, 30 + random() * 120]
  return Array.from({ length: 20 }, (_, i) => {
    const k = radius * (1 + 0.15 * Math.sin((i * Math.PI) / 5))
    const angle = (i * Math.PI) / 10
    return [
      Math.min(WIDTH, Math.max(0, cx + k * Math.cos(angle))),
      Math.min(HEIGHT, Math.max(0, cy + k * 0.8 * Math.sin(angle))),
    ]
  }).flat()
}

function wobblyMask(random: () => number): number[] {
  const width = 60 + Math.floor(random() * 260)
  const height = 60 + Math.floor(random() * 200)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const half =
      (width / 2) * Math.sqrt(1 - (((y + 0.5) / height) * 2 - 1) ** 2) * (0.92 + 0.08 * Math.sin(y))
    data.fill(1, y * width + Math.ceil(width / 2 - half), y * width + Math.floor(width / 2 + half))
  }
  return (
    encodeMask({
      left: Math.floor(random() * 1600),
      top: Math.floor(random() * 800),
      width,
      height,
      data,
    }) ?? []
  )
}

/** Masks are the dear part of making data, not of writing it: a hundred of them, used in turn. */
const masks = Array.from({ length: 100 }, (_, i) => wobblyMask(randomOf(i)))

/** Six boxes, five polygons of 20 points, a mask. */
function mixedShapes(frame: number): Shape[] {
  const random = randomOf(frame + 1)
  return Array.from({ length: 12 }, (_, i) => {
    const [x, y] = [random() * 1700, random() * 900]
    const type = i < 6 ? 'rectangle' : i < 11 ? 'polygon' : 'mask'
    const points =
      i < 6
        ? [x, y, x + 20 + random() * 200, y + 20 + random() * 160]
        : i < 11
          ? blob(random)
          : (masks[frame % 100] ?? [])
    const label = labels[i % labels.length] ?? labelSchema.parse(null)
    const values = label.attributes.map(({ id }, k) => ({
      specId: id,
      value: k === 0 ? 'true' : `seen ${i}`,
    }))
    const shape = newShape({
      frame,
      labelId: label.id,
      type,
      points,
      zOrder: i,
      attributes: values,
    })
    return { ...shape, id: (frame * 12 + i + 1) as Shape['id'] }
  })
}

/** As many boxes as `mixedShapes` has shapes, and nothing else. */
function boxes(frame: number): Shape[] {
  return Array.from({ length: 12 }, (_, i) => ({
    ...newShape({
      frame,
      labelId: (labels[i % labels.length] ?? labelSchema.parse(null)).id,
      type: 'rectangle',
      points: boxAt(randomOf(frame * 12 + i + 1)),
    }),
    id: (frame * 12 + i + 1) as Shape['id'],
  }))
}

function boxAt(random: () => number): number[] {
  const [x, y] = [random() * 1700, random() * 900]
  return [x, y, x + 20 + random() * 200, y + 20 + random() * 160]
}

export function frameAt(index: number): DatasetFrame {
  const name = `set/frame_${String(index).padStart(6, '0')}.jpg`
  const size = { width: WIDTH, height: HEIGHT }
  return { index, absolute: index, name, fileName: name, subset: 'default', ...size }
}

export type Content = 'mixed' | 'boxes'

export function sourceOf(count: number, content: Content = 'mixed'): DatasetSource {
  const shapesOf = content === 'mixed' ? mixedShapes : boxes
  const task = taskSchema.parse({
    id: 1,
    projectId: null,
    name: 'bench',
    mode: 'annotation',
    dimension: '2d',
    size: count,
    subset: '',
    bugTracker: '',
    segmentSize: 0,
    overlap: 0,
    startFrame: 0,
    stopFrame: count - 1,
    frameStep: 1,
    sortingMethod: 'natural',
    mediaState: 'ready',
    mediaPaths: [],
    problemCount: 0,
    objectCount: 0,
    annotatedFrameCount: 0,
    deletedFrameCount: 0,
    checkedFrameCount: 0,
    completedJobCount: 0,
    jobCount: 1,
    video: null,
    revision: 1,
    createdAt: TIME,
    updatedAt: TIME,
  })
  return {
    task,
    labels,
    jobs: [],
    job: null,
    project: null,
    subsets: ['default'],
    range: { start: 0, stop: count - 1 },
    frameCount: count,
    deletedFrames: new Set(),
    tracks: () => [],
    *frames() {
      for (let i = 0; i < count; i++) yield { frame: frameAt(i), annotations: shapesOf(i) }
    },
    *framesOnly() {
      for (let i = 0; i < count; i++) yield frameAt(i)
    },
    image: () => Promise.reject(new Error('no pictures here')),
  }
}
