/**
 * A CVAT XML file of 10,000 frames x 12 shapes (6 boxes, 5 polygons of 20 points, 1 mask) read and written as another
 * format, each step in a process of its own, beside the floor the peers' figures are told in: lxml's iterparse over the
 * same file in this very run. Datumaro (October 2024), measured in floors on another machine on a file of the same make:
 * read 10, read and write COCO 19 (52 with the masks it otherwise leaves out), VOC 15, YOLO 14, Datumaro JSON 12.
 * Of VOC the masks are left out, as Datumaro leaves them out of the file: two pictures a frame are `mask-formats.bench.ts`.
 * Usage: node bench/conversion.bench.ts [FRAMES]
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { DatasetSource, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { createLabelIndex } from '#main/formats/common/label-index.ts'
import { createFrameMatcher } from '#main/formats/frame-matcher.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import { frameAt, sourceOf } from './export-dataset.ts'
import { registry } from './export-steps.ts'
import { report } from './samples.ts'

const signal = new AbortController().signal
const context = { signal, progress: () => undefined }

/** Datumaro's figures for each target, in floors; null: it has none. */
const TARGETS: Readonly<Record<string, { datumaro: string }>> = {
  'read alone': { datumaro: '10' },
  'COCO 1.0': { datumaro: '52' },
  'PASCAL VOC 1.1': { datumaro: '15' },
  'YOLO 1.1': { datumaro: '14' },
  'Datumaro 1.0': { datumaro: '12' },
}

/** Read the file as an import does, into memory; nothing is stored. */
async function readXml(path: string, count: number): Promise<NewAnnotation[]> {
  const frames = Array.from({ length: count }, (_, index) => frameAt(index))
  const { task, labels, jobs } = sourceOf(count)
  const input = await registry.openInput(path)
  const target: ReadTarget = {
    ...{ task, labels, jobs, frameCount: count, taskFrames: () => frames, ...context },
    matcher: createFrameMatcher(() => frames),
    unmatched: (name) => {
      throw new Error(`${name} has no frame`)
    },
    note: () => undefined,
    labelIndex: createLabelIndex(labels),
    describe: () => undefined,
  }
  const found: NewAnnotation[] = []
  for await (const batch of registry.get('CVAT for images 1.1').read(input, target)) {
    for (const one of batch) found.push(one)
  }
  input.close()
  return found
}

/** What was read, as what an export reads. */
function sourceFrom(annotations: readonly NewAnnotation[], count: number): DatasetSource {
  const byFrame: (Tag | Shape)[][] = Array.from({ length: count }, () => [])
  for (const [at, one] of annotations.entries()) {
    if (one.kind !== 'track') byFrame[one.frame]?.push({ ...one, id: (at + 1) as Tag['id'] })
  }
  return {
    ...sourceOf(count),
    *frames() {
      for (const [index, own] of byFrame.entries())
        yield { frame: frameAt(index), annotations: own }
    },
  }
}

async function convert(target: string, folder: string, count: number): Promise<void> {
  const annotations = await readXml(join(folder, 'annotations.xml'), count)
  if (annotations.length !== count * 12) throw new Error(`${annotations.length} were read`)
  if (target === 'read alone') return
  const isVoc = target === 'PASCAL VOC 1.1'
  const written = isVoc ? annotations.filter((one) => !isMask(one)) : annotations
  await registry.writeZip(join(folder, 'out.zip'), (output) =>
    registry.get(target).write(sourceFrom(written, count), output, { withImages: false, context }),
  )
}

const isMask = (one: NewAnnotation) => one.kind === 'shape' && one.type === 'mask'

interface Figure {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
}

async function runChild(target: string, folder: string, count: number): Promise<void> {
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await convert(target, folder, count)
  const { user, system } = process.cpuUsage(cpu)
  const figure: Figure = {
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }
  process.stdout.write(JSON.stringify(figure))
}

function median(runs: readonly Figure[]): Figure {
  const sorted = runs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds)
  return (
    sorted[Math.floor(sorted.length / 2)] ?? {
      seconds: Number.NaN,
      cpuSeconds: Number.NaN,
      peakMiB: Number.NaN,
    }
  )
}

function spawned(command: string, args: readonly string[]): Figure {
  const child = spawnSync(command, args)
  if (child.status !== 0) throw new Error(`${args.join(' ')}: ${child.stderr?.toString()}`)
  return JSON.parse(child.stdout.toString()) as Figure
}

const LXML = `
import json, resource, sys, time
from lxml import etree
start, begun = time.process_time(), time.perf_counter()
for _, element in etree.iterparse(sys.argv[1]): element.clear()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": time.perf_counter() - begun, "cpuSeconds": time.process_time() - start, "peakMiB": peak}))`

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-conversion-'))
  try {
    const xml = join(folder, 'annotations.xml')
    await writeXml(folder, xml, count)
    const self = fileURLToPath(import.meta.url)
    const rows = [['step', 'seconds', 'floors', 'CPU seconds', 'Datumaro, floors', 'peak MiB']]
    const floors: Figure[] = []
    const steps = Object.keys(TARGETS).map((target) => ({ target, runs: [] as Figure[] }))
    // In turn, so that a machine that slows down slows all of them down.
    for (let round = 0; round < 3; round += 1) {
      floors.push(spawned('/usr/bin/python3', ['-c', LXML, xml]))
      for (const { target, runs } of steps)
        runs.push(spawned(process.execPath, [self, String(count), target, folder]))
    }
    const floor = median(floors)
    rows.push(row('lxml iterparse', floor, floor, ''))
    for (const { target, runs } of steps) {
      const name = target === 'read alone' ? 'read' : `read and write ${target}`
      rows.push(row(name, median(runs), floor, TARGETS[target]?.datumaro ?? ''))
    }
    console.log(`${count} frames x 12 shapes, ${(statSync(xml).size / 1e6).toFixed(1)} MB of XML\n`)
    report(rows)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function row(name: string, figure: Figure, floor: Figure, datumaro: string): string[] {
  const { seconds, cpuSeconds, peakMiB } = figure
  const floors = (seconds / floor.seconds).toFixed(1)
  return [name, seconds.toFixed(2), floors, cpuSeconds.toFixed(2), datumaro, peakMiB.toFixed(0)]
}

async function writeXml(folder: string, xml: string, count: number): Promise<void> {
  const zip = join(folder, 'cvat.zip')
  await registry.writeZip(zip, (output) =>
    registry
      .get('CVAT for images 1.1')
      .write(sourceOf(count), output, { withImages: false, context }),
  )
  const input = await registry.openInput(zip)
  await pipeline(Readable.from(input.text('annotations.xml')), createWriteStream(xml))
  input.close()
}

const [count = '10000', target, folder] = process.argv.slice(2)
if (target !== undefined && folder !== undefined) await runChild(target, folder, Number(count))
else await main(Number(count))
