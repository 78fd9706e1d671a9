/**
 * A function that looks at pictures elsewhere and leaves the masks to whoever asks, as CVAT's Segment Anything does: here the encoder
 * of desk-sam, behind a dashboard.
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import { connectionTo } from '../connectors/nuclio/testing/nuclio-bench.ts'
import {
  type StandInDashboard,
  send,
  standInDashboard,
} from '../connectors/nuclio/testing/stand-in-dashboard.ts'
import { type Opened, openPack } from '../models/onnx/thread/opened-pack.ts'
import { shippedDir } from '../models/packs/library-fixture.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const SAM = join(shippedDir, 'desk-sam')
const REMOTE = functionIdSchema.parse('nuclio/lab/sam')
const LOCAL = functionIdSchema.parse('onnx/desk-sam')

let dir: string
let core: Core
let dashboard: StandInDashboard
let encoder: Opened
let taskId: TaskId

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark embeddings '))
  encoder = await openEncoder()
  dashboard = await standInDashboard({
    sam: {
      annotations: {
        ...{ name: 'Segment Anything', type: 'interactor', version: '2' },
        ...{ min_pos_points: '1', min_neg_points: '0', startswith_box_optional: 'true' },
      },
      answer: ({ image }, _call, response) =>
        void embeddingOf(String(image)).then((blob) => send(response, 200, { blob })),
    },
  })
  core = await composeCore({ dataDir: join(dir, 'data') })
  await core.client.connections.save(connectionTo(dashboard.url))
  taskId = await openScenes()
})
afterEach(async () => {
  await core.close()
  await dashboard.close()
  await encoder.release()
  await rm(dir, { recursive: true, force: true })
})

async function openEncoder(): Promise<Opened> {
  const manifest = modelManifestSchema.parse(
    JSON.parse(await readFile(join(SAM, 'manifest.json'), 'utf8')),
  )
  const place = { key: 'far', id: 'far', folder: SAM, manifest, embeddings: 'far' }
  return (await openPack({ ...place, executionProvider: 'cpu', threads: 1 })).opened
}

/** What a function in Python does: base64 of a picture in, base64 of float32 out. */
async function embeddingOf(image: string): Promise<string> {
  const { data, info } = await sharp(Buffer.from(image, 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (encoder.kind !== 'interactor') throw new Error('no interactor')
  const rgb = new Uint8Array(data)
  const made = await encoder.net.embed?.({ width: info.width, height: info.height, rgb })
  const numbers = made?.image_embeddings?.data as Float32Array
  expect(numbers).toHaveLength(32 * 64 * 64)
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64')
}

/** Two grey walls with a disc and a square, the second one mirrored. */
async function openScenes(): Promise<TaskId> {
  const folder = join(dir, 'scenes')
  await mkdir(folder)
  const svg = `<svg width="320" height="200"><rect width="320" height="200" fill="#5a5a5a"/>
    <circle cx="90" cy="80" r="34" fill="#dc2828"/><rect x="200" y="100" width="70" height="70" fill="#2850dc"/></svg>`
  const first = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer()
  await sharp(first).toFile(join(folder, 'a.png'))
  await sharp(first).flop().toFile(join(folder, 'b.png'))
  const { task } = await core.client.tasks.open({ paths: [folder] })
  const frames = () => core.client.frames.list({ taskId: task.id })
  const isRead = async () => {
    const all = await frames()
    return all.length === 2 && all.every(({ status }) => status === 'ok')
  }
  await expect.poll(isRead, { timeout: 20_000 }).toBe(true)
  return task.id
}

type Prompt = Partial<Parameters<Core['client']['functions']['interact']>[0]>

async function ask(functionId: FunctionId, prompt: Prompt) {
  const { tookMs: _tookMs, ...answer } = await core.client.functions.interact({
    ...{ taskId, frame: 0, functionId, positive: [[90, 80]] },
    ...prompt,
  })
  return answer
}

/** The same of both, but for the token. @returns both tokens */
async function same(prompt: Prompt, previous: { remote: string | null; local: string | null }) {
  const remote = await ask(REMOTE, { ...prompt, previous: previous.remote })
  const local = await ask(LOCAL, { ...prompt, previous: previous.local })
  expect(remote.mask?.length).toBeGreaterThan(10)
  expect({ ...remote, token: null }).toEqual({ ...local, token: null })
  return { remote: remote.token, local: local.token }
}
const none = { remote: null, local: null }
const sam = async () => (await core.client.functions.list()).find(({ id }) => id === REMOTE)

test('far encoder and near decoder give the mask of both here, and one question a picture', async () => {
  expect((await sam())?.prompts?.preparable).toBe(false)
  const first = await same({}, none)
  expect(first.remote).not.toBeNull()
  const unrefined = await ask(REMOTE, { negative: [[120, 80]] })
  const second = await same({ negative: [[120, 80]] }, first)
  expect((await ask(REMOTE, { negative: [[120, 80]], previous: first.remote })).score).not.toBe(
    unrefined.score,
  )
  await same({ positive: [], box: [195, 95, 275, 175] }, second)
  expect(dashboard.calls).toHaveLength(1)
  await same({ frame: 1, positive: [[230, 80]] }, none)
  expect(dashboard.calls).toHaveLength(2)
  const region = { left: 180, top: 90, right: 300, bottom: 190 }
  const part = await same({ positive: [[235, 135]], region }, none)
  await same({ positive: [[235, 135]], region, negative: [[185, 95]] }, part)
  expect(dashboard.calls).toHaveLength(3)
}, 60_000)

test('once it is known for embeddings they are made ahead', async () => {
  await ask(REMOTE, {})
  expect(await sam()).toMatchObject({
    prompts: { preparable: true },
    parameters: [{ name: 'box' }, { name: 'decoder', choices: [expect.any(String), 'desk-sam'] }],
  })
  await core.client.functions.prepare({ taskId, functionId: REMOTE, frames: [1] })
  expect(dashboard.calls).toHaveLength(2)
  await same({ frame: 1, positive: [[230, 80]] }, none)
  expect(dashboard.calls).toHaveLength(2)
}, 60_000)

test('a decoder alone can be installed, goes before others, and is no function itself', async () => {
  const half = join(dir, 'half')
  await mkdir(half)
  await copyFile(join(SAM, 'desk-sam-decoder.onnx'), join(half, 'decoder.onnx'))
  const from = join(half, 'decoder.onnx')
  const { id } = await core.client.models.install({ from, id: 'far-half' })
  const state = async () => (await core.client.requests.get({ id })).state
  await expect.poll(state, { timeout: 30_000 }).toMatch(/finished|failed/)
  expect((await core.client.requests.get({ id })).error).toBeNull()

  await same({}, none)
  expect((await core.client.models.list()).find((one) => one.id === 'far-half')).toMatchObject({
    manifest: { kind: 'interactor', family: 'sam-decoder' },
    runsOn: 'cpu',
  })
  expect((await sam())?.parameters.at(-1)).toMatchObject({
    choices: [expect.any(String), 'far-half', 'desk-sam'],
  })
  await same({ parameters: { decoder: 'desk-sam' } }, none)
  await expect(ask(REMOTE, { parameters: { decoder: 'nobody' } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })

  const own = functionIdSchema.parse('onnx/far-half')
  expect((await core.client.functions.list()).find((one) => one.id === own)).toMatchObject({
    state: 'failed',
    problem: { code: 'FUNCTION_NEEDS_ENCODER' },
  })
  await expect(ask(own, {})).rejects.toThrow('far-half is the decoder of a Segment Anything alone')
}, 60_000)
