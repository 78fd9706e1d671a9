/**
 * Export and import of 10,000 frames x 50 tracks of rectangles, a keyframe every 20 frames and every tenth track hidden for a
 * while, through the zip writer and reader, without the store. Each step in a process of its own, so that peak memory is each
 * one's. Floors in the same run: lxml's iterparse over the same XML (what CVAT reads it with), if Python has it, and the bare
 * parser of ours. Usage: node bench/track-formats.bench.ts [FRAMES [TRACKS]]
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
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { SaxesParser } from 'saxes'
import type { DatasetSource, ReadTarget, WorkContext } from '#main/core/ports.ts'
import { createLabelIndex } from '#main/formats/common/label-index.ts'
import { createFrameMatcher } from '#main/formats/frame-matcher.ts'
import { createFormatRegistry } from '#main/formats/index.ts'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import { frameAt, sourceOf } from './export-dataset.ts'

const KEYFRAME_EVERY = 20
const registry = createFormatRegistry()
const signal = new AbortController().signal
const context: WorkContext = { signal, progress: () => undefined }

function trackAt(id: number, frames: number, labelId: Track['labelId']): Track {
  const keyframes: Keyframe[] = []
  for (let frame = id % KEYFRAME_EVERY; frame < frames; frame += KEYFRAME_EVERY) {
    const x = 800 + 700 * Math.sin(frame / 97 + id)
    const y = 500 + 400 * Math.cos(frame / 61 + 2 * id)
    const outside = id % 10 === 0 && Math.floor(frame / 500) % 4 === 3
    const place = {
      rotation: 0,
      occluded: frame % 60 === 0,
      zOrder: 0,
      attributes: [],
      elements: [],
    }
    keyframes.push({ ...place, frame, outside, points: [x, y, x + 90 + (id % 7), y + 60.25] })
  }
  const common = { labelId, group: 0, source: 'manual' as const, attributes: [] }
  const frame = keyframes[0]?.frame ?? 0
  return {
    kind: 'track',
    id: (id + 1) as Track['id'],
    type: 'rectangle',
    frame,
    keyframes,
    ...common,
  }
}

function trackSource(frames: number, count: number): DatasetSource {
  const base = sourceOf(frames)
  const labelOf = (id: number) => base.labels[id % base.labels.length]?.id as Track['labelId']
  const trackOf = (id: number) => trackAt(id, frames, labelOf(id))
  return {
    ...base,
    *tracks() {
      for (let id = 0; id < count; id += 1) yield { id, track: trackOf(id) }
    },
    *frames(tracks = 'woven') {
      const all = tracks === 'woven' ? Array.from({ length: count }, (_, id) => trackOf(id)) : []
      const weaver = new TrackWeaver(all)
      for (let i = 0; i < frames; i += 1) {
        yield { frame: frameAt(i), annotations: weaver.weave([], i) }
      }
    },
  }
}

interface Place {
  readonly folder: string
  readonly frames: number
  readonly tracks: number
}

async function write(
  format: string,
  zip: string,
  { folder, frames, tracks }: Place,
): Promise<void> {
  await registry.writeZip(join(folder, zip), (output) =>
    registry.get(format).write(trackSource(frames, tracks), output, { withImages: false, context }),
  )
}

async function read(format: string, zip: string, { folder, frames, tracks }: Place): Promise<void> {
  const input = await registry.openInput(join(folder, zip))
  const taskFrames = () => Array.from({ length: frames }, (_, i) => frameAt(i))
  const { task, labels, jobs } = sourceOf(frames)
  const target: ReadTarget = {
    ...{ task, labels, jobs, frameCount: frames, taskFrames },
    matcher: createFrameMatcher(taskFrames),
    signal,
    progress: () => undefined,
    unmatched: (name) => {
      throw new Error(`${name} has no frame`)
    },
    note: () => undefined,
    labelIndex: createLabelIndex(labels),
    describe: () => undefined,
  }
  let found = 0
  for await (const batch of registry.get(format).read(input, target)) found += batch.length
  input.close()
  if (found !== tracks) throw new Error(`${found} tracks were read, not ${tracks}`)
}

async function saxes({ folder }: Place): Promise<void> {
  const parser = new SaxesParser()
  let tags = 0
  parser.on('opentag', () => void tags++)
  const file = createReadStream(join(folder, 'annotations.xml'), {
    encoding: 'utf8',
    highWaterMark: 2 ** 18,
  })
  for await (const chunk of file) parser.write(chunk as string)
  parser.close()
  if (tags === 0) throw new Error('no tags')
}

const LXML = `
import sys, time, resource, json
from lxml import etree
start = time.perf_counter()
context = iter(etree.iterparse(sys.argv[1], events=('start', 'end')))
boxes = 0
for event, element in context:
    if event == 'end':
        if element.tag == 'box':
            boxes += [float(element.get(n)) for n in ('xtl', 'ytl', 'xbr', 'ybr')][0] >= 0
        element.clear()
        if element.tag == 'track':
            while element.getprevious() is not None:
                del element.getparent()[0]
seconds = time.perf_counter() - start
print(json.dumps({'seconds': seconds, 'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
`

/** In the order they must run: a step reads what an earlier one wrote. */
const steps: Record<string, (place: Place) => Promise<void>> = {
  'export CVAT for video 1.1': (place) => write('CVAT for video 1.1', 'cvat.zip', place),
  'saxes over the XML': saxes,
  'import CVAT 1.1 (bare XML)': (place) => read('CVAT 1.1', 'annotations.xml', place),
  'import CVAT 1.1 (zip)': (place) => read('CVAT 1.1', 'cvat.zip', place),
  'export MOT 1.1': (place) => write('MOT 1.1', 'mot.zip', place),
  'import MOT 1.1 (zip)': (place) => read('MOT 1.1', 'mot.zip', place),
  'export COCO 1.0': (place) => write('COCO 1.0', 'coco.zip', place),
  'import COCO 1.0 (zip)': (place) => read('COCO 1.0', 'coco.zip', place),
}

