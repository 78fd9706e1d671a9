/** Backups, restores and snapshots that are killed in the middle, and a library that is killed while it changes places. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rectangle } from '#main/store/fixture.ts'
import { requestIdSchema } from '#shared/domain/ids.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { composeCore } from './compose.ts'
import { createRig, picture, writeFiles } from './compose-backup-fixture.ts'
import { markReady, newLibraryDir, settleRestore } from './library/swap.ts'

const CHILD = fileURLToPath(new URL('backup-crash-child.ts', import.meta.url))
const PICTURES = 600
const BOXES = 20_000

let dir: string
let dataDir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark backup crash '))
  dataDir = join(dir, 'data')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** A data directory with a task of many pictures and boxes, and the backup of that task. */
async function bigTask(): Promise<string> {
  const rig = createRig()
  const { store } = rig
  const names = Array.from({ length: PICTURES }, (_, at) => `${String(at).padStart(4, '0')}.png`)
  const noise = Uint8Array.from({ length: 60_000 }, (_, at) => Math.imul(at, at * 31) >>> 9)
  const bytes = Buffer.concat([picture(7), noise])
  await writeFiles(join(dir, 'media'), Object.fromEntries(names.map((name) => [name, bytes])))
  const labels = parseRawLabels([{ name: 'car' }])
  const { id } = store.tasks.create({
    ...{
      name: 'big',
      projectId: null,
      labels,
      subset: '',
      bugTracker: '',
      segmentSize: 0,
      overlap: 0,
    },
    ...{ frameStep: 1, startFrame: 0, stopFrame: null, sortingMethod: 'natural' },
    mediaPaths: [join(dir, 'media')],
  })
  await rig.run('scan', { taskId: id, stopFrame: null, copyData: true })
  const labelId = store.labels.ofTask(id)[0]?.id
  if (!labelId) throw new Error('no label')
  const batch = store.annotations.beginBatch(id, requestIdSchema.parse(1))
  const box = rectangle({ labelId })
  for (let at = 0; at < BOXES; at += 1) batch.add([{ ...box, frame: at % PICTURES }])
  batch.settle()
  const path = join(dir, 'big.zip')
  await rig.backUp({ what: 'task', taskId: id, path })
  rig.store.close()
  renameSync(rig.dataDir, dataDir)
  await rm(rig.dir, { recursive: true, force: true })
  return path
}

/** Kills the child as soon as it says this. @returns whether it did */
function killed(args: readonly string[], at: RegExp): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    let hit = false
    child.stdout.on('data', (data: Buffer) => {
      said += data
      if (hit || !at.test(said)) return
      hit = true
      child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(hit))
  })
}

/** The next start, until the request that was killed has come to its end. */
async function nextStart(look: (core: Awaited<ReturnType<typeof composeCore>>) => Promise<void>) {
  const core = await composeCore({ dataDir })
  try {
    const kinds = ['restore', 'backup']
    const killedOne = (await core.client.requests.list({})).find(({ kind }) => kinds.includes(kind))
    if (!killedOne) throw new Error('nothing was killed')
    const state = async () => (await core.client.requests.get({ id: killedOne.id })).state
    await expect.poll(state, { timeout: 60_000 }).toMatch(/finished|failed/)
    expect((await core.client.requests.get({ id: killedOne.id })).error).toBe(null)
    await look(core)
  } finally {
    await core.close()
  }
}

test.each([
  ['while media are taken out', /MiB of media/],
  ['while annotations are read', /\d annotations/],
])(
  'a restore killed %s is there whole and once after the next start',
  async (_when, at) => {
    const path = await bigTask()
    await rm(dataDir, { recursive: true })
    expect(await killed(['restore', dataDir, path], at)).toBe(true)
    await nextStart(async ({ client }) => {
      const tasks = await client.tasks.list({})
      expect(tasks).toMatchObject([{ name: 'big', size: PICTURES, objectCount: BOXES }])
      expect(await readdir(join(dataDir, 'media'))).toEqual([String(tasks[0]?.id)])
    })
  },
  120_000,
)

test.each([
  ['backup', /frames/],
  ['snapshot', /files/],
])(
  'a %s that is killed leaves no half file, and is whole after the next start',
  async (what, at) => {
    await bigTask()
    const out = join(dir, 'out', 'it.zip')
    expect(await killed([what, dataDir, out], at)).toBe(true)
    expect(existsSync(out)).toBe(false)
    await nextStart(async () => {
      expect(await readdir(join(dir, 'out'))).toEqual(['it.zip'])
      expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK')
    })
  },
  120_000,
)

const OLD = ['fieldmark.db', 'fieldmark.db-wal', 'media', 'guides']
const NEW = ['fieldmark.db', 'media', 'uploads']

/** A data directory in which a restored library lies ready beside an old one. @returns where the old one goes */
function readyToSwap(): string {
  for (const name of OLD) put(join(dataDir, name), `old ${name}`)
  for (const name of NEW) put(join(newLibraryDir(dataDir), name), `new ${name}`)
  put(join(dataDir, 'cache'), 'of the old one')
  return markReady(dataDir) ?? ''
}

function put(path: string, text: string): void {
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'x'), text)
}

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'x')))
      .map((name) => [name, readFileSync(join(folder, name, 'x'), 'utf8')]),
  )

const swapped = () => Object.fromEntries(NEW.map((name) => [name, `new ${name}`]))
const asideAs = () => Object.fromEntries(OLD.map((name) => [name, `old ${name}`]))

test('a library that is killed anywhere between two renames has changed places after the next start', () => {
  for (let renames = 0; renames <= OLD.length + NEW.length; renames += 1) {
    const aside = readyToSwap()
    // What a process does before it is killed.
    const steps = [
      ...OLD.map((name) => [join(dataDir, name), join(aside, name)] as const),
      ...NEW.map((name) => [join(newLibraryDir(dataDir), name), join(dataDir, name)] as const),
    ]
    if (renames > 0) mkdirSync(aside)
    for (const [from, to] of steps.slice(0, renames)) renameSync(from, to)
    settleRestore(dataDir)
    expect(contents(dataDir)).toEqual(swapped())
    expect(contents(aside)).toEqual(asideAs())
    expect(readdirSync(dataDir)).not.toContain('.restoring')
    renameSync(dataDir, join(dir, `gone ${renames}`))
  }
})

test('one that was killed before it was whole is as it was', () => {
  for (const name of OLD) put(join(dataDir, name), `old ${name}`)
  put(join(newLibraryDir(dataDir), 'fieldmark.db'), 'half')
  settleRestore(dataDir)
  expect(contents(dataDir)).toEqual(asideAs())
})
