/**
 * Export and import of 10,000 frames x 12 shapes (6 boxes, 5 polygons of 20 points, 1 mask), each beside its floor in a
 * process of its own, so that peak memory is each one's. Floors: JSON.stringify of the same data to disk for exports;
 * the bare parser over the same file for imports. Usage: node bench/coco-export.bench.ts [FRAMES]
 */
import { spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { SaxesParser } from 'saxes'
import type { DatasetFrame, DatasetSource, ReadTarget } from '#main/core/ports.ts'
import { newShape } from '#main/formats/common/new-shape.ts'
import { createFrameMatcher } from '#main/formats/frame-matcher.ts'
import { createFormatRegistry } from '#main/formats/index.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { taskSchema } from '#shared/domain/task.ts'
import { encodeMask } from '#shared/geometry/mask.ts'

const [WIDTH, HEIGHT] = [1920, 1080]
const TIME = '2024-01-01T00:00:00.000Z'
const registry = createFormatRegistry()

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

function shapesOf(frame: number): Shape[] {
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

function frameAt(index: number): DatasetFrame {
  const name = `set/frame_${String(index).padStart(6, '0')}.jpg`
  return { index, absolute: index, name, width: WIDTH, height: HEIGHT }
}

function sourceOf(count: number): DatasetSource {
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
    completedJobCount: 0,
    jobCount: 1,
    revision: 1,
    createdAt: TIME,
    updatedAt: TIME,
  })
  return {
    task,
    labels,
    jobs: [],
    frameCount: count,
    *frames() {
      for (let i = 0; i < count; i++) yield { frame: frameAt(i), annotations: shapesOf(i) }
    },
    *framesOnly() {
      for (let i = 0; i < count; i++) yield frameAt(i)
    },
    image: () => Promise.reject(new Error('no pictures here')),
  }
}

const signal = new AbortController().signal
const context = { signal, progress: () => undefined }

async function exportTo(format: string, path: string, count: number): Promise<void> {
  await registry.writeZip(path, (output) =>
    registry.get(format).write(sourceOf(count), output, { withImages: false, context }),
  )
}

async function importFrom(format: string, path: string, count: number): Promise<void> {
  const input = await registry.openInput(path)
  const target: ReadTarget = {
    ...sourceOf(count),
    matcher: createFrameMatcher(() => Array.from({ length: count }, (_, i) => frameAt(i))),
    signal,
    progress: () => undefined,
    unmatched: (name) => {
      throw new Error(`${name} has no frame`)
    },
    note: () => undefined,
    labelByName: () => null,
  }
  let found = 0
  for await (const batch of registry.get(format).read(input, target)) found += batch.length
  input.close()
  if (found === 0) throw new Error('nothing was read')
}

async function stringifyFloor(path: string, count: number): Promise<void> {
  const pieces = function* () {
    for (const { frame, annotations } of sourceOf(count).frames()) {
      yield `${JSON.stringify({ frame, annotations })}\n`
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path))
}

async function saxesFloor(path: string): Promise<void> {
  const parser = new SaxesParser()
  let tags = 0
  parser.on('opentag', () => void tags++)
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 18 })) {
    parser.write(chunk as string)
  }
  parser.close()
  if (tags === 0) throw new Error('no tags')
}

/** Each step: what it is, which step is its floor, how it runs. Files a step needs were made by an earlier one. */
const steps: Record<
  string,
  { floor?: string; run(folder: string, count: number): Promise<unknown> }
