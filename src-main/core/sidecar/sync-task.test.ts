import { chmodSync, mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import { type SidecarTask, sidecarTask } from './sidecar-fixture.ts'

let made: SidecarTask[] = []
afterEach(() => {
  for (const one of made) one.close()
  made = []
})

function task(...args: Parameters<typeof sidecarTask>): SidecarTask {
  const one = sidecarTask(...args)
  made.push(one)
  return one
}

const NOTHING = {
  ...{ written: 0, readIn: 0, changes: 0, keptCount: 0, kept: [], problemCount: 0, problems: [] },
  ...{ withoutPlace: 0, notes: [] },
}
const box = { points: [10, 20, 30, 40] }

describe('labelme', () => {
  test('a frame with annotations gets a file, one without does not', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.files()).toEqual(['a.jpg', 'a.json', 'b.jpg'])
    expect(t.json('a.json')).toMatchObject({
      imagePath: 'a.jpg',
      imageHeight: 100,
      shapes: [
        {
          label: 'car',
          shape_type: 'rectangle',
          points: [
            [10, 20],
            [30, 40],
          ],
        },
      ],
    })
    expect(await t.sync()).toEqual(NOTHING)
  })

  test('what a killed process left beside a file is gone with the next writing', async () => {
    const t = task('labelme')
    writeFileSync(t.pathOf('a.json.fieldmark.tmp'), '{"sha')
    t.hand.draw(box)
    await t.sync()
    expect(t.files()).toEqual(['a.jpg', 'a.json', 'b.jpg'])
  })

  test('what changes here is in the file, also when nothing is left', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw(box)
    await t.sync()
    const moved = t.hand.change(drawn, { points: [11, 20, 31, 40] })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.json('a.json').shapes[0].points[0]).toEqual([11, 20])
    t.hand.remove(moved)
    expect(await t.sync([0])).toEqual({ ...NOTHING, written: 1 })
    expect(t.json('a.json').shapes).toEqual([])
  })

  test('what another program changes is here: moved keeps its id, and undo brings the file back', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw({ ...box, zOrder: 2 })
    await t.sync()
    const file = t.json('a.json')
    file.shapes[0].points = [
      [50, 50],
      [60, 60],
    ]
    file.shapes.push({ label: 'person', points: [[1, 2]], shape_type: 'point', flags: {} })
    t.save('a.json', file)
    expect(await t.sync()).toMatchObject({ readIn: 1, changes: 2, written: 0 })
    expect(t.on(0)).toMatchObject([
      { type: 'points', points: [1, 2], source: 'file' },
      { id: drawn.id, points: [50, 50, 60, 60], zOrder: 2, source: 'manual' },
    ])
    // It is left as that program wrote it until something changes here.
    expect(await t.sync()).toEqual(NOTHING)
    expect(t.json('a.json')).toEqual(file)
    t.store.annotations.undo(t.taskId)
    expect(t.on(0)).toMatchObject([{ id: drawn.id, points: box.points }])
    expect(await t.sync()).toMatchObject({ written: 1, keptCount: 0 })
    expect(t.json('a.json').shapes).toHaveLength(1)
  })

  test('what the format cannot hold stays while other things are changed there', async () => {
    const t = task('x-anylabeling')
    const mask = t.hand.draw({ type: 'mask', points: [0, 4, 5, 5, 6, 6] })
    t.hand.draw(box)
    await t.sync()
    const file = t.json('a.json')
    expect(file.shapes.map((one: { shape_type: string }) => one.shape_type)).toEqual([
      'polygon',
      'rectangle',
    ])
    file.shapes[1].points = [
      [0, 0],
      [5, 0],
      [5, 5],
      [0, 5],
    ]
    t.save('a.json', file)
    expect(await t.sync()).toMatchObject({ readIn: 1, changes: 1 })
    expect(t.on(0)).toMatchObject([{ id: mask.id, type: 'mask' }, { points: [0, 0, 5, 5] }])
  })

  test('changed on both sides: what is here stays, the other file is kept beside', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw(box)
    await t.sync()
    const theirs = t.json('a.json')
    theirs.shapes[0].points = [
      [1, 1],
      [2, 2],
    ]
    t.save('a.json', theirs)
    t.hand.change(drawn, { points: [90, 90, 95, 95] })
    const report = await t.sync()
    expect(report).toMatchObject({ written: 1, readIn: 0, keptCount: 1 })
    expect(report.kept).toEqual([{ frame: 0, name: 'a.jpg', file: t.pathOf('a.json.orig') }])
    expect(t.json('a.json.orig')).toEqual(theirs)
    expect(t.json('a.json').shapes[0].points[0]).toEqual([90, 90])
    expect(await t.sync()).toEqual(NOTHING)
  })

  test('files that were there: read where nothing is here, kept where something else is', async () => {
    const t = task('labelme')
    const shape = {
      label: 'car',
      points: [
        [1, 2],
        [3, 4],
      ],
      shape_type: 'rectangle',
      flags: {},
    }
    const file = { version: '5', flags: {}, shapes: [shape], imagePath: 'x', imageData: null }
    t.save('a.json', file)
    t.save('b.json', file)
    t.hand.draw({ ...box, frame: 1 })
    expect(await t.sync()).toMatchObject({ readIn: 1, written: 1, keptCount: 1 })
    expect(t.on(0)).toMatchObject([{ points: [1, 2, 3, 4] }])
    expect(t.on(1)).toMatchObject([{ points: box.points }])
    expect(t.json('b.json.orig')).toEqual(file)
    expect(await t.sync()).toEqual(NOTHING)
  })

  test('the same things in another order and with other digits are the same', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    t.hand.draw({ points: [60, 60, 70, 70] })
    await t.sync()
    const file = t.json('a.json')
    file.shapes.reverse()
    file.shapes[0].points[0][0] += 0.001
    t.save('a.json', file)
    expect(await t.sync()).toEqual(NOTHING)
    expect(t.json('a.json')).toEqual(file)
  })

  test('a file with labels that are not here is copied before it is written over', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw(box)
    await t.sync()
    const file = t.json('a.json')
    file.shapes.push({ label: 'ufo', points: [[1, 2]], shape_type: 'point', flags: {} })
    t.save('a.json', file)
    expect(await t.sync()).toMatchObject({ readIn: 0, written: 0 })
    t.hand.change(drawn, { points: [11, 20, 31, 40] })
    expect(await t.sync()).toMatchObject({ written: 1, keptCount: 1 })
    expect(t.json('a.json.orig')).toEqual(file)
  })

  test.each([
    ['another program’s JSON', '{"hello": 1}', /not a file of this format/],
    ['text that is no JSON', '{', /not valid JSON/],
    ['a list', '[1, 2]', /not a file of this format/],
  ])('%s is never touched', async (_name, text, problem) => {
    const t = task('labelme')
    writeFileSync(t.pathOf('a.json'), text)
    const drawn = t.hand.draw(box)
    const report = await t.sync()
    expect(report).toMatchObject({ written: 0, readIn: 0, problemCount: 1 })
    expect(report.problems).toMatchObject([
      {
        frame: 0,
        name: 'a.jpg',
        file: t.pathOf('a.json'),
        problem: expect.stringMatching(problem),
      },
    ])
    t.hand.change(drawn, { points: [1, 1, 2, 2] })
    expect(await t.sync()).toMatchObject({ written: 0, problemCount: 1 })
    expect(t.read('a.json')).toBe(text)
    expect(t.store.sidecars.state(t.taskId, 10)).toMatchObject({ problemCount: 1, files: 0 })
    // Somebody takes it away: then there is room.
    unlinkSync(t.pathOf('a.json'))
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.store.sidecars.state(t.taskId, 10)).toMatchObject({ problemCount: 0, files: 1 })
  })

  test('a file that is gone is made again, and takes nothing with it', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    await t.sync()
    unlinkSync(t.pathOf('a.json'))
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.on(0)).toHaveLength(1)
  })

  test('a folder that is gone is not made again', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    renameSync(t.folder, `${t.folder} elsewhere`)
    const report = await t.sync()
    expect(report.problems).toMatchObject([
      { problem: 'the folder of its picture is not there' },
      { problem: 'the folder of its picture is not there' },
    ])
    renameSync(`${t.folder} elsewhere`, t.folder)
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
  })

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written is told', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    chmodSync(t.folder, 0o500)
    const report = await t.sync()
    chmodSync(t.folder, 0o700)
    expect(report.problems).toMatchObject([{ problem: 'it may not be written or read' }])
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
  })

  test('something else where the file should be is told', async () => {
    const t = task('labelme')
    mkdirSync(t.pathOf('a.json'))
    t.hand.draw(box)
    const report = await t.sync()
    expect(report).toMatchObject({ written: 0, problemCount: 1 })
    rmSync(t.pathOf('a.json'), { recursive: true })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
  })

  test('pictures that differ in nothing but their extension: the first has the file', async () => {
    const t = task('labelme', ['a.jpg', 'a.png'])
    t.hand.draw(box)
    t.hand.draw({ ...box, frame: 1 })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1, withoutPlace: 1 })
    expect(t.json('a.json').imagePath).toBe('a.jpg')
  })

  test('frames that were deleted keep their files as they are', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw(box)
    await t.sync()
    const before = { deleted: false, checked: false }
    const step = { title: { key: 'delete-frame', count: 1 }, frame: 0 }
    t.store.annotations.apply(t.taskId, t.store.tasks.get(t.taskId).revision, 'gone', {
      ...step,
      operations: [{ kind: 'frame', frame: 0, before, after: { ...before, deleted: true } }],
    })
    t.hand.change(drawn, { points: [1, 1, 2, 2] })
    expect(await t.sync()).toEqual(NOTHING)
  })

  test('positions of a track are in the file, and stay the track’s', async () => {
    const t = task('labelme')
    const first = t.hand.draw(box)
    t.hand.remove(first)
    const { kind: _kind, score: _score, ...rest } = t.hand.make(box)
    const keyframe = { ...rest, outside: false, attributes: [] }
    const track = { ...rest, kind: 'track' as const, keyframes: [keyframe] }
    t.hand.apply([{ kind: 'create', after: track as never }])
    expect(await t.sync()).toMatchObject({ written: 2 })
    const file = t.json('b.json')
    expect(file.shapes).toMatchObject([{ track_id: track.id, keyframe: false }])
    file.shapes = []
    t.save('b.json', file)
    expect(await t.sync()).toMatchObject({ readIn: 0, written: 0 })
    expect(t.on(1)).toHaveLength(1)
  })
})

