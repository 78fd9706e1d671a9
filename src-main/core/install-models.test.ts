/** Models installed through the queue: killed at any moment, cancelled, and asked for over the contract. */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { giveFile, serve } from '../models/packs/download/testing.ts'
import { shippedDir } from '../models/packs/library-fixture.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const CHILD = fileURLToPath(new URL('install-crash-child.ts', import.meta.url))
const DETECTOR = join(shippedDir, 'desk-detect', 'desk-detect.onnx')

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fieldmark models '))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

async function open(dataDir: string): Promise<Core> {
  const core = await composeCore({ dataDir })
  onTestFinished(() => core.close())
  return core
}

async function settled({ client }: Core) {
  const latest = async () => (await client.requests.list({ limit: 1 }))[0]
  const state = async () => (await latest())?.state ?? ''
  await expect.poll(state, { timeout: 60_000 }).toMatch(/finished|failed|cancelled/)
  return latest()
}

/** Kills the child as soon as it says this. */
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

const packs = async (dataDir: string) =>
  (await readdir(join(dataDir, 'models')).catch(() => [])).filter(
    (name) => !/^\.|\.json$/.test(name),
  )

test.each([
  ['in the middle of the download', / [1-9][\d.]* [kM]B of 2\.7 MB/, 'stops'],
  ['while it is loaded', /Loading it once/, 'goes on'],
])(
  'killed %s, it is not half there, and is gone on with at the next start',
  async (_name, at, first) => {
    const dataDir = await folder()
    const bytes = await readFile(DETECTOR)
    const server = await serve((request, response, nth) => {
      if (nth > 1 || first === 'goes on') return giveFile(request, response, bytes)
      response.writeHead(200, { etag: '"one"', 'content-length': bytes.length })
      response.write(bytes.subarray(0, 1_000_000))
    })
    expect(await killed([dataDir, `${server.url}/net.onnx`], at)).toBe(true)
    expect(await packs(dataDir)).toEqual([])
    const core = await open(dataDir)
    expect(await settled(core)).toMatchObject({
      state: 'finished',
      error: null,
      result: { id: 'mine', problem: null },
    })
    expect(await packs(dataDir)).toEqual(['mine'])
    expect(server.asked.at(-1)).toMatch(/^bytes=\d+-$/)
  },
)

test('one that is replaced is the old one or the new one, whenever it is killed', async () => {
  const dataDir = await folder()
  const bytes = await readFile(DETECTOR)
  const server = await serve((request, response) => giveFile(request, response, bytes))
  await cp(join(shippedDir, 'desk-detect'), join(dataDir, 'models', 'mine'), { recursive: true })
  await killed([dataDir, `${server.url}/net.onnx`], /Loading it once/)
  expect(await packs(dataDir)).toEqual(['mine'])
})

test('a model is a function as soon as its request has finished, and none when it is removed', async () => {
  const core = await open(await folder())
  const { client } = core
  const started = await client.models.install({ from: DETECTOR, id: 'mine', name: 'Mine' })
  expect(started).toMatchObject({ kind: 'install-model', title: 'Install Mine' })
  expect(await settled(core)).toMatchObject({ state: 'finished', progress: 1 })
  const ids = async () => (await client.functions.list()).map(({ id }) => id)
  expect(await ids()).toContain('onnx/mine')
  await client.models.remove({ id: 'mine' })
  expect(await ids()).not.toContain('onnx/mine')
})

test('a model that a browser dropped does not stay here twice', async () => {
  const core = await open(await folder())
  const upload = await core.newUploadDir()
  await cp(DETECTOR, join(upload, 'dropped.onnx'))
  await core.client.models.install({ from: join(upload, 'dropped.onnx'), id: 'mine' })
  expect(await settled(core)).toMatchObject({ state: 'finished' })
  await expect(readdir(upload)).rejects.toThrow('ENOENT')
  expect((await core.client.models.list()).map(({ id }) => id)).toContain('mine')
})

test('measured through the queue', async () => {
  const core = await open(await folder())
  await core.client.models.bench({ id: 'desk-reid' })
  const request = await settled(core)
  expect(request).toMatchObject({ state: 'finished', result: { id: 'desk-reid' } })
  await expect(core.client.models.bench({ id: 'nobody' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('a refusal is the one of the model, with what to do', async () => {
  const core = await open(await folder())
  await core.client.models.install({ from: join(shippedDir, 'README.md') })
  expect(await settled(core)).toMatchObject({
    state: 'failed',
    error: { code: 'MODEL_UNREADABLE', remedy: expect.any(String) },
  })
})

test('what can be run, what is known, what it runs on', async () => {
  const { client } = await open(await folder())
  expect((await client.models.families()).map(({ id }) => id)).toContain('yolov8')
  expect((await client.models.catalogue()).length).toBeGreaterThan(50)
  const { memoryLimit } = await client.models.setMemoryLimit({ bytes: 3 * 2 ** 30 })
  expect(await client.models.devices()).toMatchObject({ memoryLimit, memoryUsed: 0 })
  expect(await client.models.inspect({ path: DETECTOR })).toMatchObject({ missing: [] })
})