interface Figure {
  readonly seconds: number
  readonly peakMiB: number
}

async function runStep(name: string, place: Place): Promise<void> {
  const started = performance.now()
  await steps[name]?.(place)
  const seconds = (performance.now() - started) / 1000
  const figure: Figure = { seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }
  process.stdout.write(JSON.stringify(figure))
}

function child(command: string, args: readonly string[]): Figure | null {
  const { status, stdout } = spawnSync(command, args, { maxBuffer: 2 ** 26 })
  return status === 0 ? (JSON.parse(stdout.toString()) as Figure) : null
}

async function unpack({ folder }: Place): Promise<number> {
  const input = await registry.openInput(join(folder, 'cvat.zip'))
  const path = join(folder, 'annotations.xml')
  await pipeline(Readable.from(input.text('annotations.xml')), createWriteStream(path))
  input.close()
  return statSync(path).size / 2 ** 20
}

async function main(frames: number, tracks: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-track-formats-'))
  const place = { folder, frames, tracks }
  const figures: Record<string, Figure | null> = {}
  const tell = (name: string, figure: Figure | null): void => {
    figures[name] = figure
    const cells = figure ? `${figure.seconds.toFixed(2)} | ${figure.peakMiB.toFixed(0)}` : '- | -'
    console.log(`| ${name} | ${cells} |`)
  }
  try {
    console.log(`${frames} frames x ${tracks} tracks, Node ${process.version}\n`)
    console.log('| step | seconds | peak MiB |\n|---|---|---|')
    for (const name of Object.keys(steps)) {
      const args = [fileURLToPath(import.meta.url), String(frames), String(tracks), name, folder]
      tell(name, child(process.execPath, args))
      if (name !== 'export CVAT for video 1.1') continue
      const mebibytes = await unpack(place)
      tell(
        'lxml iterparse over the XML',
        child('/usr/bin/python3', ['-c', LXML, join(folder, 'annotations.xml')]),
      )
      console.log(`| (annotations.xml: ${mebibytes.toFixed(0)} MiB) | | |`)
    }
    const out = process.env.BENCH_OUT
    if (out !== undefined)
      writeFileSync(out, `${JSON.stringify({ frames, tracks, figures }, null, 2)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const [frames = '10000', tracks = '50', step, folder] = process.argv.slice(2)
if (step !== undefined && folder !== undefined) {
  await runStep(step, { folder, frames: Number(frames), tracks: Number(tracks) })
} else await main(Number(frames), Number(tracks))
