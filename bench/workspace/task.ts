import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { fieldmarkJson } from '../../e2e/harness/cli.ts'

export const FRAMES = 60
/** The last three: stepping from one to the next goes from crowd to crowd. */
export const CROWDED = [FRAMES - 3, FRAMES - 2, FRAMES - 1]
const SIZE = { width: 1920, height: 1080 }
const POINTS = 20
const LABELS = ['car', 'van', 'bus', 'sign', 'tree', 'person', 'bicycle', 'lamp']

/** A data directory with one task: sixty 1080p JPEGs, `count` polygons of 20 points on each of the last three. */
export async function makeTask(count: number): Promise<{ root: string; dataDir: string }> {
  const root = await mkdtemp(join(tmpdir(), 'fieldmark-bench-workspace-'))
  const [pictures, coco] = [join(root, 'pictures'), join(root, 'coco.json')]
  await mkdir(pictures)
  await makePictures(pictures)
  await writeFile(coco, JSON.stringify(cocoOf(count)))
  const dataDir = join(root, 'data')
  const labels = JSON.stringify(LABELS.map((name) => ({ name })))
  const annotations = ['--annotation-path', coco, '--annotation-format', 'COCO 1.0']
  await fieldmarkJson(
    dataDir,
    ...['task', 'create', 'crowd', '--labels', labels, pictures, ...annotations],
  )
  return { root, dataDir }
}

/** Gradient and noise make JPEGs about as large as a camera's. */
async function makePictures(folder: string): Promise<void> {
  const { width, height } = SIZE
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = ((at / 3 / width) | 0) / 5 + ((at * 7919) % 41)
  const raw = { width, height, channels: 3 as const }
  const jpeg = await sharp(pixels, { raw }).jpeg({ quality: 88 }).toBuffer()
  for (let at = 0; at < FRAMES; at += 1) {
    jpeg.writeUInt16BE(at + 1, 14) // the pixel density: harmless, and no two files are alike
    await writeFile(join(folder, nameOf(at)), jpeg)
  }
}

const nameOf = (at: number) => `frame_${String(at).padStart(2, '0')}.jpg`

function cocoOf(count: number) {
  const random = randomOf(7)
  const images = Array.from({ length: FRAMES }, (_, at) => ({
    id: at + 1,
    file_name: nameOf(at),
    ...SIZE,
  }))
  const annotations = CROWDED.flatMap((frame) =>
    Array.from({ length: count }, (_, i) => ({
      image_id: frame + 1,
      category_id: (i % LABELS.length) + 1,
      segmentation: [blob(random)],
      iscrowd: 0,
    })),
  )
  return {
    images,
    categories: LABELS.map((name, at) => ({ id: at + 1, name })),
    annotations: annotations.map((one, at) => ({
      id: at + 1,
      area: 1,
      bbox: [0, 0, 1, 1],
      ...one,
    })),
  }
}

function blob(random: () => number): number[] {
  const radius = 8 + random() * 28
  const cx = radius + random() * (SIZE.width - 2 * radius)
  const cy = radius + random() * (SIZE.height - 2 * radius)
  return Array.from({ length: POINTS }, (_, k) => {
    const [angle, reach] = [(k / POINTS) * 2 * Math.PI, radius * (0.7 + 0.3 * random())]
    return [round(cx + Math.cos(angle) * reach), round(cy + Math.sin(angle) * reach)]
  }).flat()
}

const round = (value: number) => Math.round(value * 100) / 100

/** Park-Miller: the same scene on every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}
