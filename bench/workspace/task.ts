import { link, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { connect } from '#main/store/connection.ts'
import { fieldmarkJson } from '../../e2e/harness/cli.ts'
import { insertShapes } from '../million-shapes.ts'

export const FRAMES = 60
/** Frames with few shapes, what the crowded ones are compared with. */
export const SPARSE = [50, 51, 52]
/** The last three: stepping from one to the next goes from crowd to crowd. */
export const CROWDED = [FRAMES - 3, FRAMES - 2, FRAMES - 1]
export const FEW = 60
/** The task of boxes has three frames; this one has them all. */
export const BOXED = 1
const SIZE = { width: 1920, height: 1080 }
const POINTS = 20
const LABELS = ['car', 'van', 'bus', 'sign', 'tree', 'person', 'bicycle', 'lamp']

interface Wanted {
  readonly polygons: number
  readonly boxes: number
  readonly shapes: number
}

/**
 * A data directory with three tasks of 1080p JPEGs: 1 has sixty frames, `polygons` polygons of 20 points on each of the
 * last three and sixty on three before; 2 has `boxes` boxes on one frame; 3 has `shapes` polygons on 1,000 frames.
 */
export async function makeTasks(wanted: Wanted): Promise<{ root: string; dataDir: string }> {
  const root = await mkdtemp(join(tmpdir(), 'fieldmark-bench-workspace-'))
  const dataDir = join(root, 'data')
  const jpeg = await makeJpeg()
  await createTask({ root, dataDir, jpeg, name: 'crowd', frames: FRAMES }, [
    ...SPARSE.flatMap((frame) => blobs(FEW, frame)),
    ...CROWDED.flatMap((frame) => blobs(wanted.polygons, frame)),
  ])
  await createTask({ root, dataDir, jpeg, name: 'boxes', frames: 3 }, boxes(wanted.boxes, BOXED))
  await createTask({ root, dataDir, jpeg, name: 'million', frames: 1000 }, [])
  fillTask(join(dataDir, 'fieldmark.db'), 3, wanted.shapes)
  return { root, dataDir }
}

interface NewTask {
  readonly root: string
  readonly dataDir: string
  readonly jpeg: Buffer
  readonly name: string
  readonly frames: number
}

async function createTask(task: NewTask, annotations: readonly object[]): Promise<void> {
  const { root, dataDir, name } = task
  const [pictures, coco] = [join(root, name), join(root, `${name}.json`)]
  await mkdir(pictures)
  await makePictures(task, pictures)
  const labels = JSON.stringify(LABELS.map((name) => ({ name })))
  await writeFile(coco, JSON.stringify(cocoOf(task.frames, annotations)))
  const imported = ['--annotation-path', coco, '--annotation-format', 'COCO 1.0']
  const extra = annotations.length > 0 ? imported : []
  await fieldmarkJson(dataDir, 'task', 'create', name, '--labels', labels, pictures, ...extra)
}

/** Written straight into the table: importing a million would take longer than the rest of the bench. */
function fillTask(path: string, taskId: number, shapes: number): void {
  const db = connect(path)
  const { labelId } = db
    .prepare('SELECT min(id) AS labelId FROM label WHERE task_id = ?')
    .get(taskId) as { labelId: number }
  const { last } = db.prepare('SELECT coalesce(max(id), 0) AS last FROM annotation').get() as {
    last: number
  }
  db.close()
  // Far beyond what the core may have reserved meanwhile.
  insertShapes(path, { taskId, labelId, first: last + 1_000_000, shapes, frames: 1000 })
}

/** Gradient and noise make a JPEG about as large as a camera's. */
function makeJpeg(): Promise<Buffer> {
  const { width, height } = SIZE
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = ((at / 3 / width) | 0) / 5 + ((at * 7919) % 41)
  const raw = { width, height, channels: 3 as const }
  return sharp(pixels, { raw }).jpeg({ quality: 88 }).toBuffer()
}

/** No two of the first sixty are alike; more of them are links. */
async function makePictures({ jpeg, frames }: NewTask, folder: string): Promise<void> {
  for (let at = 0; at < frames; at += 1) {
    const path = join(folder, nameOf(at))
    if (at >= FRAMES) {
      await link(join(folder, nameOf(at % FRAMES)), path)
      continue
    }
    jpeg.writeUInt16BE(at + 1, 14) // the pixel density: harmless
    await writeFile(path, jpeg)
  }
}

const nameOf = (at: number) => `frame_${String(at).padStart(4, '0')}.jpg`

function cocoOf(frames: number, annotations: readonly object[]) {
  return {
    images: Array.from({ length: frames }, (_, at) => ({
      id: at + 1,
      file_name: nameOf(at),
      ...SIZE,
    })),
    categories: LABELS.map((name, at) => ({ id: at + 1, name })),
    annotations: annotations.map((one, at) => ({ id: at + 1, iscrowd: 0, ...one })),
  }
}

/** Ragged blobs; the first lies in the middle, where gestures take hold of it. */
function blobs(count: number, frame: number): object[] {
  const random = randomOf(7 + frame)
  return Array.from({ length: count }, (_, i) => {
    const radius = i === 0 ? 40 : 8 + random() * 28
    const cx = i === 0 ? SIZE.width / 2 : radius + random() * (SIZE.width - 2 * radius)
    const cy = i === 0 ? SIZE.height / 2 : radius + random() * (SIZE.height - 2 * radius)
    const segmentation = [blob(random, { cx, cy, radius })]
    return { ...about(i, frame), segmentation, area: 1, bbox: [0, 0, 1, 1] }
  })
}

function blob(random: () => number, { cx, cy, radius }: Record<'cx' | 'cy' | 'radius', number>) {
  return Array.from({ length: POINTS }, (_, k) => {
    const [angle, reach] = [(k / POINTS) * 2 * Math.PI, radius * (0.7 + 0.3 * random())]
    return [round(cx + Math.cos(angle) * reach), round(cy + Math.sin(angle) * reach)]
  }).flat()
}

function boxes(count: number, frame: number): object[] {
  const random = randomOf(11)
  return Array.from({ length: count }, (_, i) => {
    const [w, h] = [4 + random() * 20, 4 + random() * 16]
    const [x, y] = [random() * (SIZE.width - w), random() * (SIZE.height - h)]
    return { ...about(i, frame), bbox: [x, y, w, h].map(round), area: w * h }
  })
}

const about = (i: number, frame: number) => ({
  image_id: frame + 1,
  category_id: (i % LABELS.length) + 1,
})

const round = (value: number) => Math.round(value * 100) / 100

/** Park-Miller: the same scene on every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}
