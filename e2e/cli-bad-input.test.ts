import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { acquireDataDir } from '#main/store/data-dir-lock.ts'
import { fieldmark, fieldmarkJson, SAMPLE, scratch } from './harness/cli.ts'
import { type Coco, readTruth, truth } from './harness/coco.ts'

// Real processes on a machine that may be busy: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/**
 * Bad input is refused whole: a code, a sentence, a remedy, exit 1, and a store that is as it was. One data directory for
 * all of them, with one good task in it, whose state is compared after each.
 */
const images = join(SAMPLE, 'images')
const labels = join(SAMPLE, 'labels.json')
const place = scratch()
let before: string

beforeAll(async () => {
  const create = ['task', 'create', 'good', images, '--labels', labels]
  const annotations = ['--annotation-path', truth, '--annotation-format', 'COCO 1.0']
  await fieldmarkJson(place.data, ...create, ...annotations)
  before = await storeState()
}, 120_000)
afterAll(() => place.remove())

/** Every task and every label, and every annotation through an export. */
async function storeState(): Promise<string> {
  const tasks = await fieldmarkJson<unknown[]>(place.data, 'task', 'ls')
  const projects = await fieldmarkJson<unknown[]>(place.data, 'project', 'ls')
  return JSON.stringify([tasks, projects])
}

async function expectRefused(code: string, ...args: string[]): Promise<void> {
  const answer = await fieldmark(place.data, '--json', ...args)
  expect(JSON.parse(answer.out)).toEqual({
    error: { code, message: expect.any(String), remedy: expect.stringMatching(/\w{3,}.*\./s) },
  })
  expect(answer.code).toBe(1)
  expect(await storeState()).toBe(before)
}

const path = (name: string) => join(place.dir, name)
const create = (...media: string[]) => ['task', 'create', 'bad', ...media, '--labels', '[]']

describe('media', () => {
  test('a folder that is empty', async () => {
    await mkdir(path('empty'))
    await expectRefused('MEDIA_NONE', ...create(path('empty')))
  })

  test('a folder without images', async () => {
    await mkdir(path('texts'))
    await writeFile(path('texts/notes.txt'), 'no picture')
    await expectRefused('MEDIA_NONE', ...create(path('texts')))
  })

  test('a folder that is not there', async () => {
    await expectRefused('MEDIA_NOT_FOUND', ...create(path('gone')))
  })

  test('a zip whose entry climbs out', async () => {
    const zip = new JSZip()
    zip.file('../evil.jpg', await readFile(join(images, 'desk_0001.jpg')))
    await writeFile(path('climb.zip'), await zip.generateAsync({ type: 'nodebuffer' }))
    await expectRefused('ARCHIVE_UNSAFE', ...create(path('climb.zip')))
  })

  test('a zip bomb', async () => {
    const zip = new JSZip()
    zip.file('zeros.png', new Uint8Array(140 * 1024 ** 2))
    const packed = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
    await writeFile(path('bomb.zip'), packed)
    await expectRefused('ARCHIVE_UNSAFE', ...create(path('bomb.zip')))
  })

  test('a zip that is cut short', async () => {
    const zip = new JSZip()
    zip.file('a.jpg', await readFile(join(images, 'desk_0001.jpg')))
    const whole = await zip.generateAsync({ type: 'nodebuffer' })
    await writeFile(path('cut.zip'), whole.subarray(0, whole.length / 2))
    await expectRefused('ARCHIVE_UNREADABLE', ...create(path('cut.zip')))
  })

  test('broken pictures among good ones are named, and the task is whole', async () => {
    const own = scratch()
    try {
      const folder = join(own.dir, 'mixed')
      await mkdir(folder)
      await copyFile(join(images, 'desk_0001.jpg'), join(folder, 'good.jpg'))
      await copyFile(join(images, 'desk_0002.jpg'), join(folder, 'cut.jpg'))
      await truncate(join(folder, 'cut.jpg'), 20_000)
      await writeFile(join(folder, 'zero.jpg'), '')
      const args = ['--json', 'task', 'create', 'mixed', folder, '--labels', '[]']
      const created = await fieldmark(own.data, ...args, '--sorting-method', 'lexicographical')
      expect(created.code).toBe(0)
      const task = JSON.parse(created.out) as { size: number; problems: { name: string }[] }
      expect(task.size).toBe(3)
      expect(task.problems.map((one) => one.name)).toContain('zero.jpg')
      expect(created.err).toContain('zero.jpg')
      // A cut that spared the header shows when the picture itself is read; the others are saved all the same.
      const save = [
        '--json',
        'task',
        'frames',
        '1',
        '0',
        '1',
        '2',
        '--outdir',
        join(own.dir, 'out'),
      ]
      const saved = await fieldmark(own.data, ...save, '--quality', 'compressed')
      expect(saved.code).toBe(1)
      expect(JSON.parse(saved.out)).toMatchObject({
        files: [expect.stringContaining('task_1_frame_000001.jpg')],
        failed: [{ frame: 0 }, { frame: 2 }],
      })
      expect(saved.err).toContain('cut.jpg')
    } finally {
      own.remove()
    }
  })
})

