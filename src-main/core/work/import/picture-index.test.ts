import { describe, expect, test } from 'vitest'
import { frameNameOf, PictureIndex, type PictureItem } from './picture-index.ts'

const paths = [
  'images/train/a.jpg',
  'images/val/a.jpg',
  'images/train/deep/er/b.PNG',
  'images/train/c.jpg',
  'images/train/c.png',
  'img1/x.1.jpg',
  'images/val/frame_000007.PNG',
  'obj_train_data/y.jpg',
  'obj_val_data/y.jpg',
]
const index = new PictureIndex(paths)

describe('an item means a picture', () => {
  test.each<[string, PictureItem, string | null]>([
    ['in the folder of its subset', { name: 'a', subset: 'val' }, 'images/val/a.jpg'],
    ['whatever the case', { name: 'A.JPG', subset: 'Train' }, 'images/train/a.jpg'],
    ['told from another by its folder', { name: 'val/a.jpg' }, 'images/val/a.jpg'],
    ['by a longer path', { name: '/data/images/train/a.jpg' }, 'images/train/a.jpg'],
    ['with folders of its own', { name: 'deep/er/b' }, 'images/train/deep/er/b.PNG'],
    ['by its extension', { name: 'c.png' }, 'images/train/c.png'],
    ['with a dot in its name', { name: 'x.1' }, 'img1/x.1.jpg'],
    ['by the number of a frame', { name: '', number: 7 }, 'images/val/frame_000007.PNG'],
    [
      'in a folder that has the name of its subset in its own',
      { name: 'y', subset: 'val' },
      'obj_val_data/y.jpg',
    ],
    ['never one of two', { name: 'a' }, null],
    ['never one of two that differ by extension', { name: 'c' }, null],
    ['never another name that ends the same', { name: 'ba.jpg' }, null],
    ['never one that is not there', { name: 'nothing.jpg', subset: 'val' }, null],
  ])('%s', (_name, item, expected) => {
    const at = index.find(item)
    expect(at === null ? null : paths[at]).toBe(expected)
  })
})

test.each([
  ['images/train/deep/a.jpg', 'deep/a', 'deep/a.jpg'],
  ['images/train/deep/a.jpg', 'deep/a.jpg', 'deep/a.jpg'],
  ['images/train/a.PNG', 'a.png', 'a.PNG'],
  ['img1/x.1.jpg', 'x.1', 'x.1.jpg'],
  ['images/a.jpg', '/data/images/a.jpg', 'a.jpg'],
  ['frame_000007.PNG', '', 'frame_000007.PNG'],
])('%s, called %j, becomes %s', (path, item, name) => expect(frameNameOf(path, item)).toBe(name))
