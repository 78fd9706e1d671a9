import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectionSchema } from '#shared/contract/connections.ts'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, JobId, LabelId, RequestId, TaskId } from '#shared/domain/ids.ts'
import { parseRawLabels, toRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { FrameFacts } from '#shared/domain/task.ts'
import type { Operation } from '#shared/operations/operation.ts'
import type { Store } from '../core/ports.ts'
import { connect } from './connection.ts'
import {
  ARM_SVG,
  createHand,
  LABELS,
  newDatabasePath,
  newTask,
  readyTask,
  rectangle,
  removeDatabases,
  scanned,
  stepOf,
  withoutId,
} from './fixture.ts'
import { openStore } from './index.ts'

let path: string
let store: Store
beforeEach(() => {
  path = newDatabasePath()
  store = openStore(path)
})
afterEach(() => store.close())
afterAll(removeDatabases)

const reopen = () => {
  store.close()
  store = openStore(path)
}
const all = (taskId: TaskId) => [...store.annotations.byFrame(taskId)].flatMap((f) => f.annotations)

describe('projects', () => {
  test('what was created is listed, changed, and gone with its tasks', () => {
    const project = store.projects.create({ name: 'city', bugTracker: 'http://b', labels: LABELS })
    expect(project).toMatchObject({ name: 'city', bugTracker: 'http://b', taskCount: 0 })
    const task = readyTask(store, 1, { projectId: project.id, labels: [] })
    expect(store.projects.get(project.id).taskCount).toBe(1)
    expect(store.labels.ofTask(task.id)).toEqual(project.labels)
    expect(store.projects.update(project.id, { name: 'town' })).toMatchObject({
      name: 'town',
      bugTracker: 'http://b',
    })
    expect(store.tasks.list({ projectId: project.id })).toEqual([task])
    store.projects.delete(project.id)
    expect(store.projects.list()).toEqual([])
    expect(store.tasks.list()).toEqual([])
    expect(() => store.projects.get(project.id)).toThrow(/no project/)
  })
})

describe('connections', () => {
  const dashboard = connectionSchema.parse({
    id: 'lab',
    name: 'Lab',
    via: 'dashboard',
    url: 'http://10.0.0.7:8070',
    project: 'cvat',
    namespace: 'nuclio',
    invoke: 'direct',
    timeoutSeconds: 120,
    enabled: true,
    functionYaml: '',
  })

  test('are kept in order of their ids, changed, and forgotten with what they listed', () => {
    store.connections.save(dashboard)
    store.connections.save({ ...dashboard, id: 'a' })
    store.connections.setSeen('lab', '{"x":1}')
    store.connections.save({ ...dashboard, enabled: false })
    reopen()
    expect(store.connections.list()).toEqual([
      { ...dashboard, id: 'a' },
      { ...dashboard, enabled: false },
    ])
    expect(store.connections.seen('lab')).toBe('{"x":1}')
    expect(store.connections.seen('a')).toBeNull()
    store.connections.remove('lab')
    store.connections.setSeen('lab', '{}')
    expect(store.connections.seen('lab')).toBeNull()
  })
})

describe('the network log', () => {
  const entry = {
    at: '2026-01-02T03:04:05.000Z',
    connectionId: 'lab',
    method: 'POST',
    url: 'http://10.0.0.7:8070/api/function_invocations',
    what: 'detect with YOLO, frame 3 of street',
    sentBytes: 1200,
    receivedBytes: 40,
    status: 200,
    tookMs: 12.5,
    problem: '',
  }

  test('keeps the newest thousand, newest first', () => {
    for (let at = 0; at < 1003; at++) store.networkLog.add({ ...entry, sentBytes: at })
    const kept = store.networkLog.newest(2000)
    expect(kept).toHaveLength(1000)
    expect(kept[0]).toEqual({ ...entry, sentBytes: 1002 })
    expect(kept.at(-1)?.sentBytes).toBe(3)
    expect(store.networkLog.newest(2)).toHaveLength(2)
  })

  test('holds no secrets of an address', () => {
    store.networkLog.add({ ...entry, status: null, url: 'https://me:pw@h/p?token=t#f' })
    expect(store.networkLog.newest(1)).toMatchObject([{ status: null, url: 'https://h/p' }])
  })
})

describe('labels', () => {
  test('come back as a tree in creation order, with the default colours', () => {
    const { id } = readyTask(store)
    const labels = store.labels.ofTask(id)
    expect(labels.map(({ name, color }) => [name, color])).toEqual([
      ['car', '#2080c0'],
      ['person', '#c06060'],
      ['arm', expect.stringMatching(/^#[0-9a-f]{6}$/)],
    ])
    expect(labels[0]?.attributes[0]).toMatchObject({
      name: 'color',
      inputType: 'select',
      mutable: false,
      defaultValue: 'red',
      values: ['red', 'blue'],
    })
    expect(labels[2]).toMatchObject({
      type: 'skeleton',
      svg: ARM_SVG,
      sublabels: [{ name: '1', type: 'points' }, { name: '2' }],
    })
  })

  test('replacing a list with itself changes nothing, ids included', () => {
    const { id } = readyTask(store)
    const before = store.labels.ofTask(id)
    expect(store.labels.replace({ taskId: id }, toRawLabels(before))).toEqual(before)
  })

  test('twenty thousand of them, as some data sets have, are kept and changed', () => {
    const raw = Array.from({ length: 20_000 }, (_, at) => ({ name: `kind ${at}` }))
    const { id } = readyTask(store, 1, { labels: parseRawLabels(raw) })
    const before = store.labels.ofTask(id)
    expect(before).toHaveLength(raw.length)
    expect(store.labels.replace({ taskId: id }, toRawLabels(before))).toEqual(before)
  })

  test('labels are renamed by id, added without one, removed by leaving them out', () => {
    const { id } = readyTask(store)
    const [car] = toRawLabels(store.labels.ofTask(id))
    if (!car) throw new Error('no label')
    const after = store.labels.replace({ taskId: id }, [
      { ...car, name: 'van', attributes: [] },
      ...parseRawLabels([{ name: 'bus' }]),
    ])
    expect(after.map((label) => label.name)).toEqual(['van', 'bus'])
    expect(after[0]).toMatchObject({ id: car.id, color: '#2080c0', attributes: [] })
  })

  test('without ids, names say which ones are meant: JSON written by hand changes what is there', () => {
    const { id } = readyTask(store)
    createHand(store, id).draw()
    const before = store.labels.ofTask(id)
    const raw = toRawLabels(before).map(({ id: _, attributes, ...label }) => ({
      ...label,
      color: '#123456',
      attributes: attributes.map(({ id: __, ...attribute }) => attribute),
    }))
    const after = store.labels.replace({ taskId: id }, raw as typeof LABELS)
    expect(after.map((label) => label.id)).toEqual(before.map((label) => label.id))
    expect(after[0]?.attributes).toEqual(before[0]?.attributes)
    expect(after[0]?.color).toBe('#123456')
  })

  test('a name that another label leaves is free for a new one', () => {
    const { id } = readyTask(store)
    const [car] = toRawLabels(store.labels.ofTask(id))
    if (!car) throw new Error('no label')
    const raw = [{ ...car, name: 'van' }, ...parseRawLabels([{ name: 'car' }])]
    const after = store.labels.replace({ taskId: id }, raw)
    expect(after[0]).toMatchObject({ id: car.id, name: 'van' })
    expect(after[1]?.id).not.toBe(car.id)
  })

  test('a label in use stays, the others of the list unchanged', () => {
    const { id } = readyTask(store)
    createHand(store, id).draw()
    const before = store.labels.ofTask(id)
    expect(() => store.labels.replace({ taskId: id }, parseRawLabels([{ name: 'bus' }]))).toThrow(
      /"car" is used by 1/,
    )
    expect(store.labels.ofTask(id)).toEqual(before)
  })

  test('a joint of a skeleton in use stays', () => {
    const { id } = readyTask(store)
    const arm = store.labels.ofTask(id)[2]
    if (!arm) throw new Error('no label')
    const hand = createHand(store, id)
    const elements = arm.sublabels.map((joint) => ({
      labelId: joint.id,
      points: [1, 2],
      occluded: false,
      outside: false,
      attributes: [],
    }))
    hand.draw({ labelId: arm.id, type: 'skeleton', points: [], elements })
    const raw = toRawLabels(store.labels.ofTask(id)).map((label) =>
      label.name === 'arm' ? { ...label, sublabels: label.sublabels?.slice(1) } : label,
    )
    expect(() => store.labels.replace({ taskId: id }, raw as typeof LABELS)).toThrow(/used by 1/)
  })

  test('an id of another task is refused', () => {
    const { id } = readyTask(store)
    expect(() =>
      store.labels.replace({ taskId: id }, parseRawLabels([{ id: 999, name: 'x' }])),
    ).toThrow(/no label 999/)
  })

  test('undo brings a removed label back with what carried it', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const shape = hand.draw()
    hand.remove(shape)
    store.labels.replace({ taskId: id }, parseRawLabels([{ name: 'bus' }]))
    expect(store.labels.ofTask(id).map((label) => label.name)).toEqual(['bus'])
    store.annotations.undo(id)
    expect(store.labels.ofTask(id).map((label) => label.name)).toEqual(['car', 'bus'])
    expect(all(id)).toEqual([shape])
  })
})

describe('tasks', () => {
  test('a new one is scanning and empty, then ready with its frames and jobs', () => {
    const task = store.tasks.create(
      newTask({ startFrame: 2, frameStep: 3, segmentSize: 4, overlap: 1 }),
    )
    expect(task).toMatchObject({
      size: 0,
      mediaState: 'scanning',
      objectCount: 0,
      revision: 0,
      mode: 'annotation',
    })
    store.frames.setAll(task.id, [{ kind: 'folder', path: '/m' }], scanned(10), 10)
    expect(store.tasks.get(task.id)).toMatchObject({
      size: 10,
      stopFrame: 29,
      mediaState: 'ready',
      jobCount: 3,
      completedJobCount: 0,
    })
    expect(store.tasks.sources(task.id)).toEqual([{ kind: 'folder', path: '/m' }])
  })

  test('are changed, counted per project, deleted', () => {
    const task = readyTask(store)
    expect(store.tasks.update(task.id, { name: 'road', subset: 'train' })).toMatchObject({
      name: 'road',
      subset: 'train',
      bugTracker: '',
    })
    store.tasks.setMediaState(task.id, 'failed')
    expect(store.tasks.get(task.id).mediaState).toBe('failed')
    store.tasks.delete(task.id)
    expect(() => store.tasks.get(task.id)).toThrow(/no task/)
    expect(() => store.annotations.apply(task.id, 0, 'a', stepOf([]))).toThrow(/no task/)
  })

  test('an annotated one keeps its project, a fresh one may change it', () => {
    const project = store.projects.create({ name: 'p', bugTracker: '', labels: LABELS })
    const [fresh, annotated] = [readyTask(store), readyTask(store)]
    expect(store.tasks.update(fresh.id, { projectId: project.id }).projectId).toBe(project.id)
    createHand(store, annotated.id).draw()
    expect(() => store.tasks.update(annotated.id, { projectId: project.id })).toThrow(
      /before it is annotated/,
    )
  })

  test('a deleted one with everything in it is purged, a neighbour untouched', async () => {
    const [task, other] = [readyTask(store, 5000), readyTask(store)]
    const kept = createHand(store, other.id).draw()
    createHand(store, task.id).draw()
    store.tasks.delete(task.id)
    await expect.poll(() => countRows('frame')).toBe(10)
    await expect.poll(() => countRows('task')).toBe(1)
    expect(all(other.id)).toEqual([kept])
  })
})

describe('jobs', () => {
  test('an edit puts the jobs of its frames in progress, and no others', () => {
    const { id } = readyTask(store, 6, { segmentSize: 3, overlap: 1 })
    const states = () => store.jobs.ofTask(id).map(({ state }) => state)
    expect(store.jobs.touch(id, [0])).toBe(true)
    expect(states()).toEqual(['in progress', 'new', 'new'].slice(0, states().length))
    expect(store.jobs.touch(id, [2])).toBe(true)
    expect(states().slice(0, 2)).toEqual(['in progress', 'in progress'])
    const [first] = store.jobs.ofTask(id)
    store.jobs.update(first?.id as JobId, { state: 'completed' })
    expect(store.jobs.touch(id, [0])).toBe(false)
    expect(states()[0]).toBe('completed')
  })

  test('change stage and state', () => {
    const { id } = readyTask(store)
    const [job] = store.jobs.ofTask(id)
    expect(job).toMatchObject({ startFrame: 0, stopFrame: 9, stage: 'annotation', state: 'new' })
    store.jobs.update(job?.id as JobId, { state: 'completed' })
    expect(store.jobs.ofTask(id)[0]).toMatchObject({ stage: 'annotation', state: 'completed' })
    expect(store.tasks.get(id).completedJobCount).toBe(1)
    expect(() => store.jobs.update(99 as JobId, {})).toThrow(/no job/)
  })
})

describe('frames', () => {
  test('a page, one, and what is pending', () => {
    const { id } = readyTask(store)
    expect(store.frames.list(id, 8, 5).map((frame) => frame.name)).toEqual(['8.jpg', '9.jpg'])
    expect(store.frames.record(id, 3)).toEqual({
      index: 3,
      name: '3.jpg',
      width: null,
      height: null,
      status: 'pending',
      checked: false,
      deleted: false,
      location: {
        source: { kind: 'folder', path: '/media/street' },
        entry: '3.jpg',
        offset: null,
        sizeBytes: 1003,
      },
      orientation: 1,
      fingerprint: null,
      problem: null,
    })
    expect(() => store.frames.record(id, 10)).toThrow(/no frame/)
    expect(store.frames.pending(id, 3).map((frame) => frame.index)).toEqual([0, 1, 2])
    expect(store.frames.records(id, 0, 99)).toHaveLength(10)
  })

  test('headers are kept, problems named and counted', () => {
    const { id } = readyTask(store)
    const well = {
      status: 'ok' as const,
      width: 640,
      height: 480,
      orientation: 6,
      sizeBytes: 5,
      mtimeMs: 2,
      fingerprint: 'f',
      problem: null,
    }
    store.frames.setHeaders(id, [
      { index: 0, ...well },
      {
        ...well,
        index: 1,
        status: 'unreadable',
        width: null,
        height: null,
        problem: 'it ends early',
      },
      { ...well, index: 2, status: 'missing', width: null, height: null, problem: null },
    ])
    expect(store.frames.record(id, 0)).toMatchObject({
      width: 640,
      height: 480,
      orientation: 6,
      status: 'ok',
      fingerprint: 'f',
    })
    expect(store.frames.problems(id)).toEqual([
      { frame: 1, name: '1.jpg', status: 'unreadable', problem: 'it ends early' },
      { frame: 2, name: '2.jpg', status: 'missing', problem: 'the file is no longer there' },
    ])
    expect(store.tasks.get(id).problemCount).toBe(2)
    expect(store.annotations.census(id).turnedFrames).toBe(3)
    expect(store.frames.pending(id, 1).map((frame) => frame.index)).toEqual([3])
  })

  test.each([
    ['7.jp', ['7.jpg']],
    ['%', []],
    ['_', []],
  ])('find "%s"', (text, names) => {
    const { id } = readyTask(store)
    expect(store.frames.find(id, text, 10).map((frame) => frame.name)).toEqual(names)
  })

  test('relinked frames are pending again at their new place, the others stay where they were', () => {
    const { id } = readyTask(store, 3)
    store.frames.relocate(
      id,
      [{ kind: 'folder', path: '/new' }],
      [{ index: 1, sourceIndex: 0, entry: 'b.jpg', offset: 7 }],
    )
    expect(store.frames.record(id, 1).location).toMatchObject({
      source: { path: '/new' },
      entry: 'b.jpg',
      offset: 7,
    })
    expect(store.frames.record(id, 0).location.source.path).toBe('/media/street')
    store.frames.relocate(
      id,
      [{ kind: 'folder', path: '/all' }],
      [0, 1, 2].map((index) => ({ index, sourceIndex: 0, entry: 'x', offset: null })),
    )
    expect(store.tasks.get(id).mediaPaths).toEqual(['/all'])
    expect(store.tasks.sources(id)).toEqual([{ kind: 'folder', path: '/all' }])
  })

  test('keep their context images, also at a new place, and lose them with the task', async () => {
    const { id } = store.tasks.create(newTask())
    const file = (entry: string) => ({ entry, offset: 3, sizeBytes: 5 })
    const [plain, first] = scanned(2)
    if (!plain || !first) throw new Error('no frames')
    const source = { kind: 'zip' as const, path: '/media/a.zip' }
    const frames = [plain, { ...first, related: [file('r/9.jpg'), file('r/10.jpg')] }]
    store.frames.setAll(id, [source], frames, 2)
    reopen()
    expect(store.frames.hasRelated(id)).toBe(true)
    expect(store.frames.related(id, 0, 10)).toEqual([
      { frame: 1, entries: ['r/9.jpg', 'r/10.jpg'] },
    ])
    expect(store.frames.related(id, 0, 1)).toEqual([])
    expect(store.frames.relatedLocation(id, 1, 1)).toEqual({ source, ...file('r/10.jpg') })
    const missing = () => store.frames.relatedLocation(id, 0, 0)
    expect(missing).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    const move = { index: 1, sourceIndex: 0, entry: 'b.jpg', offset: null }
    const moved = { kind: 'folder' as const, path: '/new' }
    store.frames.relocate(id, [moved], [{ ...move, related: [file('s/1.jpg')] }])
    expect(store.frames.relatedLocation(id, 1, 0)).toEqual({ source: moved, ...file('s/1.jpg') })
    store.frames.relocate(id, [moved], [move])
    expect(store.frames.hasRelated(id)).toBe(false)
    store.frames.setAll(id, [source], frames, 2)
    store.tasks.delete(id)
    await expect.poll(() => countRows('related_image')).toBe(0)
  })

  test('are deleted, restored and checked by steps, one undo for many, over a restart', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const plain = { deleted: false, checked: false }
    const gone = { deleted: true, checked: false }
    const marking = (frame: number, before: FrameFacts, after: FrameFacts): Operation => ({
      kind: 'frame',
      frame,
      before,
      after,
    })
    hand.apply([2, 5].map((frame) => marking(frame, plain, gone)))
    hand.apply([marking(5, gone, { deleted: true, checked: true })])
    reopen()
    expect(store.frames.marks(id)).toEqual({ deleted: [2, 5], checked: [5] })
    expect(store.frames.list(id, 5, 1)).toMatchObject([{ deleted: true, checked: true }])
    expect(store.tasks.get(id)).toMatchObject({ deletedFrameCount: 2, checkedFrameCount: 1 })
    store.annotations.undo(id)
    store.annotations.undo(id)
    expect(store.frames.marks(id)).toEqual({ deleted: [], checked: [] })
    store.annotations.redo(id)
    expect(store.frames.marks(id)).toEqual({ deleted: [2, 5], checked: [] })
  })

  test('marked elsewhere meanwhile, or not there at all, refuse the whole step', () => {
    const { id, revision } = readyTask(store)
    const hand = createHand(store, id)
    const before = { deleted: false, checked: true }
    const refused = (frame: number) => () =>
      hand.apply([
        { kind: 'create', after: hand.make() },
        { kind: 'frame', frame, before, after: { deleted: true, checked: true } },
      ])
    expect(refused(1)).toThrow(expect.objectContaining({ code: 'FRAME_CHANGED' }))
    expect(refused(10)).toThrow(`There is no frame 10 of task ${id}.`)
    expect(store.tasks.get(id)).toMatchObject({ revision, objectCount: 0 })
  })

  test('deleted ones are passed over by the search for annotated frames, when asked', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    for (const frame of [2, 4, 6]) hand.draw({ frame })
    const after = { deleted: true, checked: false }
    hand.apply([{ kind: 'frame', frame: 4, before: { ...after, deleted: false }, after }])
    const { searchFrame } = store.annotations
    expect(searchFrame(id, 2, 'forward')).toBe(4)
    expect(searchFrame(id, 2, 'forward', 'skip')).toBe(6)
    expect(searchFrame(id, 6, 'backward', 'skip')).toBe(2)
    expect(searchFrame(id, 6, 'forward', 'skip')).toBeNull()
  })

  test('count what is seen on each: tags, shapes, and tracks where they are not outside', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    hand.draw({ frame: 2 })
    hand.draw({ frame: 2 })
    hand.draw({ frame: 5 })
    const keyframe = {
      ...{ points: [0, 0, 1, 1], rotation: 0, occluded: false, zOrder: 0 },
      ...{ attributes: [], elements: [] },
    }
    const at = (frame: number, outside: boolean) => ({ ...keyframe, frame, outside })
    const track = {
      ...pickTag(hand.make({ frame: 1 })),
      kind: 'track' as const,
      type: 'rectangle' as const,
    }
    const keyframes = [at(1, false), at(2, false), at(4, true), at(8, false)]
    hand.apply([{ kind: 'create', after: { ...track, keyframes } }])
    const { countByFrame } = store.annotations
    expect(countByFrame(id, 0, 10)).toEqual([0, 1, 3, 1, 0, 1, 0, 0, 1, 1])
    expect(countByFrame(id, 2, 3)).toEqual([3, 1, 0])
    expect(countByFrame(id, 9, 1)).toEqual([1])
    expect(countByFrame(id, 0, 6, 'shapes')).toEqual([0, 0, 2, 0, 0, 1])
  })

  test('page by whole frames, tracks among them, until there are no more', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const drawn = [1, 1, 4, 4, 4, 7].map((frame) => hand.draw({ frame }).id)
    const page = (from: number, limit: number) => {
      const { annotations, next } = store.annotations.page(id, from, limit)
      return [annotations.map((one) => drawn.indexOf(one.id)), next]
    }
    expect(page(0, 3)).toEqual([[0, 1, 2, 3, 4], 7])
    expect(page(0, 2)).toEqual([[0, 1], 4])
    expect(page(7, 1)).toEqual([[5], null])
    expect(page(5, 100)).toEqual([[5], null])
    expect(page(8, 100)).toEqual([[], null])
  })

  test('are found by a part of their name, all of them', () => {
    const { id } = readyTask(store, 12)
    expect(store.frames.indicesNamed(id, '1')).toEqual([1, 10, 11])
    expect(store.frames.indicesNamed(id, '%')).toEqual([])
  })

  test('deleted ones are not in what loss reports count', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    hand.draw({ frame: 1 })
    hand.draw({ frame: 2 })
    const after = { deleted: true, checked: false }
    hand.apply([{ kind: 'frame', frame: 1, before: { ...after, deleted: false }, after }])
    expect(store.annotations.census(id).shapes).toEqual({ rectangle: 1 })
    expect(store.tasks.get(id).objectCount).toBe(2)
  })

  test('a list that was set before is replaced whole', () => {
    const { id } = readyTask(store, 12_000)
    store.frames.setAll(id, [{ kind: 'zip', path: '/b.zip' }], scanned(2), 2)
    expect(store.frames.list(id, 0, 99)).toHaveLength(2)
    expect(store.tasks.get(id)).toMatchObject({ size: 2, jobCount: 1 })
  })
})

