/**
 * Export and import of the formats of masks, beside the time it takes to do nothing but encode their pictures: 500 frames of
 * 1080p with 12 shapes each, through the zip writer and reader, without the store. Each step in a process of its own, so that
 * peak memory is each one's. Bare encoders get pixels that are painted already, of 20 frames in turn: ours, sharp's libpng at
 * its default and at its fastest, and OpenCV's if Python has it. On a busy machine the seconds of the processor say more than
 * those of the clock; sharp works on threads of its own. Usage: node bench/mask-formats.bench.ts [FRAMES]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createLabelIndex } from '#main/formats/common/label-index.ts'
import { paintingOf } from '#main/formats/common/paint/areas.ts'
import { arealShapes } from '#main/formats/common/paint/class-mask-losses.ts'
import { paintNumbers } from '#main/formats/common/paint/paint.ts'
import {
  encodeColored,
  encodeGray8,
  encodeGray16,
  encodeRgb,
} from '#main/formats/common/png/encode.ts'
import { createFrameMatcher } from '#main/formats/frame-matcher.ts'
import { createFormatRegistry } from '#main/formats/index.ts'
import { sourceOf } from './export-dataset.ts'

const registry = createFormatRegistry()
const signal = new AbortController().signal
const context = { signal, progress: () => undefined }
const SAMPLES = 20

interface Place {
  readonly folder: string
  readonly frames: number
}

/** Pixels of the sample's frames: numbers of objects, and colours of labels and of objects. */
function rasters() {
  return [...sourceOf(SAMPLES).frames()].map(({ frame, annotations }) => {
    const picture = paintNumbers(paintingOf(arealShapes(annotations), frame))
    const { width, height, data } = picture
    const values = Uint16Array.from(data, (number) => number * 1000)
    const rgb = Buffer.alloc(3 * data.length)
    for (const [i, number] of data.entries())
      rgb.writeUIntBE((number * 1234567) & 0xffffff, 3 * i, 3)
    return { width, height, numbers: Uint8Array.from(data), values, rgb, picture }
  })
}

type Sample = ReturnType<typeof rasters>[number]

interface Times {
  readonly seconds: number
  /** Of the processor, all threads together. */
  readonly cpuSeconds: number
}
type Outcome = Times & { readonly mebibytes: number }

function startClock(): () => Times {
  const [started, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
  }
}

async function encodeAll(
  { frames }: Place,
  encode: (sample: Sample) => Uint8Array | Promise<Uint8Array>,
): Promise<Outcome> {
  const samples = rasters()
  let bytes = 0
  const started = startClock()
  for (let i = 0; i < frames; i += 1) {
    const sample = samples[i % SAMPLES]
    if (sample) bytes += (await encode(sample)).length
  }
  return { ...started(), mebibytes: bytes / 2 ** 20 }
}

const withSharp =
  (compressionLevel: number) =>
  ({ rgb, width, height }: Sample) =>
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel })
      .toBuffer()

async function write(format: string, { folder, frames }: Place): Promise<number> {
  const { sizeBytes } = await registry.writeZip(zipOf(format, folder), (output) =>
    registry.get(format).write(sourceOf(frames), output, { withImages: false, context }),
  )
  return sizeBytes / 2 ** 20
}

async function read(format: string, { folder, frames }: Place): Promise<number> {
  const input = await registry.openInput(zipOf(format, folder))
  const source = sourceOf(frames)
  const taskFrames = () => source.framesOnly()
  let found = 0
  const target = {
    ...source,
    taskFrames,
    matcher: createFrameMatcher(taskFrames),
    ...{ signal, progress: () => undefined, note: () => undefined, describe: () => undefined },
    unmatched: (name: string) => {
      throw new Error(`${name} has no frame`)
    },
    labelIndex: createLabelIndex(source.labels),
  }
  for await (const batch of registry.get(format).read(input, target)) found += batch.length
  input.close()
  if (found < frames) throw new Error(`only ${found} annotations were read`)
  return 0
}

function zipOf(format: string, folder: string): string {
  return join(folder, `${format.replaceAll(/\W/g, '-')}.zip`)
}

type Step = (place: Place) => Promise<number | Outcome>

/** The bare encoders, by what is encoded. */
const RGB = 'RGB, our encoder'
const RGB_TABLE = 'RGB by table, our encoder'
const GRAY8 = 'gray 8 bits, our encoder'
const GRAY16 = 'gray 16 bits, our encoder'

