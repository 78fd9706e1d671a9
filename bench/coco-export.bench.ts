/**
 * Export and import of 10,000 frames x 12 shapes (6 boxes, 5 polygons of 20 points, 1 mask), each beside its floor in a
 * process of its own, so that peak memory is each one's. Floors: JSON.stringify of the same data to disk for exports;
 * the bare parser over the same file for imports. Usage: node bench/coco-export.bench.ts [FRAMES [boxes]]; with `boxes`
 * each frame has 12 boxes only, so that 83334 makes a million.
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { boxSteps, registry, type Step, steps } from './export-steps.ts'

interface Figure {
  readonly seconds: number
  /** All threads: on a busy machine the steadier of the two. */
  readonly cpuSeconds: number
  readonly peakMiB: number
}

async function runStep(name: string, folder: string, count: number): Promise<void> {
  const started = performance.now()
  const cpu = process.cpuUsage()
  await { ...steps, ...boxSteps }[name]?.run(folder, count)
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

async function main(count: number, chosen: Record<string, Step>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-coco-export-'))
  const figures: Record<string, Figure> = {}
  try {
    console.log(`${count} frames x 12 shapes, median of 3, Node ${process.version}\n`)
    console.log('| step | seconds | CPU seconds | floors (CPU) | peak MiB |\n|---|---|---|---|---|')
    const lines: string[] = []
    for (const [name, { floor }] of Object.entries(chosen)) {
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

const [count = '10000', choice, folder] = process.argv.slice(2)
if (choice !== undefined && folder !== undefined) await runStep(choice, folder, Number(count))
else await main(Number(count), choice === 'boxes' ? boxSteps : steps)
