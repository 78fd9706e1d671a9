/** Whatever an archive holds: a task comes out of it, or a typed error and nothing else has changed. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { createRig, type Rig } from '../../compose-backup-fixture.ts'

const TESTDATA = fileURLToPath(new URL('../../../formats/cvat-backup/testdata/', import.meta.url))

let rig: Rig
const archives: {
  what: 'task' | 'project'
  bytes: Buffer
  texts: Map<string, string>
  others: Map<string, Uint8Array>
}[] = []

beforeAll(async () => {
  rig = createRig()
  const [task] = (await rig.restore('task', join(TESTDATA, 'cvat-task.zip'))).tasks
  const own = join(rig.dir, 'own.zip')
  await rig.backUp({ what: 'task', taskId: task?.id, path: own })
  for (const [what, path] of [
    ['task', join(TESTDATA, 'cvat-task.zip')],
    ['task', join(TESTDATA, 'cvat-video.zip')],
    ['project', join(TESTDATA, 'cvat-project.zip')],
    ['task', own],
  ] as const) {
    const input = await rig.deps.formats.openInput(path)
    const [texts, others] = [new Map<string, string>(), new Map<string, Uint8Array>()]
    for (const { name } of input.entries) {
      const bytes = await input.bytes(name)
      if (/\.jsonl?$/.test(name)) texts.set(name, Buffer.from(bytes).toString())
      else others.set(name, bytes)
    }
    input.close()
    archives.push({ what, bytes: await readFile(path), texts, others })
  }
})
afterAll(() => rig.close())

const which = fc.nat(3)

/** @returns whether a task came out */
async function survives(what: 'task' | 'project', path: string): Promise<boolean> {
  const [tasks, files] = [rig.store.tasks.list(), await rig.files()]
  try {
    const made = await rig.restore(what, path)
    for (const { id } of made.tasks) rig.store.tasks.delete(id)
    await rm(join(rig.dataDir, 'media'), { recursive: true, force: true })
    await rm(join(rig.dataDir, 'guides'), { recursive: true, force: true })
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).code).not.toBe('INTERNAL')
    expect(rig.store.tasks.list()).toEqual(tasks)
    expect(rig.store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
    expect(await rig.files()).toEqual(files)
    return false
  }
  return true
}

const path = () => join(rig.dir, 'fuzz.zip')

test('archives that are cut', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(which, fc.double({ min: 0, max: 0.999, noNaN: true }), async (at, share) => {
      const { what, bytes } = archives[at] as (typeof archives)[number]
      await writeFile(path(), bytes.subarray(0, Math.floor(share * bytes.length)))
      expect(await survives(what, path())).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('archives with flipped bits', { timeout: 120_000 }, async () => {
  const flips = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(which, flips, async (at, list) => {
      const { what, bytes } = archives[at] as (typeof archives)[number]
      const broken = Buffer.from(bytes)
      for (const flip of list) {
        const place = flip.at % broken.length
        broken[place] = (broken[place] ?? 0) ^ (1 << flip.bit)
      }
      await writeFile(path(), broken)
      await survives(what, path())
    }),
    { numRuns: 60 },
  )
})

/** Values that honest files do not have there. */
const nasty = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    -1,
    0.5,
    1e308,
    2 ** 53,
    2 ** 31,
    '',
    'x',
    '../x',
    '\0',
    [],
    {},
    [[]],
    [null],
    'y'.repeat(70_000),
  ],
)

/** Changes one value somewhere in a JSON value. @param place  which, of all there are */
function changed(value: unknown, place: number, into: unknown): unknown {
  let count = -1
  const walk = (one: unknown): unknown => {
    count += 1
    if (count === place) return into
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value)
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 1)
}

test('archives that say what they should not', { timeout: 240_000 }, async () => {
  let restored = 0
  await fc.assert(
    fc.asyncProperty(which, fc.nat(), fc.nat(), nasty, async (at, entry, place, into) => {
      const { what, texts, others } = archives[at] as (typeof archives)[number]
      const names = [...texts.keys()]
      const name = names[entry % names.length] ?? ''
      const lines = name.endsWith('.jsonl')
        ? (texts.get(name) ?? '').trimEnd().split('\n')
        : [texts.get(name) ?? '']
      const line = place % lines.length
      const value: unknown = JSON.parse(lines[line] ?? 'null')
      lines[line] = JSON.stringify(changed(value, place % sizeOf(value), into))
      await rig.deps.formats.writeZip(path(), async (output) => {
        for (const [other, text] of texts)
          await output.text(other, [other === name ? `${lines.join('\n')}\n` : text])
        for (const [other, bytes] of others) await output.bytes(other, bytes, false)
      })
      if (await survives(what, path())) restored += 1
    }),
    { numRuns: 120 },
  )
  // Much of what CVAT says has no meaning here.
  expect(restored).toBeGreaterThan(0)
})