describe('annotations', () => {
  test('every kind comes back as it went in, to the last bit', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const [car, , arm] = store.labels.ofTask(id)
    const specId = car?.attributes[0]?.id
    if (!car || !arm || !specId) throw new Error('no label')
    const attributes = [{ specId, value: 'blue' }]
    const keyframe = {
      frame: 1,
      points: [0, 0, 1, 1],
      rotation: 5,
      occluded: true,
      outside: false,
      zOrder: 2,
      attributes,
      elements: [],
    }
    const elements = arm.sublabels.map((joint) => ({
      labelId: joint.id,
      points: [0.1, 1e-300],
      occluded: true,
      outside: false,
      attributes: [],
    }))
    const made: Annotation[] = [
      hand.make({
        frame: 1,
        points: [0.1 + 0.2, -5e-324, 1e7, 4],
        rotation: 359.5,
        occluded: true,
        score: 0.25,
        attributes,
        group: 3,
        zOrder: -1,
      }),
      { ...pickTag(hand.make({ frame: 1 })), kind: 'tag' },
      {
        ...pickTag(hand.make({ frame: 1 })),
        kind: 'track',
        type: 'rectangle',
        keyframes: [keyframe, { ...keyframe, frame: 4, outside: true }],
      },
      {
        ...pickTag(hand.make({ frame: 1, labelId: arm.id })),
        kind: 'track',
        type: 'skeleton',
        keyframes: [{ ...keyframe, attributes: [], points: [], elements }],
      },
      hand.make({ frame: 1, zOrder: 1, labelId: arm.id, type: 'skeleton', points: [], elements }),
      hand.make({
        ...{ frame: 1, zOrder: 2, type: 'mask', source: 'file' },
        points: [1, 2, 1, 0, 0, 1, 1],
      }),
    ]
    hand.apply(made.map((after) => ({ kind: 'create', after })))
    reopen()
    expect(store.annotations.ofFrame(id, 1)).toEqual(made)
    expect(store.annotations.ofFrame(id, 2)).toEqual([made[2], made[3]])
    expect(store.annotations.ofFrame(id, 0)).toEqual([])
    expect(all(id)).toEqual(made.filter(({ kind }) => kind !== 'track'))
    expect(store.annotations.census(id)).toEqual({
      tags: 1,
      tracks: 2,
      // The tracks are seen on three and on nine of the ten frames.
      shapes: { rectangle: 1 + 3, skeleton: 1 + 9, mask: 1 },
      trackShapes: { rectangle: 3, skeleton: 9 },
      rotatedRectangles: 1 + 3,
      grouped: 1,
      layered: 3 + 3 + 9,
      occluded: 1 + 3 + 9,
      attributed: 1 + 3,
      scored: 1,
      // All but the mask.
      sourced: 1 + 1 + 1 + 3 + 9,
      sourcedTags: 1,
      turnedFrames: 0,
    })
    // Of what a format keeps, and leaves the rest out whole: only its own types have more to lose.
    expect(store.annotations.census(id, undefined, ['skeleton'])).toMatchObject({
      ...{ tags: 1, tracks: 1, shapes: { rectangle: 1 + 3, skeleton: 1 + 9, mask: 1 } },
      ...{ grouped: 0, occluded: 9, attributed: 0, scored: 0, layered: 1 + 9, sourced: 1 + 9 },
    })
    const ofTags = { tags: 1, tracks: 0, attributed: 0, layered: 0 }
    expect(store.annotations.census(id, undefined, ['tag'])).toMatchObject(ofTags)
    // Of a part: on frames 2 to 4 the first track is seen twice, the second three times.
    expect(store.annotations.census(id, { start: 2, stop: 4 })).toMatchObject({
      ...{ tags: 0, tracks: 2, shapes: { rectangle: 2, skeleton: 3 }, scored: 0 },
    })
    expect(store.annotations.census(id, { start: 5, stop: 6 })).toMatchObject({
      ...{ tracks: 1, shapes: { skeleton: 2 }, layered: 2 },
    })
  })

  test('are counted by object and by frame through draw, move to another frame, delete, undo and redo', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const counts = () => {
      const { objectCount, annotatedFrameCount } = store.tasks.get(id)
      return [objectCount, annotatedFrameCount]
    }
    const a = hand.draw({ frame: 3 })
    hand.draw({ frame: 3 })
    expect(counts()).toEqual([2, 1])
    const moved = hand.change(a, { frame: 5 })
    expect(counts()).toEqual([2, 2])
    hand.remove(moved)
    expect(counts()).toEqual([1, 1])
    store.annotations.undo(id)
    store.annotations.undo(id)
    expect(counts()).toEqual([2, 1])
    store.annotations.redo(id)
    expect(counts()).toEqual([2, 2])
    expect(store.annotations.count(id)).toBe(2)
  })

  test('the next annotated frame, both ways', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    for (const frame of [2, 5]) hand.draw({ frame })
    const search = (from: number, direction: 'forward' | 'backward') =>
      store.annotations.searchFrame(id, from, direction)
    expect([search(-1, 'forward'), search(2, 'forward'), search(5, 'forward')]).toEqual([
      2,
      5,
      null,
    ])
    expect([search(9, 'backward'), search(5, 'backward'), search(2, 'backward')]).toEqual([
      5,
      2,
      null,
    ])
  })

  test('reserved ids are never given twice, over restarts', () => {
    const first = store.annotations.reserveIds(10)
    reopen()
    expect(store.annotations.reserveIds(1).first).toBe(first.first + 10)
  })
})

