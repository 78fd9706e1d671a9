import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMediaScanner } from '../index.ts'
import { folderOf, going, put } from '../testing/folder.ts'
import { walkFolder } from './walk-folder.ts'

const scanner = createMediaScanner()

async function namesIn(...paths: string[]): Promise<string[]> {
  const { frames } = await scanner.scan(paths, { signal: going })
  return frames.map((frame) => frame.name)
}

test('a folder: pictures by extension in any case, all the way down, other files counted', async () => {
  const root = folderOf({
    'b.JPG': '',
    'a.jpeg': '',
    'sub/deep/c.Png': '',
    'sub/d.webp': '',
    'e.tif': '',
    'f.bmp': '',
    'g.avif': '',
    'h.gif': '',
    'notes.txt': '',
    jpg: '',
  })
  const scan = await scanner.scan([root], { signal: going })
  expect(scan.frames.map((frame) => frame.name)).toEqual([
    'a.jpeg',
    'b.JPG',
    'e.tif',
    'f.bmp',
    'g.avif',
    'h.gif',
    'sub/d.webp',
    'sub/deep/c.Png',
  ])
  expect(scan.otherFiles).toBe(2)
  expect(scan.sources).toEqual([{ kind: 'folder', path: root }])
})

test('hidden files, hidden folders and context images are left out', async () => {
  const root = folderOf({
    'a.jpg': '',
    '.b.jpg': '',
    '.git/c.jpg': '',
    'related_images/a_jpg/d.jpg': '',
    '__MACOSX/e.jpg': '',
  })
  expect(await namesIn(root)).toEqual(['a.jpg'])
})

test('names with spaces, Chinese and emoji are kept', async () => {
  const names = ['a b.jpg', '照片/图 1.jpg', '🚗/🚙.png']
  const root = folderOf(Object.fromEntries(names.map((name) => [name, ''])))
  expect(await namesIn(root)).toEqual(names)
})

test('a path of more than 300 characters', async () => {
  const deep = Array.from({ length: 4 }, (_, at) => `${at}`.repeat(90)).join('/')
  expect(await namesIn(folderOf({ [`${deep}/a.jpg`]: '' }))).toEqual([`${deep}/a.jpg`])
})

test('symbolic links are followed, a loop ends, nothing is listed twice', async () => {
  const outside = folderOf({ 'far.jpg': '' })
  const root = folderOf({ 'a.jpg': '', 'sub/b.jpg': '' })
  symlinkSync(root, join(root, 'sub/loop'))
  symlinkSync(join(root, 'sub'), join(root, 'again'))
  symlinkSync(outside, join(root, 'linked'))
  symlinkSync(join(outside, 'far.jpg'), join(root, 'link.jpg'))
  symlinkSync(join(root, 'nowhere'), join(root, 'broken.jpg'))
  expect((await namesIn(root)).sort()).toEqual(['a.jpg', 'link.jpg', 'linked/far.jpg', 'sub/b.jpg'])
})

test('a link called as a picture that leads nowhere is named', async () => {
  const root = folderOf({ 'a.jpg': '' })
  symlinkSync(join(root, 'nowhere'), join(root, 'broken.jpg'))
  symlinkSync(join(root, 'nowhere'), join(root, 'notes.txt'))
  const scan = await scanner.scan([root], { signal: going })
  expect(scan).toMatchObject({ unreadableFolders: ['broken.jpg'], otherFiles: 1 })
})

test('a subfolder that may not be read is skipped and named', async () => {
  const root = folderOf({ 'a.jpg': '', 'locked/b.jpg': '', 'open/c.jpg': '' })
  const readFolder = async (path: string) => {
    if (path.endsWith('locked')) throw Object.assign(new Error('no'), { code: 'EACCES' })
    return readdirSync(path, { withFileTypes: true })
  }
  const listing = await walkFolder(root, { signal: going, readFolder })
  expect(listing.entries).toEqual(['a.jpg', 'open/c.jpg'])
  expect(listing.unreadable).toEqual(['locked'])
})

test('several sources: folders prefix their names, single files have none, all names differ', async () => {
  const root = folderOf({
    'day/a.jpg': '',
    'other/day/a.jpg': '',
    'x/one.jpg': '',
    'y/one.jpg': '',
  })
  const paths = ['day', 'other/day', 'x/one.jpg', 'y/one.jpg'].map((path) => join(root, path))
  expect(await namesIn(...paths)).toEqual(['day/a.jpg', 'day_2/a.jpg', 'one.jpg', 'one_2.jpg'])
})

test('files named one by one are one source a folder, in the order given', async () => {
  const root = folderOf({ 'a.jpg': 'four', 'b.jpg': '', 'x/c.jpg': '' })
  const paths = ['b.jpg', 'x/c.jpg', 'a.jpg'].map((path) => join(root, path))
  const scan = await scanner.scan(paths, { signal: going })
  expect(scan.sources.map(({ path }) => path)).toEqual([root, join(root, 'x')])
  expect(
    scan.frames.map(({ name, sourceIndex, sizeBytes }) => [name, sourceIndex, sizeBytes]),
  ).toEqual([
    ['b.jpg', 0, 0],
    ['c.jpg', 1, 0],
    ['a.jpg', 0, 4],
  ])
})

test('the same path twice is one source', async () => {
  const root = folderOf({ 'a.jpg': '' })
  expect(await namesIn(root, `${root}/`)).toEqual(['a.jpg'])
})

