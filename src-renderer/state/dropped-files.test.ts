import { expect, test } from 'vitest'
import { dropOf, pathsToOpen, walkEntries } from './dropped-files.ts'
import type { DroppedFile } from './upload.ts'

const file = (fullPath: string) => ({
  name: fullPath.split('/').at(-1),
  fullPath,
  isDirectory: false,
  file: (done: (f: File) => void) => done(new File([], fullPath)),
})
const folder = (fullPath: string, children: unknown[], atATime = 100) => ({
  name: fullPath.split('/').at(-1),
  fullPath,
  isDirectory: true,
  createReader: () => {
    const left = [...children]
    return { readEntries: (done: (e: unknown[]) => void) => done(left.splice(0, atATime)) }
  },
})
async function pathsOf(...entries: unknown[]): Promise<string[]> {
  const found: DroppedFile[] = []
  for await (const dropped of walkEntries(entries as FileSystemEntry[])) found.push(dropped)
  return found.map(({ path }) => path)
}

test('folders are gone through, also when the browser tells them piece by piece', async () => {
  const many = Array.from({ length: 5 }, (_, n) => file(`/a/${n}.jpg`))
  expect(await pathsOf(folder('/a', [...many, folder('/a/b', [file('/a/b/x.png')])], 2))).toEqual([
    'a/0.jpg',
    'a/1.jpg',
    'a/2.jpg',
    'a/3.jpg',
    'a/4.jpg',
    'a/b/x.png',
  ])
})

test('hidden files and folders stay out', async () =>
  expect(await pathsOf(file('/.DS_Store'), folder('/.git', [file('/.git/x.jpg')]))).toEqual([]))

test('what was dropped is what is opened', () =>
  expect(pathsToOpen('/data/up/1', ['photos'])).toEqual(['/data/up/1/photos']))

test('a drop without entries is its plain files', async () => {
  const items = [{ webkitGetAsEntry: () => null }] as unknown as DataTransferItemList
  const files = [new File([], 'one.jpg')] as unknown as FileList
  const drop = dropOf({ items, files })
  expect(drop.roots).toEqual(['one.jpg'])
  const paths: string[] = []
  for await (const { path } of drop.files) paths.push(path)
  expect(paths).toEqual(['one.jpg'])
})
