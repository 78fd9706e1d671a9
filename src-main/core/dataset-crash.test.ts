/** Imports and exports that are killed at any moment, or cancelled: all of it or nothing, in the store and on the disk. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestId } from '#shared/domain/ids.ts'
import { zipOf } from '../media/testing/archives.ts'
import { picture } from '../media/testing/pictures.ts'
import { composeCore } from './compose.ts'
import { box, datasetCore, image, namesIn } from './compose-fixture.ts'
import type { Core } from './core.ts'

const CHILD = fileURLToPath(new URL('dataset-crash-child.ts', import.meta.url))
const PICTURES = 400

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark crash '))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function finished({ client }: Core, id: RequestId | undefined): Promise<void> {
  if (id === undefined) throw new Error('there is no request')
  const state = async () => (await client.requests.get({ id })).state
  await expect.poll(state, { timeout: 60_000 }).toMatch(/finished|failed|cancelled/)
  expect(await client.requests.get({ id })).toMatchObject({ error: null, state: 'finished' })
}

const files = (folder: string): Promise<string[]> => readdir(join(dir, folder)).catch(() => [])

async function bigSet(): Promise<string> {
  const png = await picture('png')
  const names = Array.from({ length: PICTURES }, (_, at) => `${String(at).padStart(4, '0')}.png`)
  const xml = names.map((name, at) =>
    image(name, box('car', 1).repeat(20), `subset="${at % 2 ? 'train' : 'val'}"`),
  )
  const annotations = Buffer.from(`<annotations>${xml.join('')}</annotations>`)
  const pictures = names.map((name, at) => ({
    name: `images/${at % 2 ? 'train' : 'val'}/${name}`,
    data: png,
  }))
  const path = join(dir, 'set.zip')
  await writeFile(path, zipOf({ name: 'annotations.xml', data: annotations }, ...pictures))
  return path
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

test.each([
  ['while pictures are looked at', /pictures looked at/],
  ['while annotations are first read', /annotations/],
  ['while pictures are taken out', /pictures copied/],
])(
  'an import killed %s begins anew at the next start, and is there once',
  async (_when, at) => {
    const path = await bigSet()
    expect(await killed(['import', join(dir, 'data'), path], at)).toBe(true)
    const core = await composeCore({ dataDir: join(dir, 'data') })
    try {
      const [request] = await core.client.requests.list({})
      const state = async () => (await core.client.requests.get({ id: request?.id as never })).state
      await expect.poll(state, { timeout: 60_000 }).toBe('finished')
      expect(await core.client.projects.list()).toMatchObject([{ name: 'crashed', taskCount: 2 }])
      const tasks = await core.client.tasks.list({})
      expect(tasks.map(({ size, objectCount }) => [size, objectCount])).toEqual([
        [PICTURES / 2, PICTURES * 10],
        [PICTURES / 2, PICTURES * 10],
      ])
      expect((await files('data/media')).sort()).toEqual(tasks.map(({ id }) => String(id)).sort())
    } finally {
      await core.close()
    }
  },
  120_000,
)

test('an import that is cancelled leaves nothing', async () => {
  const path = await bigSet()
  const set = await datasetCore()
  try {
    const { requestId: id } = await set.core.client.datasets.importProject({ path })
    const message = async () => (await set.core.client.requests.get({ id })).message
    await expect.poll(message, { timeout: 30_000, interval: 5 }).toMatch(/pictures/)
    await set.core.client.requests.cancel({ id })
    expect((await set.settled(id)).state).toBe('cancelled')
    expect(await set.core.client.projects.list()).toEqual([])
    expect(await set.core.client.tasks.list({})).toEqual([])
    expect(await readdir(join(set.dir, 'data', 'media')).catch(() => [])).toEqual([])
  } finally {
    await set.close()
  }
}, 60_000)

test('an export that is killed leaves no half file, and is whole after the next start', async () => {
  const path = await bigSet()
  const dataDir = join(dir, 'data')
  const out = join(dir, 'out', 'set.zip')
  let core = await composeCore({ dataDir })
  const { requestId: id } = await core.client.datasets.importProject({ path })
  await finished(core, id)
  const [project] = await core.client.projects.list()
  await core.close()
  const args = ['export', dataDir, out, String(project?.id)]
  expect(await killed(args, /\d+ of \d+ pictures/)).toBe(true)
  expect(await files('out')).not.toContain('set.zip')
  core = await composeCore({ dataDir })
  try {
    const [request] = await core.client.requests.list({ limit: 1 })
    await finished(core, request?.id)
    expect(await files('out')).toEqual(['set.zip'])
    expect(await namesIn(out)).toHaveLength(PICTURES + 1)
  } finally {
    await core.close()
  }
}, 120_000)