describe('a step', () => {
  test('twice under one id is one change, answered the same', () => {
    const { id } = readyTask(store)
    const step = stepOf([{ kind: 'create', after: createHand(store, id).make() }])
    const first = store.annotations.apply(id, 0, 'same', step)
    expect(store.annotations.apply(id, 0, 'same', step)).toEqual(first)
    expect(store.tasks.get(id)).toMatchObject({ revision: 1, objectCount: 1 })
  })

  test('that would be shown on a frame there is none of is refused', () => {
    const { id, revision } = readyTask(store)
    const step = stepOf([{ kind: 'create', after: createHand(store, id).make() }])
    const apply = () => store.annotations.apply(id, 0, 'far', { ...step, frame: 10 })
    expect(apply).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(store.tasks.get(id)).toMatchObject({ revision, objectCount: 0 })
  })

  test('on an old revision is fine where nothing it touches changed, refused where something did', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const [a, b] = [hand.draw(), hand.draw()]
    const base = store.tasks.get(id).revision
    hand.change(a, { zOrder: 1 })
    hand.apply([{ kind: 'update', before: b, after: { ...b, zOrder: 9 } }], base)
    expect(() =>
      hand.apply([{ kind: 'update', before: a, after: { ...a, zOrder: 2 } }], base),
    ).toThrow(expect.objectContaining({ code: 'REVISION_CONFLICT' }))
    hand.remove({ ...a, zOrder: 1 })
    expect(() => hand.remove(a)).toThrow(expect.objectContaining({ code: 'REVISION_CONFLICT' }))
  })

  test('on an old revision is fine when what it saw is what is there', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const a = hand.draw()
    const moved = { ...a, zOrder: 1 }
    hand.apply([{ kind: 'update', before: a, after: moved }], 1)
    hand.apply([{ kind: 'update', before: moved, after: { ...a, zOrder: 2 } }], 1)
    expect(all(id)).toMatchObject([{ zOrder: 2 }])
  })

  test('may touch one annotation several times', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const a = hand.make()
    hand.apply([
      { kind: 'create', after: a },
      { kind: 'update', before: a, after: { ...a, frame: 4 } },
      { kind: 'delete', before: { ...a, frame: 4 } },
    ])
    expect(store.tasks.get(id)).toMatchObject({ objectCount: 0, annotatedFrameCount: 0 })
    store.annotations.undo(id)
    expect(store.tasks.get(id)).toMatchObject({ objectCount: 0, annotatedFrameCount: 0 })
  })

  const armOf = (...joints: [label: number, points: number[]][]) => ({
    ...{ labelId: 3 as LabelId, type: 'skeleton' as const, points: [] },
    elements: joints.map(([labelId, points]) => ({
      ...{ labelId: labelId as LabelId, points },
      ...{ occluded: false, outside: false, attributes: [] },
    })),
  })
  const bad: [string, Partial<Shape>, RegExp][] = [
    ['a label of nobody', { labelId: 999 as LabelId }, /label 999/],
    ['a joint as a label', { labelId: 4 as LabelId }, /label 4/],
    ['a frame behind the last', { frame: 10 }, /frame 10 is outside/],
    ['NaN', { points: [0, Number.NaN, 1, 1] }, /finite/],
    ['Infinity', { points: [0, 0, Number.POSITIVE_INFINITY, 1] }, /finite/],
    ['a place no picture reaches', { points: [0, 0, 1e15, 1] }, /further away/],
    ['a rectangle of 3 numbers', { points: [1, 2, 3] }, /4 numbers/],
    ['a polygon of 2 points', { type: 'polygon', points: [1, 2, 3, 4] }, /3 points/],
    ['a polyline of 1 point', { type: 'polyline', points: [1, 2] }, /2 points/],
    ['half a point', { type: 'points', points: [1, 2, 3] }, /1 point/],
    ['a cuboid of 8 numbers', { type: 'cuboid', points: [1, 2, 3, 4, 5, 6, 7, 8] }, /16 numbers/],
    ['a mask that overflows its box', { type: 'mask', points: [0, 5, 0, 0, 1, 1] }, /add up to 5/],
    [
      'a skeleton without joints',
      { labelId: 3 as LabelId, type: 'skeleton', points: [] },
      /without joints/,
    ],
    ['one joint twice', armOf([4, [1, 2]], [4, [3, 4]]), /two joints of the label 4/],
    ["another label's joint", armOf([1, [1, 2]]), /label 1 is no joint/],
    ['a joint of two points', armOf([4, [1, 2, 3, 4]]), /one point/],
    ['a rotation that is no number', { rotation: Number.NaN }, /rotation/],
    ['an attribute of nobody', { attributes: [{ specId: 9 as never, value: 'x' }] }, /attribute 9/],
    [
      'an attribute twice',
      {
        attributes: [
          { specId: 1 as never, value: 'x' },
          { specId: 1 as never, value: 'y' },
        ],
      },
      /two values/,
    ],
    ['an id that was never reserved', { id: 500 as AnnotationId }, /never reserved/],
  ]
  test.each(bad)('with %s is refused whole', (_name, fields, problem) => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const operations = [hand.make(), hand.make(fields)].map((after) => ({
      kind: 'create' as const,
      after,
    }))
    expect(() => hand.apply(operations)).toThrow(
      expect.objectContaining({
        code: 'ANNOTATION_INVALID',
        message: expect.stringMatching(problem),
      }),
    )
    expect(store.tasks.get(id)).toMatchObject({ revision: 0, objectCount: 0 })
    expect(store.annotations.history(id, undefined, 10)).toEqual([])
  })

  test('cannot take an id that another annotation has', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const a = hand.draw()
    expect(() => hand.apply([{ kind: 'create', after: a }])).toThrow(/taken/)
  })
})