describe('labels', () => {
  test.each([
    ['two of one name', '[{"name":"cat"},{"name":"cat"}]'],
    ['an unknown key', '[{"name":"cat","colour":"#ff0000"}]'],
    ['an unknown input type', '[{"name":"c","attributes":[{"name":"a","input_type":"slider"}]}]'],
    ['cut in half', '[{"name":"ca'],
    ['no list', '{"name":"cat"}'],
    ['no name', '[{"color":"#ff0000"}]'],
  ])('%s', async (_name, json) => {
    await expectRefused('LABELS_INVALID', 'task', 'create', 'bad', images, '--labels', json)
  })
})

describe('annotations', () => {
  async function importFile(name: string, text: string, format: string): Promise<string[]> {
    await writeFile(path(name), text)
    return ['task', 'import-dataset', '1', path(name), '--format', format]
  }
  const coco = async (name: string, change: (good: Coco, text: string) => unknown) => {
    const text = await readFile(truth, 'utf8')
    const bad = change(await readTruth(), text)
    return importFile(name, typeof bad === 'string' ? bad : JSON.stringify(bad), 'COCO 1.0')
  }

  test.each<[string, string, (good: Coco, text: string) => unknown]>([
    ['COCO cut in half', 'half.json', (_good, text) => text.slice(0, text.length / 2)],
    ['COCO with NaN', 'nan.json', (_good, text) => text.replace(/"bbox":\[[\d.]+/, '"bbox":[NaN')],
    [
      'COCO with a category that is not there',
      'category.json',
      (good) => ({ ...good, annotations: [{ ...good.annotations[0], category_id: 77 }] }),
    ],
    [
      'COCO with an image id that is not there',
      'image.json',
      (good) => ({ ...good, annotations: [{ ...good.annotations[0], image_id: 7777 }] }),
    ],
    [
      'COCO with an odd number of coordinates',
      'odd.json',
      (good) => ({
        ...good,
        annotations: [{ ...good.annotations[0], segmentation: [[1, 2, 3, 4, 5, 6, 7]] }],
      }),
    ],
  ])('%s', async (_name, file, change) => {
    await expectRefused('DATASET_INVALID', ...(await coco(file, change)))
  })

  test('COCO whose images are all unknown here', async () => {
    const args = await coco('strangers.json', (good) => ({
      ...good,
      images: good.images.map((one) => ({ ...one, file_name: `stranger_${one.id}.jpg` })),
    }))
    await expectRefused('DATASET_MATCHES_NOTHING', ...args)
  })

  test('XML with an external entity', async () => {
    const xml = `<?xml version="1.0"?>
<!DOCTYPE annotations [<!ENTITY leak SYSTEM "file:///etc/passwd">]>
<annotations><version>1.1</version><image id="0" name="&leak;"/></annotations>`
    const args = await importFile('leak.xml', xml, 'CVAT 1.1')
    await expectRefused('DATASET_INVALID', ...args)
  })

  test('a format that does not exist', async () => {
    const args = await importFile('any.json', '{}', 'KOKO 1.0')
    await expectRefused('FORMAT_UNKNOWN', ...args)
  })

  test('a task made with annotations that are refused is taken away again', async () => {
    await writeFile(path('broken.json'), '{"images": [')
    const annotations = [
      '--annotation-path',
      path('broken.json'),
      '--annotation-format',
      'COCO 1.0',
    ]
    await expectRefused(
      'DATASET_INVALID',
      ...['task', 'create', 'bad', images, '--labels', labels, ...annotations],
    )
  })
})

describe('the data directory', () => {
  test('a file in its place', async () => {
    await writeFile(path('not-a-folder'), '')
    const { code, out } = await fieldmark(path('not-a-folder'), '--json', 'task', 'ls')
    expect(code).toBe(1)
    expect(JSON.parse(out).error.code).toBe('DATA_DIR_READ_ONLY')
  })

  test('a database of a newer version is not touched', async () => {
    const own = scratch()
    try {
      await fieldmarkJson(own.data, 'task', 'ls')
      const file = join(own.data, 'fieldmark.db')
      const Database = createRequire(import.meta.url)('better-sqlite3')
      const db = new Database(file)
      db.pragma('user_version = 9999')
      db.close()
      const bytes = await readFile(file)
      const { code, out } = await fieldmark(own.data, '--json', 'task', 'ls')
      expect(code).toBe(1)
      expect(JSON.parse(out).error).toMatchObject({ code: 'DATABASE_FROM_FUTURE' })
      expect((await readFile(file)).equals(bytes)).toBe(true)
    } finally {
      own.remove()
    }
  })

  test('one that another process holds, without an address to attach to', async () => {
    const own = scratch()
    const lock = acquireDataDir(own.data, { what: 'a test' })
    try {
      const { code, out } = await fieldmark(own.data, '--json', 'task', 'ls')
      expect(code).toBe(1)
      expect(JSON.parse(out).error).toMatchObject({
        code: 'DATA_DIR_BUSY',
        message: expect.stringContaining('a test'),
      })
    } finally {
      lock.release()
      own.remove()
    }
  })
})
