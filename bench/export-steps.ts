/** What the export bench times: exports and imports, and the floors beside them. */
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SaxesParser } from 'saxes'
import type { ReadTarget } from '#main/core/ports.ts'
import { createLabelIndex } from '#main/formats/common/label-index.ts'
import { createFrameMatcher } from '#main/formats/frame-matcher.ts'
import { createFormatRegistry } from '#main/formats/index.ts'
import { type Content, frameAt, sourceOf } from './export-dataset.ts'

export const registry = createFormatRegistry()

const signal = new AbortController().signal
const context = { signal, progress: () => undefined }

async function exportTo(
  format: string,
  path: string,
  count: number,
  content: Content = 'mixed',
): Promise<void> {
  await registry.writeZip(path, (output) =>
    registry.get(format).write(sourceOf(count, content), output, { withImages: false, context }),
  )
}

async function importFrom(format: string, path: string, count: number): Promise<void> {
  const input = await registry.openInput(path)
  const target: ReadTarget = {
    ...sourceOf(count),
    taskFrames: () => Array.from({ length: count }, (_, i) => frameAt(i)),
    matcher: createFrameMatcher(() => Array.from({ length: count }, (_, i) => frameAt(i))),
    signal,
    progress: () => undefined,
    unmatched: (name) => {
      throw new Error(`${name} has no frame`)
    },
    note: () => undefined,
    labelIndex: createLabelIndex(sourceOf(0).labels),
    describe: () => undefined,
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
export interface Step {
  readonly floor?: string
  run(folder: string, count: number): Promise<unknown>
}

export const steps: Record<string, Step> = {
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
  'export Datumaro 1.0': {
    floor: 'JSON.stringify to disk',
    run: (folder, count) => exportTo('Datumaro 1.0', join(folder, 'datumaro.zip'), count),
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
  'import Datumaro 1.0 (zip)': {
    run: (folder, count) => importFrom('Datumaro 1.0', join(folder, 'datumaro.zip'), count),
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

/** A million boxes, by command line only: `node bench/coco-export.bench.ts 83334 boxes`. */
export const boxSteps: Record<string, Step> = {
  'export boxes to COCO 1.0': {
    run: (folder, count) => exportTo('COCO 1.0', join(folder, 'coco.zip'), count, 'boxes'),
  },
  'import boxes from COCO 1.0 (zip)': {
    run: (folder, count) => importFrom('COCO 1.0', join(folder, 'coco.zip'), count),
  },
}