describe('undo and redo', () => {
  test('go all the way back and forth, over a restart', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const states: Annotation[][] = [all(id)]
    const a = hand.draw({ frame: 1 })
    states.push(all(id))
    const b = hand.change(a, { points: [1, 2, 3, 4], frame: 2 })
    states.push(all(id))
    hand.draw({ zOrder: 5 })
    states.push(all(id))
    hand.remove(b)
    states.push(all(id))
    reopen()
    for (const state of states.slice(0, -1).reverse()) {
      store.annotations.undo(id)
      expect(all(id)).toEqual(state)
    }
    expect(() => store.annotations.undo(id)).toThrow(/nothing to undo/)
    reopen()
    for (const state of states.slice(1)) {
      store.annotations.redo(id)
      expect(all(id)).toEqual(state)
    }
    expect(() => store.annotations.redo(id)).toThrow(/nothing to redo/)
  })

  test('answer the operations that were carried out', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const a = hand.draw()
    expect(store.annotations.undo(id)).toMatchObject({
      revision: 2,
      entry: { undone: true },
      operations: [{ kind: 'delete', before: a }],
    })
    expect(store.annotations.redo(id)).toMatchObject({
      revision: 3,
      entry: { undone: false },
      operations: [{ kind: 'create', after: a }],
    })
  })

  test('a new step drops what was undone', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    hand.draw()
    hand.draw()
    store.annotations.undo(id)
    hand.draw()
    expect(store.annotations.history(id, undefined, 10).map((entry) => entry.undone)).toEqual([
      false,
      false,
    ])
    expect(() => store.annotations.redo(id)).toThrow(/nothing to redo/)
  })

  test('the history pages backwards from any entry', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    for (let i = 0; i < 5; i += 1) hand.draw()
    const [newest, next] = store.annotations.history(id, undefined, 2)
    expect(newest?.id).toBeGreaterThan(next?.id ?? 0)
    expect(store.annotations.history(id, next?.id, 10)).toHaveLength(3)
  })
})