describe('after a sudden end', () => {
  test('a file that was written and not yet told of is ours', async () => {
    const t = task('labelme')
    const drawn = t.hand.draw(box)
    await t.sync()
    const told = t.store.sidecars.file(t.taskId, 0)
    const moved = t.hand.change(drawn, { points: [11, 20, 31, 40] })
    await t.sync()
    const written = t.store.sidecars.file(t.taskId, 0)
    if (!told || !written) throw new Error('nothing was remembered')
    // What was stored when the process ended between the file and the store.
    t.store.sidecars.put(t.taskId, { ...told, pending: written.hash })
    t.hand.change(moved, { points: [12, 20, 32, 40] })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.files()).toEqual(['a.jpg', 'a.json', 'b.jpg'])
  })

  test('what is remembered of files may be lost altogether', async () => {
    const t = task('labelme')
    t.hand.draw(box)
    await t.sync()
    t.store.sidecars.set(t.taskId, null)
    t.store.sidecars.set(t.taskId, 'labelme')
    expect(await t.sync()).toEqual(NOTHING)
  })
})

describe('YOLO', () => {
  test('beside the picture, with a list of names', async () => {
    const t = task('yolo')
    const labelId = t.labels[1]?.id ?? t.hand.labelId
    t.hand.draw({ points: [20, 10, 60, 30], labelId })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.files()).toEqual(['a.jpg', 'a.txt', 'b.jpg', 'classes.txt'])
    expect(t.read('classes.txt')).toBe('car\nperson\n')
    expect(t.read('a.txt')).toBe('1 0.200000 0.200000 0.200000 0.200000\n')
    expect(await t.sync()).toEqual(NOTHING)
  })

  test('in the folder of labels that goes with images, numbered as data.yaml says', async () => {
    const t = task('yolo', ['images/train/a.jpg', 'images/val/b.jpg'])
    t.save('data.yaml', 'names:\n  0: person\n  1: car\n')
    t.hand.draw({ points: [20, 10, 60, 30] })
    expect(await t.sync()).toEqual({ ...NOTHING, written: 1 })
    expect(t.read('labels/train/a.txt')).toMatch(/^1 /)
    expect(t.read('data.yaml')).toBe('names:\n  0: person\n  1: car\n')
    mkdirSync(t.pathOf('labels/val'))
    t.save('labels/val/b.txt', '0 0.5 0.5 0.1 0.2\n')
    expect(await t.sync()).toMatchObject({ readIn: 1, changes: 1 })
    expect(t.on(1)).toMatchObject([{ labelId: t.labels[1]?.id }])
    expect((t.on(1)[0] as Shape).points.map(Math.round)).toEqual([90, 40, 110, 60])
  })

  test('a list of names that lacks some gets them at its end', async () => {
    const t = task('yolo')
    t.save('classes.txt', 'bus\ncar\n')
    t.hand.draw({ points: [20, 10, 60, 30] })
    await t.sync()
    expect(t.read('classes.txt')).toBe('bus\ncar\nperson\n')
    expect(t.read('a.txt')).toMatch(/^1 /)
  })

  test('what is no box stays here when boxes are changed there', async () => {
    const t = task('yolo')
    const line = t.hand.draw({ type: 'polyline', points: [0, 0, 5, 5] })
    t.hand.draw({ points: [20, 10, 60, 30] })
    await t.sync()
    t.save('a.txt', '0 0.5 0.5 0.5 0.5\n1 0.1 0.1 0.1 0.1\n')
    expect(await t.sync()).toMatchObject({ readIn: 1, changes: 2 })
    expect(t.on(0)).toHaveLength(3)
    expect(t.on(0)).toContainEqual(expect.objectContaining({ id: line.id, type: 'polyline' }))
  })

  test('outlines of segments are no boxes: such files are left alone', async () => {
    const t = task('yolo')
    t.save('a.txt', '0 0.1 0.1 0.5 0.1 0.5 0.5\n')
    t.hand.draw(box)
    expect(await t.sync()).toMatchObject({ written: 0, problemCount: 1 })
    expect(t.read('a.txt')).toBe('0 0.1 0.1 0.5 0.1 0.5 0.5\n')
  })
})