> = {
  'make the data (no output)': {
    run: async (_folder, count) => {
      let points = 0
      for (const { annotations } of sourceOf(count).frames()) points += annotations.length
      if (points !== count * 12) throw new Error('wrong data')
    },
  },
  'JSON.stringify to disk': {
    run: (folder, count) => stringifyFloor(join(folder, 'floor.json'), count),
  },
  'export COCO 1.0': {
    floor: 'JSON.stringify to disk',
    run: (folder, count) => exportTo('COCO 1.0', join(folder, 'coco.zip'), count),
  },
  'export CVAT for images 1.1': {
    floor: 'JSON.stringify to disk',
    run: (folder, count) => exportTo('CVAT for images 1.1', join(folder, 'cvat.zip'), count),
  },
  'export YOLO 1.1': {
    floor: 'JSON.stringify to disk',
    run: (folder, count) => exportTo('YOLO 1.1', join(folder, 'yolo.zip'), count),
  },
  'JSON.parse of the whole COCO file': {
    run: async (folder) => {
      const tree = JSON.parse(
        await readFile(join(folder, 'instances_default.json'), 'utf8'),
      ) as object
      if (!('images' in tree)) throw new Error('not COCO')
    },
  },
  'import COCO 1.0 (bare JSON)': {
    floor: 'JSON.parse of the whole COCO file',
    run: (folder, count) => importFrom('COCO 1.0', join(folder, 'instances_default.json'), count),
  },
  'saxes over the CVAT XML': { run: (folder) => saxesFloor(join(folder, 'annotations.xml')) },
  'import CVAT 1.1 (bare XML)': {
    floor: 'saxes over the CVAT XML',
    run: (folder, count) => importFrom('CVAT 1.1', join(folder, 'annotations.xml'), count),
  },
  'import YOLO 1.1 (zip)': {
    run: (folder, count) => importFrom('YOLO 1.1', join(folder, 'yolo.zip'), count),
  },
}

interface Figure {
  readonly seconds: number
  /** All threads: on a busy machine the steadier of the two. */
  readonly cpuSeconds: number
  readonly peakMiB: number
}

async function runStep(name: string, folder: string, count: number): Promise<void> {
  const started = performance.now()
  const cpu = process.cpuUsage()
  await steps[name]?.run(folder, count)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const cpuSeconds = (user + system) / 1e6
  const figure: Figure = { seconds, cpuSeconds, peakMiB: process.resourceUsage().maxRSS / 1024 }
  process.stdout.write(JSON.stringify(figure))
}

function measure(name: string, folder: string, count: number): Figure {
  const runs = Array.from({ length: 3 }, () => {
    const child = spawnSync(process.execPath, [
      fileURLToPath(import.meta.url),
      String(count),
      name,
      folder,
    ])
    if (child.status !== 0) throw new Error(`${name}: ${child.stderr.toString()}`)
    return JSON.parse(child.stdout.toString()) as Figure
  })
  const [, median] = runs.sort((a, b) => a.seconds - b.seconds)
  return median ?? { seconds: Number.NaN, cpuSeconds: Number.NaN, peakMiB: Number.NaN }
}

/** The reading floors take bare files; ours come out of the zips just written. */
async function unpack(folder: string): Promise<void> {
  for (const [zip, entry] of [
    ['coco.zip', 'annotations/instances_default.json'],
    ['cvat.zip', 'annotations.xml'],
  ] as const) {
    const input = await registry.openInput(join(folder, zip))
    const path = join(folder, entry.split('/').at(-1) ?? entry)
    await pipeline(Readable.from(input.text(entry)), createWriteStream(path))
    input.close()
    console.log(`${entry}: ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB`)
  }
}

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-coco-export-'))
  const figures: Record<string, Figure> = {}
  try {
    console.log(`${count} frames x 12 shapes, median of 3, Node ${process.version}\n`)
    console.log('| step | seconds | CPU seconds | floors (CPU) | peak MiB |\n|---|---|---|---|---|')
    const lines: string[] = []
    for (const [name, { floor }] of Object.entries(steps)) {
      if (name === 'JSON.parse of the whole COCO file') await unpack(folder)
      const figure = measure(name, folder, count)
      figures[name] = figure
      const times =
        floor === undefined
          ? ''
          : (figure.cpuSeconds / (figures[floor]?.cpuSeconds ?? Number.NaN)).toFixed(1)
      lines.push(
        `| ${name} | ${figure.seconds.toFixed(2)} | ${figure.cpuSeconds.toFixed(2)} | ${times} | ${figure.peakMiB.toFixed(0)} |`,
      )
    }
    console.log(lines.join('\n'))
    const out = process.env.BENCH_OUT
    if (out !== undefined)
      writeFileSync(out, `${JSON.stringify({ frames: count, figures }, null, 2)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const [count = '10000', step, folder] = process.argv.slice(2)
if (step !== undefined && folder !== undefined) await runStep(step, folder, Number(count))
else await main(Number(count))