describe('a batch', () => {
  const request = (id: TaskId) => store.requests.create('import-dataset', id, 'Import', {}).id
  const some = (count: number, fields: Partial<Shape> = {}) =>
    Array.from({ length: count }, (_, index) =>
      withoutId(rectangle({ labelId: 1 as LabelId, frame: index % 10, ...fields })),
    )

  test('shows nothing until it is committed, and nothing after abort', async () => {
    const { id } = readyTask(store)
    const kept = createHand(store, id).draw()
    const batch = store.annotations.beginBatch(id, request(id))
    batch.add(some(9000))
    expect(all(id)).toEqual([kept])
    expect(store.annotations.searchFrame(id, 0, 'forward')).toBeNull()
    expect(store.annotations.census(id).shapes).toEqual({ rectangle: 1 })
    batch.abort()
    expect(countRows('annotation')).toBe(1)
    expect(store.tasks.get(id)).toMatchObject({ objectCount: 1, revision: 1 })
  })

  test.each([
    ['add', 21, 0],
    ['replace', 20, 1],
  ] as const)('committed with %s', (mode, objectCount, replaced) => {
    const { id } = readyTask(store)
    createHand(store, id).draw()
    const before = all(id)
    const batch = store.annotations.beginBatch(id, request(id))
    batch.add(some(15))
    batch.add(some(5))
    expect(batch.commit(mode, 'COCO 1.0')).toEqual({ revision: 2, added: 20, replaced })
    expect(store.tasks.get(id)).toMatchObject({ objectCount, annotatedFrameCount: 10, revision: 2 })
    const after = all(id)
    expect(after).toHaveLength(objectCount)
    expect(store.annotations.history(id, undefined, 1)).toMatchObject([
      { title: { key: 'import', count: 20, label: 'COCO 1.0' } },
    ])
    reopen()
    expect(store.annotations.undo(id)).toMatchObject({
      revision: 3,
      operations: [],
      entry: { undone: true },
    })
    expect(all(id)).toEqual(before)
    expect(store.tasks.get(id)).toMatchObject({ objectCount: 1, annotatedFrameCount: 1 })
    store.annotations.redo(id)
    expect(all(id)).toEqual(after)
    expect(store.tasks.get(id)).toMatchObject({ objectCount, annotatedFrameCount: 10 })
  })

  test('undone with edits on top of it takes everything back in order', () => {
    const { id } = readyTask(store)
    const hand = createHand(store, id)
    const old = hand.draw({ frame: 0 })
    const batch = store.annotations.beginBatch(id, request(id))
    batch.add(some(3, { frame: 1 }))
    batch.commit('add', 'x')
    const [imported] = store.annotations.ofFrame(id, 1) as Shape[]
    if (!imported) throw new Error('nothing imported')
    hand.remove(old)
    hand.change(imported, { zOrder: 4 })
    hand.draw({ frame: 2 })
    const end = all(id)
    for (let i = 0; i < 4; i += 1) store.annotations.undo(id)
    expect(all(id)).toEqual([old])
    for (let i = 0; i < 4; i += 1) store.annotations.redo(id)
    expect(all(id)).toEqual(end)
  })

  test('that can no longer be redone is purged', async () => {
    const { id } = readyTask(store)
    const batch = store.annotations.beginBatch(id, request(id))
    batch.add(some(5000))
    batch.commit('replace', 'x')
    store.annotations.undo(id)
    expect(countRows('annotation')).toBe(5000)
    createHand(store, id).draw()
    await expect.poll(() => countRows('annotation')).toBe(1)
  })

  test('left by a crash is swept', async () => {
    const { id } = readyTask(store)
    store.annotations.beginBatch(id, request(id)).add(some(5000))
    reopen()
    store.sweep()
    expect(all(id)).toEqual([])
    await expect.poll(() => countRows('annotation')).toBe(0)
  })

  test('of a request that had committed already shows nothing twice', () => {
    const { id } = readyTask(store)
    const requestId = request(id)
    const run = () => {
      const batch = store.annotations.beginBatch(id, requestId)
      batch.add(some(7))
      return batch.commit('add', 'x')
    }
    expect(run()).toEqual(run())
    expect(store.tasks.get(id)).toMatchObject({ objectCount: 7, revision: 1 })
    expect(all(id)).toHaveLength(7)
  })

  test('with one bad annotation is refused by its place', () => {
    const { id } = readyTask(store)
    const batch = store.annotations.beginBatch(id, request(id))
    expect(() => batch.add([...some(2), ...some(1, { frame: 77 })])).toThrow(
      /Annotation 3 on frame 77/,
    )
  })

  test('another connection imports while this one draws', () => {
    const { id } = readyTask(store)
    const worker = openStore(path, { migrate: false })
    const hand = createHand(store, id)
    const batch = worker.annotations.beginBatch(id, request(id))
    batch.add(some(5000))
    hand.draw()
    batch.add(some(5000))
    batch.commit('add', 'x')
    hand.draw()
    worker.close()
    expect(store.annotations.count(id)).toBe(10_002)
  })
})

