/**
 * Tracks by the thousand keyframes. Frame change: what the page does for it, where 50 tracks are on 10,000 frames; budget
 * 16 ms with everything else, beside reading the same frame from the core with its tracks, as it was before the page held
 * them. Edit: one keyframe of a track of 10,000, from the gesture to the transaction. Memory: of all tracks held.
 */
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import { TrackShelf, withTracks } from '#renderer/state/track-shelf.ts'
import type { Keyframe, Shape, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import { packedStep, sentStepSchema } from '#shared/operations/track-edit.ts'
import { between } from '#shared/tracks/interpolate.ts'
import { shapeOn, withShapeOn } from '#shared/tracks/on-frame.ts'
import { ms, quantile, report, timed } from './samples.ts'

const FRAMES = 10_000
const TRACKS = 50
const ROUNDS = 400
const frameOf = (round: number) => (round * 7919) % FRAMES

const store = openStore(newDatabasePath())
const rows: string[][] = [
  [`${TRACKS} tracks on ${FRAMES.toLocaleString('en')} frames, ms`, 'p50', 'p95', 'max'],
]
const row = (name: string, times: readonly number[]) =>
  rows.push([name, ms(quantile(times, 0.5)), ms(quantile(times, 0.95)), ms(Math.max(...times))])

for (const keyframes of [200, 10_000]) {
  const taskId = readyTask(store, FRAMES).id
  draw(taskId, keyframes)
  const name = `${keyframes.toLocaleString('en')} keyframes each`
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const shelf = await held(taskId)
  globalThis.gc?.()
  const kept = (process.memoryUsage().heapUsed - before) / 2 ** 20
  let seen = 0
  const times = rounds((round) => {
    const own = store.annotations.ofFrame(taskId, frameOf(round), 'omit')
    for (const one of withTracks(own, shelf.on(frameOf(round))))
      seen += shapeOn(one, frameOf(round)) ? 1 : 0
  })
  if (seen !== TRACKS * ROUNDS) throw new Error(`${seen} shapes were seen`)
  row(`a new frame, ${name}`, times)
  row(
    `its tracks read with it, ${name}`,
    rounds(
      (round) => void store.annotations.ofFrame(taskId, frameOf(round)),
      keyframes > 1000 ? 3 : 20,
    ),
  )
  rows.push([`all tracks held, ${name}, MiB of heap`, kept.toFixed(0), '', ''])
}
edits()
curves()
report(rows)
store.close()
removeDatabases()

function rounds(run: (round: number) => void, count = ROUNDS): number[] {
  return Array.from({ length: count }, (_, round) => timed(() => run(round)))
}

function draw(taskId: TaskId, count: number): void {
  const hand = createHand(store, taskId, `hand-${count}`)
  const step = FRAMES / count
  for (let at = 0; at < TRACKS; at += 1) {
    const { id, labelId } = hand.make()
    hand.apply([{ kind: 'create', after: track(id, labelId, count, step) }])
  }
}

function track(id: AnnotationId, labelId: Shape['labelId'], count: number, step: number): Track {
  const keyframes = Array.from(
    { length: count },
    (_, at): Keyframe => ({
      ...{ frame: at * step, points: [at % 500, 5, (at % 500) + 60, 45], rotation: 0 },
      ...{ occluded: false, outside: false, zOrder: 0, attributes: [], elements: [] },
    }),
  )
  return {
    ...{ kind: 'track', id, labelId, group: 0, source: 'manual', attributes: [], frame: 0 },
    ...{ type: 'rectangle', keyframes },
  }
}

async function held(taskId: TaskId): Promise<TrackShelf> {
  const shelf = new TrackShelf({
    fetch: async (after) => store.annotations.trackPage(taskId, after),
    pending: () => [],
  })
  await shelf.ready()
  return shelf
}

/** One keyframe of 10,000 is moved. On the page nothing else happens before it is seen. */
function edits(): void {
  const taskId = readyTask(store, FRAMES).id
  const hand = createHand(store, taskId, 'editor')
  const { id, labelId } = hand.make()
  let now = track(id, labelId, 10_000, 1)
  hand.apply([{ kind: 'create', after: now }])
  const [page, wire, check, saved, undone]: number[][] = [[], [], [], [], []]
  for (let round = 0; round < 60; round += 1) {
    const before = now
    page?.push(
      timed(() => {
        const shape = shapeOn(before, frameOf(round))
        if (shape)
          now = withShapeOn(before, shape.frame, { ...shape, points: [round, 1, 70, 70] }) as Track
      }),
    )
    const operations = [{ kind: 'update' as const, before, after: now }]
    const step = { title: { key: 'move', count: 1 }, frame: 0, operations }
    let text = ''
    wire?.push(timed(() => (text = JSON.stringify(packedStep(step)))))
    const revision = store.tasks.get(taskId).revision
    let sent = packedStep(step)
    check?.push(timed(() => (sent = sentStepSchema.parse(JSON.parse(text)))))
    saved?.push(timed(() => store.annotations.apply(taskId, revision, `move-${round}`, sent)))
    undone?.push(timed(() => store.annotations.undo(taskId)))
    store.annotations.redo(taskId)
  }
  row('one keyframe of 10,000 moved: on screen', page ?? [])
  row('what changed, as text for the core', wire ?? [])
  row('read and checked', check ?? [])
  row('stored', saved ?? [])
  row('undone', undone ?? [])
}

function curves(): void {
  const ring = (count: number, size: number) =>
    Array.from({ length: count }, (_, at) => [
      size * Math.cos((2 * Math.PI * at) / count),
      size * Math.sin((2 * Math.PI * at) / count),
    ]).flat()
  const [a, b] = [ring(100, 50), ring(130, 80)]
  let points = 0
  const times = rounds(() => {
    for (let at = 0; at < TRACKS; at += 1) points += between('polygon', a, b, at / TRACKS).length
  })
  if (points === 0) throw new Error('nothing was interpolated')
  row(`${TRACKS} polygons of 100 and 130 points between two keyframes`, times)
}
