import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { NewAnnotation, Store } from '../core/ports.ts'
import { newDatabasePath, readyTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

let store: Store
const FRAMES = 5000

beforeEach(() => {
  store = openStore(newDatabasePath())
})
afterAll(removeDatabases)

const place = { rotation: 0, occluded: false, outside: false, zOrder: 1, elements: [] }

function newTrack(labelId: Track['labelId'], frames: number[]): Omit<Track, 'id'> {
  const keyframes = frames.map(
    (frame): Keyframe => ({ ...place, frame, points: [frame, 0.1, frame + 5, 4], attributes: [] }),
  )
  const common = { group: 2, source: 'file' as const, attributes: [], type: 'rectangle' as const }
  return { kind: 'track', labelId, frame: frames[0] ?? 0, keyframes, ...common }
}

function begin(id: TaskId) {
  const { id: requestId } = store.requests.create('import-dataset', id, 'Import', {})
  return store.annotations.beginBatch(id, requestId)
}

test('tracks arrive with all their keyframes, as one step that is undone and redone', () => {
  const { id } = readyTask(store, FRAMES)
  const [label] = store.labels.ofTask(id)
  if (!label) throw new Error('the task has labels')
  const every = Array.from({ length: FRAMES }, (_, frame) => frame)
  const made = [newTrack(label.id, every), newTrack(label.id, [3, 7]), newTrack(label.id, [4000])]
  const batch = begin(id)
  batch.add(made)
  expect(store.annotations.tracks(id)).toEqual([])
  expect(batch.commit('add', 'CVAT for video 1.1')).toMatchObject({ added: 3 })
  const tracks = () => store.annotations.trackPage(id, 0).tracks.map(({ id: _, ...rest }) => rest)
  // 5,000 keyframes fill no page, so all three come at once, in the order of the file.
  expect(tracks()).toEqual(made)
  expect(store.annotations.census(id)).toMatchObject({
    tracks: 3,
    trackShapes: { rectangle: FRAMES + (FRAMES - 3) + (FRAMES - 4000) },
  })
  store.annotations.undo(id)
  expect(tracks()).toEqual([])
  store.annotations.redo(id)
  expect(tracks()).toEqual(made)
})

test('shapes of any number and size keep every number', () => {
  const { id } = readyTask(store, FRAMES)
  const [label] = store.labels.ofTask(id)
  if (!label) throw new Error('the task has labels')
  const sizes = [...Array.from({ length: 67 }, (_, at) => 3 + at), 5000, 3, 256, 257]
  const made = sizes.map((corners, at): NewAnnotation => {
    const points = Array.from({ length: 2 * corners }, (_, i) => at + i * 0.1)
    const common = { group: 0, source: 'file' as const, attributes: [], elements: [] }
    const place = { rotation: 0, occluded: false, zOrder: 0, score: null }
    return {
      ...{ kind: 'shape', type: 'polygon', labelId: label.id, frame: at, points },
      ...common,
      ...place,
    }
  })
  const batch = begin(id)
  batch.add(made)
  batch.commit('add', 'CVAT for images 1.1')
  const { annotations } = store.annotations.page(id, 0, made.length + 1)
  expect(annotations.map(({ id: _, ...rest }) => rest)).toEqual(made)
})

test.each<[string, (track: Omit<Track, 'id'>) => NewAnnotation]>([
  ['a keyframe beyond the task', (track) => newTrack(track.labelId, [1, FRAMES])],
  ['keyframes out of order', (track) => newTrack(track.labelId, [4, 2])],
  ['a track without keyframes', (track) => ({ ...track, keyframes: [] })],
])('%s is refused and leaves nothing', (_name, broken) => {
  const { id } = readyTask(store, FRAMES)
  const [label] = store.labels.ofTask(id)
  if (!label) throw new Error('the task has labels')
  const batch = begin(id)
  const good = newTrack(label.id, [1, 2])
  expect(() => batch.add([good, broken(good)])).toThrow('Annotation 2')
  batch.abort()
  expect(store.annotations.tracks(id)).toEqual([])
})