test.each([
  ['photos/**/*.jpg', ['a.jpg', 'cam1/b.jpg', 'cam1/x/c.jpg', 'cam2/d.jpg']],
  ['photos/*.jpg', ['a.jpg']],
  ['photos/cam[12]/*', ['cam1/b.jpg', 'cam2/d.jpg', 'cam2/e.png']],
  ['photos/cam[!1]/?.jpg', ['cam2/d.jpg']],
  ['photos/{cam2,none}/**', ['cam2/d.jpg', 'cam2/e.png']],
])('the glob %s', async (glob, expected) => {
  const root = folderOf({
    'photos/a.jpg': '',
    'photos/cam1/b.jpg': '',
    'photos/cam1/x/c.jpg': '',
    'photos/cam2/d.jpg': '',
    'photos/cam2/e.png': '',
  })
  expect(await namesIn(join(root, glob))).toEqual(expected)
})

test('a folder whose name looks like a glob is taken as it is', async () => {
  const root = folderOf({ 'set[1]/a.jpg': '' })
  expect(await namesIn(join(root, 'set[1]'))).toEqual(['a.jpg'])
})

test('the first picture is told while the scan runs, then the count', async () => {
  const root = folderOf({ 'a.jpg': '', 'b.jpg': '' })
  const told: [string, number][] = []
  await scanner.scan([root], {
    signal: going,
    onFound: (first, found) => told.push([first.name, found]),
  })
  expect(told).toEqual([['a.jpg', 2]])
})

test.each([
  ['an empty folder', {}, 'MEDIA_NONE', 'is empty'],
  ['a folder without pictures', { 'a.txt': '', 'b.pdf': '' }, 'MEDIA_NONE', 'holds 2 files'],
])('%s is refused', async (_name, files, code, message) => {
  const scan = scanner.scan([folderOf(files)], { signal: going })
  await expect(scan).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
})

test.each(['nowhere', 'nowhere/*.jpg'])('%s is not found', async (path) => {
  const scan = scanner.scan([join(folderOf(), path)], { signal: going })
  await expect(scan).rejects.toMatchObject({ code: 'MEDIA_NOT_FOUND' })
})

test('a lone file that nothing claims is left to FFmpeg', async () => {
  const path = put(join(folderOf(), 'recording'), 'hello')
  const { video, frames } = await scanner.scan([path], { signal: going })
  expect(frames).toEqual([])
  expect(video).toMatchObject({ path, sizeBytes: 5, certain: false })
})

describe('a video', () => {
  test.each(['a.mp4', 'A.MKV', 'b.webm', 'c.mov', 'd.AVI'])('%s by its name', async (name) => {
    const path = put(join(folderOf(), name), 'x')
    const { video, sources } = await scanner.scan([path], { signal: going })
    expect(video).toMatchObject({ path, certain: true, fingerprint: expect.any(String) })
    expect(sources).toEqual([])
  })

  test('the only one of a folder without pictures, or of a glob', async () => {
    const root = folderOf({ 'sub/a.mp4': '', 'notes.txt': '' })
    const video = { path: join(root, 'sub/a.mp4') }
    expect(await scanner.scan([root], { signal: going })).toMatchObject({ video })
    expect(await scanner.scan([join(root, '**/*.mp4')], { signal: going })).toMatchObject({ video })
  })

  test('beside pictures of a folder is left out, and counted', async () => {
    const scan = await scanner.scan([folderOf({ 'a.jpg': '', 'b.mp4': '' })], { signal: going })
    expect(scan).toMatchObject({ frames: [{ name: 'a.jpg' }], videosLeftOut: 1 })
  })

  test('TypeScript is none, a transport stream is', async () => {
    const root = folderOf({ 'a.ts': 'export {}', 'b.ts': 'G'.padEnd(188) })
    expect(await scanner.scan([root], { signal: going })).toMatchObject({
      video: { path: join(root, 'b.ts') },
    })
  })

  test.each([
    ['two of them', ['a.mp4', 'b.mp4'], 'b.mp4'],
    ['one beside a picture', ['a.mp4', 'c.jpg'], 'a.mp4'],
    ['one beside a folder of pictures', ['a.mp4', 'pictures'], 'a.mp4'],
    ['a folder of two', ['videos'], 'videos/y.mp4'],
  ])('%s is refused', async (_what, names, culprit) => {
    const files = ['a.mp4', 'b.mp4', 'c.jpg', 'pictures/d.jpg', 'videos/x.mp4', 'videos/y.mp4']
    const root = folderOf(Object.fromEntries(files.map((name) => [name, ''])))
    const paths = names.map((name) => join(root, name))
    const scan = scanner.scan(paths, { signal: going })
    const params = { path: join(root, culprit) }
    await expect(scan).rejects.toMatchObject({ code: 'MEDIA_MIXED', params })
  })

  test('is found again under a folder, or as the file it is', async () => {
    const root = folderOf({ 'a.jpg': '', 'x/one.mp4': '1', 'x/two.mkv': '2' })
    const paths = (await scanner.findVideos(root, going)).map(({ path }) => path)
    expect(paths).toEqual([join(root, 'x/one.mp4'), join(root, 'x/two.mkv')])
    const [file] = await scanner.findVideos(join(root, 'x/two.mkv'), going)
    expect(file).toMatchObject({ sizeBytes: 1, certain: true })
  })
})

test('a cancelled scan stops', async () => {
  const root = folderOf({ 'a.jpg': '' })
  mkdirSync(join(root, 'sub'))
  const scan = scanner.scan([root], { signal: AbortSignal.abort() })
  await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' })
})

test.skipIf(process.platform === 'win32').each(['a.mp4', 'a.jpg', 'a'])(
  'a pipe called %s is nothing to show, and nobody waits for it',
  async (name) => {
    const path = join(folderOf(), name)
    execFileSync('mkfifo', [path])
    await expect(scanner.scan([path], { signal: going })).rejects.toMatchObject({
      code: 'MEDIA_NONE',
    })
  },
)