test('what is exported is one snapshot, whatever is drawn meanwhile', () => {
  const { id } = readyTask(store)
  const hand = createHand(store, id)
  for (const frame of [1, 2, 3]) hand.draw({ frame })
  const frames: number[] = []
  for (const { frame } of store.annotations.byFrame(id)) {
    hand.draw({ frame: 9 })
    frames.push(frame)
  }
  expect(frames).toEqual([1, 2, 3])
})

describe('requests', () => {
  test('are stored with their params and go through their states', () => {
    const created = store.requests.create('scan', 3 as TaskId, 'Listing', { a: [1] })
    expect(created).toMatchObject({
      state: 'queued',
      progress: null,
      attempts: 0,
      finishedAt: null,
      taskId: 3,
    })
    expect(store.requests.params(created.id)).toEqual({ a: [1] })
    expect(store.requests.nextQueued(['export-dataset'])).toBeNull()
    expect(store.requests.nextQueued(['scan', 'index'])).toEqual(created)
    store.requests.update(created.id, { state: 'started', progress: 0.5, message: 'half' })
    const done = store.requests.update(created.id, { state: 'finished', result: { size: 3 } })
    expect(done).toMatchObject({
      state: 'finished',
      progress: 0.5,
      result: { size: 3 },
      finishedAt: expect.any(String),
    })
    expect(store.requests.list(1)).toEqual([done])
    expect(() => store.requests.get(99 as RequestId)).toThrow(/no request/)
  })

  test('started at a crash are queued again and counted', () => {
    const [a, b] = ['a', 'b'].map((title) => store.requests.create('scan', null, title, {}))
    store.requests.update(a?.id as RequestId, { state: 'started' })
    reopen()
    expect(store.requests.recover()).toMatchObject([
      { id: a?.id, state: 'queued', attempts: 1 },
      { id: b?.id, state: 'queued', attempts: 0 },
    ])
  })

  test('an error is stored, and forgotten on a retry', () => {
    const { id } = store.requests.create('scan', null, 'x', {})
    const error = { code: 'X', message: 'm', remedy: 'r' }
    expect(store.requests.update(id, { state: 'failed', error }).error).toEqual(error)
    expect(store.requests.update(id, { state: 'queued', error: null })).toMatchObject({
      error: null,
      finishedAt: null,
    })
  })
})

test('settings are merged', () => {
  store.settings.merge({ theme: 'dark', grid: { size: 3 } })
  expect(store.settings.merge({ theme: null })).toEqual({ theme: null, grid: { size: 3 } })
  reopen()
  expect(store.settings.all()).toEqual({ theme: null, grid: { size: 3 } })
})

function pickTag({ id, frame, labelId, group, source, attributes }: Shape) {
  return { id, frame, labelId, group, source, attributes }
}

function countRows(table: string): number {
  const db = connect(path, { readonly: true })
  const { count } = db
    .prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${table}`)
    .get() ?? { count: -1 }
  db.close()
  return count
}
