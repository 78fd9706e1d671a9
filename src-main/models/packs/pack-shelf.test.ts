import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { parseSkeletonSvg } from '#shared/domain/skeleton-svg.ts'
import { createPackShelf } from './pack-shelf.ts'
import { createSettingsFile } from './settings-file.ts'

const shippedDir = fileURLToPath(new URL('../../../models', import.meta.url))
const detector = join(shippedDir, 'desk-detect')

let installedDir: string
beforeEach(async () => {
  installedDir = await mkdtemp(join(tmpdir(), 'fieldmark-packs-'))
  onTestFinished(() => rm(installedDir, { recursive: true, force: true }))
})

const settings = () => createSettingsFile(join(installedDir, 'settings.json'))
const shelf = (shipped = shippedDir) =>
  createPackShelf({ shippedDir: shipped, installedDir }, settings())

async function install(id: string, change: (manifest: Record<string, unknown>) => void = () => {}) {
  const folder = join(installedDir, id)
  await cp(detector, folder, { recursive: true })
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  manifest.id = id
  change(manifest)
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return folder
}

test('what ships is whole: each manifest, each hash, each size, each card', async () => {
  const packs = await shelf().list()
  expect(packs.map(({ id }) => id).sort()).toEqual([
    'desk-detect',
    'desk-pose',
    'desk-reid',
    'desk-sam',
    'desk-segment',
    'desk-track',
  ])
  for (const { folder, manifest, card, problem, sizeBytes } of packs) {
    expect(problem).toBeNull()
    expect(card).toContain('**Measured**')
    expect(sizeBytes).toBeGreaterThan(1_000_000)
    for (const { path, sha256 } of Object.values(manifest.files)) {
      const bytes = await readFile(join(folder, path))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    }
  }
})

test("the arrow's drawing has the joints of its label, in their order", async () => {
  const pose = await shelf().get('desk-pose')
  const [label] = pose?.manifest.labels ?? []
  const drawn = parseSkeletonSvg(label?.svg ?? '')
  expect(drawn.nodes.map(({ name }) => name)).toEqual(label?.sublabels.map(({ name }) => name))
  expect(drawn.edges).toHaveLength(3)
})

test('an installed pack is listed beside those that ship', async () => {
  await install('mine')
  const pack = await shelf().get('mine')
  expect(pack).toMatchObject({
    origin: 'installed',
    problem: null,
    folder: join(installedDir, 'mine'),
  })
})

test('one of the same id as one that ships stands before it', async () => {
  await install('desk-detect', (manifest) => {
    manifest.name = 'My own'
  })
  expect(await shelf().get('desk-detect')).toMatchObject({
    origin: 'installed',
    manifest: { name: 'My own' },
  })
})

test('folders that begin with a dot are no packs', async () => {
  await install('.staging')
  expect(await shelf(installedDir).list()).toEqual([])
})

test('a missing folder is an empty shelf', async () => {
  const nowhere = { shippedDir: join(installedDir, 'a'), installedDir: join(installedDir, 'b') }
  expect(await createPackShelf(nowhere, settings()).list()).toEqual([])
})

test.each([
  [
    'no manifest',
    (folder: string) => rm(join(folder, 'manifest.json')),
    'MODEL_MANIFEST_INVALID',
    'is not there',
  ],
  [
    'a manifest that is cut off',
    (folder: string) => truncate(join(folder, 'manifest.json'), 100),
    'MODEL_MANIFEST_INVALID',
    'is not JSON',
  ],
  [
    'no weights',
    (folder: string) => rm(join(folder, 'desk-detect.onnx')),
    'MODEL_UNREADABLE',
    'it is not there',
  ],
  [
    'weights that are cut off',
    (folder: string) => truncate(join(folder, 'desk-detect.onnx'), 1000),
    'MODEL_UNREADABLE',
    'it has 1000 bytes, and 2668036 were expected',
  ],
  [
    'a folder in place of the weights',
    async (folder: string) => {
      await rm(join(folder, 'desk-detect.onnx'))
      await mkdir(join(folder, 'desk-detect.onnx'))
    },
    'MODEL_UNREADABLE',
    'it is not a file',
  ],
])('a damaged pack says so and harms no other: %s', async (_name, harm, code, said) => {
  await install('good')
  await harm(await install('hurt'))
  const shelved = shelf()
  expect((await shelved.get('hurt'))?.problem).toMatchObject({
    code,
    message: expect.stringContaining(said),
  })
  expect((await shelved.get('good'))?.problem).toBeNull()
})

test('a manifest of another id than its folder is refused', async () => {
  await install('mine', (manifest) => {
    manifest.id = 'other'
  })
  expect((await shelf().get('mine'))?.problem?.message).toContain('id is not mine, its folder')
})

test('what changes is noticed by the same shelf', async () => {
  const folder = await install('mine')
  const shelved = shelf()
  const before = await shelved.get('mine')
  expect(await shelved.get('mine')).toMatchObject({ stamp: before?.stamp, problem: null })
  await rm(join(folder, 'desk-detect.onnx'))
  expect((await shelved.get('mine'))?.problem).not.toBeNull()
  await install('mine')
  const after = await shelved.get('mine')
  expect(after?.problem).toBeNull()
  expect(after?.stamp).not.toBe(before?.stamp)
})

test('the device a person chose is kept, and a damaged file of choices is none', async () => {
  const file = settings()
  await file.change((now) => ({ ...now, executionProviders: { 'desk-detect': 'cuda' } }))
  expect(await shelf().get('desk-detect')).toMatchObject({ executionProvider: 'cuda' })
  await writeFile(join(installedDir, 'settings.json'), '{"executionPro')
  expect(await shelf().get('desk-detect')).toMatchObject({ executionProvider: null })
})
