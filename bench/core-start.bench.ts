/**
 * The store ready after start, on a database of a million shapes: budget of the whole core 0.5 s. The floor is SQLite
 * itself: opening the same file and reading one row. Each sample is a process of its own, because a second opening in
 * one process finds everything loaded; the time is counted inside, from before the first import of ours.
 */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fillDatabase } from './million-shapes.ts'
import { ms, quantile, report } from './samples.ts'

const SHAPES = 1_000_000
const FRAMES = 10_000
const ROUNDS = 15

const STORE = `
  const start = performance.now()
  const { openStore } = await import('#main/store/index.ts')
  const loaded = performance.now()
  const store = openStore(process.argv[1])
  store.sweep()
  const [task] = store.tasks.list()
  const open = performance.now()
  store.annotations.ofFrame(task.id, 5000)
  console.log(JSON.stringify([open - start, open - loaded, performance.now() - open]))`
const BARE = `
  const start = performance.now()
  const { default: Database } = await import('better-sqlite3')
  const loaded = performance.now()
  const db = new Database(process.argv[1])
  db.prepare('SELECT * FROM task').all()
  console.log(JSON.stringify([performance.now() - start, performance.now() - loaded, 0]))`

const { dir, path } = fillDatabase(SHAPES, FRAMES)
const ours: number[][] = []
const bare: number[][] = []
for (let round = 0; round < ROUNDS; round += 1) {
  ours.push(sample(STORE))
  bare.push(sample(BARE))
}
const row = (name: string, samples: readonly number[][], column: number) => {
  const times = samples.map((sample) => sample[column] ?? Number.NaN)
  return [name, ms(quantile(times, 0.5)), ms(quantile(times, 0.95))]
}
report([
  [`store ready, ${SHAPES.toLocaleString('en')} shapes, ${ROUNDS} processes, ms`, 'p50', 'p95'],
  row('import, open, sweep, list tasks', ours, 0),
  row('  of it after the import', ours, 1),
  row('then the first frame (100 polygons)', ours, 2),
  row('floor: import better-sqlite3, open, read the task', bare, 0),
  row('  of it after the import', bare, 1),
])
rmSync(dir, { recursive: true })

function sample(code: string): number[] {
  const out = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', code, path], {
    encoding: 'utf8',
  })
  return JSON.parse(out) as number[]
}
