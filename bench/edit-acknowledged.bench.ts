/**
 * An edit acknowledged by SQLite: budget p95 <= 5 ms, on a task of a million shapes. The floor is what this disk gives
 * anyone: a bare INSERT and COMMIT of the same bytes into a table without an index, `synchronous` FULL as the store's,
 * and NORMAL to see what durability costs (docs/adr/0006). Samples are interleaved, so that all see the same disk.
 */
import { rmSync } from 'node:fs'
import { connect } from '#main/store/connection.ts'
import { createHand } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { fillDatabase } from './million-shapes.ts'
import { ms, quantile, report, timed } from './samples.ts'

const SHAPES = 1_000_000
const FRAMES = 10_000
const ROUNDS = 500

const { dir, path, taskId } = fillDatabase(SHAPES, FRAMES)
const store = openStore(path)
const hand = createHand(store, taskId)
const floor = bareInsert('FULL')
const relaxed = bareInsert('NORMAL')
const samples = {
  draw: [] as number[],
  move: [] as number[],
  delete: [] as number[],
  undo: [] as number[],
  floor: [] as number[],
  relaxed: [] as number[],
}

for (let round = 0; round < ROUNDS; round += 1) {
  const frame = (round * 7919) % FRAMES
  let shape: Shape = hand.make({
    frame,
    type: 'polygon',
    points: Array.from({ length: 40 }, (_, i) => i * 1.1 + round),
  })
  samples.floor.push(timed(floor.insert))
  samples.draw.push(timed(() => hand.apply([{ kind: 'create', after: shape }])))
  samples.move.push(
    timed(() => {
      shape = hand.change(shape, { points: shape.points.map((p) => p + 1) })
    }),
  )
  samples.undo.push(timed(() => store.annotations.undo(taskId)))
  samples.relaxed.push(timed(relaxed.insert))
  store.annotations.redo(taskId)
  samples.delete.push(timed(() => hand.remove(shape)))
}
if (store.annotations.count(taskId) !== SHAPES) throw new Error('the bench lost or made a shape')

const row = (name: string, times: readonly number[]) => [
  name,
  ms(quantile(times, 0.5)),
  ms(quantile(times, 0.95)),
  ms(Math.max(...times)),
]
report([
  [
    `edit acknowledged, task of ${SHAPES.toLocaleString('en')} shapes, ${ROUNDS} rounds, ms`,
    'p50',
    'p95',
    'max',
  ],
  row('draw a polygon of 20 points', samples.draw),
  row('move it', samples.move),
  row('undo', samples.undo),
  row('delete it', samples.delete),
  row('floor: bare INSERT + COMMIT, synchronous FULL', samples.floor),
  row('floor: bare INSERT + COMMIT, synchronous NORMAL', samples.relaxed),
])
store.close()
floor.close()
relaxed.close()
rmSync(dir, { recursive: true })

function bareInsert(synchronous: string) {
  const db = connect(`${path}-${synchronous}`)
  db.pragma(`synchronous = ${synchronous}`)
  db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, value BLOB) STRICT')
  const insert = db.prepare('INSERT INTO bare (value) VALUES (?)')
  const value = new Uint8Array(40 * 8)
  return { insert: () => void insert.run(value), close: () => db.close() }
}
