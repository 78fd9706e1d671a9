/**
 * A CVAT XML of 10,000 pictures x 12 shapes into a task of the store, and out of it, by the command line as people run it:
 * each command is a process of its own, all its threads counted. CPU seconds, for machines that do other work as well; the
 * floor, lxml over the same file, runs before each. Beside them Datumaro, as multiples of that same floor (2026-11, reading
 * included, without masks, which it cannot read). Usage: node bench/import-store.bench.ts [FRAMES]
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { frameAt, sourceOf } from './export-dataset.ts'
import { registry, steps } from './export-steps.ts'
import { quantile, report } from './samples.ts'

const ROUNDS = 3
/** What Datumaro takes to read the XML and write each, in floors. */
const DATUMARO: Record<string, string> = {
  import: '10',
  'COCO 1.0': '19',
  'PASCAL VOC 1.1': '15',
  'YOLO 1.1': '14',
  'Datumaro 1.0': '12',
}
/** Not VOC: its masks are pictures, 10,000 of them twice, and take a minute and a half (see mask-formats). */
const EXPORTS = ['COCO 1.0', 'YOLO 1.1', 'Datumaro 1.0', 'CVAT for images 1.1']

interface Figure {
  readonly cpuSeconds: number
  readonly peakMiB: number
}

const [count = '10000', ...command] = process.argv.slice(2)
if (command.length > 0) await runCommand(command)
else await main(Number(count))

async function runCommand(args: readonly string[]): Promise<void> {
  // As bin/fieldmark.js does.
  module.enableCompileCache?.(join(tmpdir(), 'fieldmark-bench-compiled'))
  const cli = new URL('../dist/main/cli.js', import.meta.url).href
  const { runCli, leaveProcess } = await import(cli)
  const code = await runCli(args)
  const { user, system } = process.cpuUsage()
  const peakMiB = process.resourceUsage().maxRSS / 1024
  const figure: Figure = { cpuSeconds: (user + system) / 1e6, peakMiB }
  process.stderr.write(JSON.stringify(figure), () => leaveProcess(code))
}

async function main(frames: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-import-store-'))
  try {
    const xml = await makeXml(folder, frames)
    await makePictures(folder, frames)
    const run = (...args: string[]) => fieldmark('--data-dir', join(folder, 'library'), ...args)
    run('task', 'create', 'bench', join(folder, 'pictures'), '--labels', labelsOf())
    const figures = new Map<string, Figure[]>()
    const keep = (name: string, figure: Figure | null) => {
      if (figure) figures.set(name, [...(figures.get(name) ?? []), figure])
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const read = () => run('task', 'import-dataset', '1', xml, '--format', 'CVAT 1.1')
      const written = (format: string, file = join(folder, `${round}.zip`)) => {
        const figure = run('task', 'export-dataset', '1', file, '--format', format)
        rmSync(file)
        return figure
      }
      keep('lxml', lxml(xml))
      keep('import', read())
      for (const format of EXPORTS) {
        keep('lxml', lxml(xml))
        keep(format, written(format))
      }
    }
    report([
      [`${frames} pictures x 12 shapes`, 'CPU s', 'floors', 'Datumaro, floors', 'peak MiB'],
      ...[...figures].map(([name, runs]) => rowOf(name, runs, figures.get('lxml') ?? [])),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowOf(name: string, runs: readonly Figure[], floor: readonly Figure[]): string[] {
  const median = (of: readonly Figure[], key: keyof Figure) =>
    quantile(
      of.map((one) => one[key]),
      0.5,
    )
  const cpu = median(runs, 'cpuSeconds')
  const floors = (cpu / median(floor, 'cpuSeconds')).toFixed(1)
  return [name, cpu.toFixed(2), floors, DATUMARO[name] ?? '', median(runs, 'peakMiB').toFixed(0)]
}

function fieldmark(...args: string[]): Figure {
  const script = fileURLToPath(import.meta.url)
  const { status, stderr } = spawnSync(process.execPath, [script, count, '--quiet', ...args])
  const said = stderr.toString()
  if (status !== 0) throw new Error(`fieldmark ${args.join(' ')}: ${said}`)
  return JSON.parse(said.slice(said.lastIndexOf('{'))) as Figure
}

/** Null where no Python here has lxml. */
function lxml(path: string): Figure | null {
  const script = join(import.meta.dirname, 'lxml-floor.py')
  for (const python of [process.env.PYTHON, 'python3', '/usr/bin/python3']) {
    if (!python) continue
    const { status, stdout } = spawnSync(python, [script, path])
    if (status === 0) return JSON.parse(stdout.toString()) as Figure
  }
  return null
}

async function makeXml(folder: string, frames: number): Promise<string> {
  await steps['export CVAT for images 1.1']?.run(folder, frames)
  const input = await registry.openInput(join(folder, 'cvat.zip'))
  const path = join(folder, 'annotations.xml')
  await pipeline(Readable.from(input.text('annotations.xml')), createWriteStream(path))
  input.close()
  return path
}

/** One picture under many names. */
async function makePictures(folder: string, frames: number): Promise<void> {
  const one = join(folder, 'one.jpg')
  const create = { width: 1920, height: 1080, channels: 3, background: '#777' } as const
  writeFileSync(one, await sharp({ create }).jpeg().toBuffer())
  for (let at = 0; at < frames; at += 1) {
    const path = join(folder, 'pictures', frameAt(at).name)
    mkdirSync(dirname(path), { recursive: true })
    linkSync(one, path)
  }
}

function labelsOf(): string {
  const labels = sourceOf(0).labels.map(({ name, attributes }) => ({
    name,
    attributes: attributes.map((one) => ({
      name: one.name,
      mutable: one.mutable,
      input_type: one.inputType,
      default_value: one.defaultValue,
      values: one.values,
    })),
  }))
  return JSON.stringify(labels)
}
