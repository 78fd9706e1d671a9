import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fieldmarkJson, SAMPLE, scratch, startCli } from './harness/cli.ts'
import { facts, readTruth, repeat } from './harness/coco.ts'

/** A power cut in the middle: kill -9 while a big file is read or written, then look at what is there. */
let place: ReturnType<typeof scratch>
let big: string
let count: number
beforeEach(async () => {
  place = scratch()
  big = join(place.dir, 'big.json')
  const many = repeat(await readTruth(), 500)
  count = facts(many).length
  await writeFile(big, JSON.stringify(many))
  const create = ['task', 'create', 'desk', join(SAMPLE, 'images')]
  await fieldmarkJson(place.data, ...create, '--labels', join(SAMPLE, 'labels.json'))
}, 60_000)
afterEach(() => place.remove())

/** Kills it as soon as it tells of progress. @returns the signal it died of */
function killAtFirstProgress(args: readonly string[]): Promise<NodeJS.Signals | null> {
  const child = startCli(place.data, args)
  child.stderr?.on('data', (text: Buffer) => {
    if (/(im|ex)port/i.test(String(text))) child.kill('SIGKILL')
  })
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)))
}

async function annotationCount(): Promise<number | undefined> {
  const [task] = await fieldmarkJson<{ objectCount: number }[]>(place.data, 'task', 'ls')
  return task?.objectCount
}

test('killed during an import: all of it or nothing, and the next import works', async () => {
  const args = ['task', 'import-dataset', '1', big, '--format', 'COCO 1.0']
  expect(await killAtFirstProgress(args)).toBe('SIGKILL')
  // Requests are taken up again after a crash, so by now the import may have been finished; half of it is never there.
  expect([0, count]).toContain(await annotationCount())
  await fieldmarkJson(place.data, ...args)
  expect(await annotationCount()).toBe(count)
}, 120_000)

test('killed during an export: nothing under the final name, and the next export works', async () => {
  await fieldmarkJson(place.data, 'task', 'import-dataset', '1', big, '--format', 'COCO 1.0')
  const out = join(place.dir, 'out.zip')
  const args = ['task', 'export-dataset', '1', out, '--format', 'COCO 1.0', '--with-images']
  expect(await killAtFirstProgress(args)).toBe('SIGKILL')
  expect(existsSync(out)).toBe(false)
  const report = await fieldmarkJson<{ annotations: number }>(place.data, ...args)
  expect(report.annotations).toBe(count)
  expect(existsSync(out)).toBe(true)
}, 120_000)
