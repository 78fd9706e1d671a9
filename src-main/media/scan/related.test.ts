import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMediaScanner } from '../index.ts'
import { tarOf, zipOf } from '../testing/archives.ts'
import { folderOf, going, put } from '../testing/folder.ts'
import { isRelatedEntry, relatedFoldersOf } from './related.ts'

const scanner = createMediaScanner()

test.each([
  ['a.jpg', ['related_images/a_jpg', 'related_images/a_jpg']],
  ['sub/a.b.png', ['sub/related_images/a.b_png', 'sub/related_images/a_b_png']],
])('context images of %s are in %s', (picture, folders) => {
  expect(relatedFoldersOf(picture)).toEqual(folders)
})

test.each([
  ['related_images/a_jpg/x.jpg', true],
  ['sub/related_images/a_jpg/x.png', true],
  ['related_images/a_jpg/notes.txt', false],
  ['related_images/x.jpg', false],
  ['related_images/a_jpg/deeper/x.jpg', false],
  ['.git/related_images/a_jpg/x.jpg', false],
  ['related_images/a_jpg/.x.jpg', false],
])('%s: %s', (entry, expected) => {
  expect(isRelatedEntry(entry)).toBe(expected)
})

/** The structure of the manual's section 27, and what does not belong to any picture. */
const TREE = [
  'image_1.jpg',
  'image_2.jpg',
  'related_images/image_1_jpg/context_10.jpg',
  'related_images/image_1_jpg/context_9.jpg',
  'related_images/image_1_jpg/notes.txt',
  'related_images/no_such_jpg/context.jpg',
  'sub/image_1.jpg',
  'sub/related_images/image_1_jpg/context.jpg',
] as const
const EXPECTED = {
  'image_1.jpg': ['context_9.jpg', 'context_10.jpg'],
  'image_2.jpg': [],
  'sub/image_1.jpg': ['context.jpg'],
}

async function relatedIn(path: string): Promise<Record<string, string[]>> {
  const { frames } = await scanner.scan([path], { signal: going })
  const namesOf = (frame: (typeof frames)[number]) =>
    (frame.related ?? []).map(({ entry }) => entry.split('/').at(-1) ?? '')
  return Object.fromEntries(frames.map((frame) => [frame.name, namesOf(frame)]))
}

test('a folder gives each frame its context images, and they are no frames', async () => {
  const root = folderOf(Object.fromEntries(TREE.map((name) => [name, ''])))
  expect(await relatedIn(root)).toEqual(EXPECTED)
})

test.each([
  ['zip', zipOf],
  ['tar', tarOf],
] as const)('so does a %s', async (kind, pack) => {
  const parts = TREE.map((name) => ({ name, data: Buffer.from(name) }))
  const path = put(join(folderOf(), `a.${kind}`), pack(...parts))
  expect(await relatedIn(path)).toEqual(EXPECTED)
})