const steps: Record<string, Step> = {
  'make and paint the data (no output)': async ({ frames }) => {
    let pixels = 0
    for (const { frame, annotations } of sourceOf(frames).frames()) {
      pixels += paintNumbers(paintingOf(arealShapes(annotations), frame)).data.length
    }
    return pixels > 0 ? 0 : Number.NaN
  },
  'make the data (no output)': async ({ frames }) => {
    let shapes = 0
    for (const { annotations } of sourceOf(frames).frames()) shapes += annotations.length
    return shapes > 0 ? 0 : Number.NaN
  },
  [RGB]: (place) =>
    encodeAll(place, ({ width, height, rgb }) => encodeRgb({ width, height, data: rgb })),
  [RGB_TABLE]: (place) =>
    encodeAll(place, ({ picture }) =>
      encodeColored(picture, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ),
  [GRAY8]: (place) =>
    encodeAll(place, ({ width, height, numbers }) => encodeGray8({ width, height, data: numbers })),
  [GRAY16]: (place) =>
    encodeAll(place, ({ width, height, values }) => encodeGray16({ width, height, data: values })),
  'RGB, sharp (level 6)': (place) => encodeAll(place, withSharp(6)),
  'RGB, sharp (level 1)': (place) => encodeAll(place, withSharp(1)),
  'export Segmentation mask 1.1': (place) => write('Segmentation mask 1.1', place),
  'import Segmentation mask 1.1': (place) => read('Segmentation mask 1.1', place),
  'export CamVid 1.0': (place) => write('CamVid 1.0', place),
  'import CamVid 1.0': (place) => read('CamVid 1.0', place),
  'export Cityscapes 1.0': (place) => write('Cityscapes 1.0', place),
  'import Cityscapes 1.0': (place) => read('Cityscapes 1.0', place),
  'export PASCAL VOC 1.1': (place) => write('PASCAL VOC 1.1', place),
  'import PASCAL VOC 1.1': (place) => read('PASCAL VOC 1.1', place),
}

/** The pictures a format writes for a frame, as bare encoders. */
const floors: Readonly<Record<string, readonly string[]>> = {
  'export Segmentation mask 1.1': [RGB, RGB],
  'export CamVid 1.0': [RGB],
  'export Cityscapes 1.0': [RGB, GRAY8, GRAY16],
  'export PASCAL VOC 1.1': [RGB, RGB],
}

type Figure = Outcome & { readonly peakMiB: number }

async function runStep(name: string, place: Place): Promise<void> {
  const started = startClock()
  const outcome = (await (steps[name] ?? opencvPixels)(place)) ?? 0
  const told = typeof outcome === 'number' ? { ...started(), mebibytes: outcome } : outcome
  const peakMiB = process.resourceUsage().maxRSS / 1024
  process.stdout.write(JSON.stringify({ ...told, peakMiB }))
}

const OPENCV = `
import sys, json, time, resource, numpy, cv2
width, height, frames = 1920, 1080, int(sys.argv[2])
raw = numpy.fromfile(sys.argv[1], numpy.uint8).reshape(-1, height, width, 3)
cv2.setNumThreads(1)
size = 0
start, cpu = time.perf_counter(), time.process_time()
for i in range(frames):
    size += len(cv2.imencode('.png', raw[i % len(raw)])[1])
cpu = time.process_time() - cpu
print(json.dumps({'seconds': time.perf_counter() - start, 'cpuSeconds': cpu, 'mebibytes': size / 2 ** 20,
  'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
`

const RAW = 'rgb.raw'

/** Not a step of the table. Done in a process of its own: what this one once held counts for all it starts. */
async function opencvPixels({ folder }: Place): Promise<number> {
  writeFileSync(join(folder, RAW), Buffer.concat(rasters().map(({ rgb }) => rgb)))
  return 0
}

function opencv({ folder, frames }: Place): Figure | null {
  const raw = join(folder, RAW)
  child(process.execPath, [fileURLToPath(import.meta.url), String(frames), RAW, folder])
  const figure = child('/usr/bin/python3', ['-c', OPENCV, raw, String(frames)])
  rmSync(raw)
  return figure
}

function child(command: string, args: readonly string[]): Figure | null {
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 2 ** 26 })
  if (status !== 0 && command === process.execPath) process.stderr.write(stderr)
  return status === 0 ? (JSON.parse(stdout.toString()) as Figure) : null
}

/** By the clock and by the processor. */
function ratiosOf(name: string, figure: Figure, figures: Record<string, Figure | null>): string {
  const ratio = (key: keyof Times): string => {
    const parts = floors[name]?.map((part) => figures[part]?.[key] ?? Number.NaN) ?? []
    const floor = parts.reduce((sum, each) => sum + each, 0)
    return floor > 0 ? (figure[key] / floor).toFixed(2) : ''
  }
  return floors[name] === undefined ? '' : `${ratio('seconds')} / ${ratio('cpuSeconds')} x`
}

function main(frames: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-mask-formats-'))
  const place = { folder, frames }
  const figures: Record<string, Figure | null> = {}
  try {
    console.log(`${frames} frames of 1920 x 1080, 12 shapes each, Node ${process.version}\n`)
    console.log(
      '| step | ms a frame | of the processor | bare encoder, clock / processor | MiB written | peak MiB |',
    )
    console.log('|---|---|---|---|---|---|')
    const tell = (name: string, figure: Figure | null): void => {
      figures[name] = figure
      if (figure === null) return
      const { seconds, cpuSeconds, mebibytes, peakMiB } = figure
      const cells = [
        ((1000 * seconds) / frames).toFixed(2),
        ((1000 * cpuSeconds) / frames).toFixed(2),
        ratiosOf(name, figure, figures),
        mebibytes > 0 ? mebibytes.toFixed(1) : '',
        peakMiB.toFixed(0),
      ]
      console.log(`| ${name} | ${cells.join(' | ')} |`)
    }
    for (const name of Object.keys(steps)) {
      tell(
        name,
        child(process.execPath, [fileURLToPath(import.meta.url), String(frames), name, folder]),
      )
      if (name === 'RGB, sharp (level 1)') tell('RGB, OpenCV', opencv(place))
    }
    const out = process.env.BENCH_OUT
    if (out !== undefined) writeFileSync(out, `${JSON.stringify({ frames, figures }, null, 2)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const [frames = '500', step, folder] = process.argv.slice(2)
if (step !== undefined && folder !== undefined)
  await runStep(step, { folder, frames: Number(frames) })
else main(Number(frames))
