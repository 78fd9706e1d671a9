/**
 * Right pressed with a filter on a task of a million shapes. The worst case is a filter that nothing matches: every shape
 * is looked at. What a person feels besides is how long a key of theirs may wait meanwhile, so the longest stretch in
 * which the core answered nobody is told as well. The floor is SQLite alone reading the same rows.
 */
import { rmSync } from 'node:fs'
import type { Deps } from '#main/core/usecase.ts'
import { queryAnnotations } from '#main/core/usecases/search/query-annotations.ts'
import { searchMatching } from '#main/core/usecases/search/search-frames.ts'
import { connect } from '#main/store/connection.ts'
import { openStore } from '#main/store/index.ts'
import { fillDatabase } from './million-shapes.ts'
import { ms, quantile, report } from './samples.ts'

const SHAPES = 1_000_000
const FRAMES = 10_000
const ROUNDS = 5

const { dir, path, taskId } = fillDatabase(SHAPES, FRAMES)
const store = openStore(path)
const deps = { store } as Deps

const filters: readonly (readonly [name: string, filter: string])[] = [
  ['matches the next frame', 'label == "car"'],
  ['label alone, nothing matches', 'label == "person"'],
  ['width and label, nothing matches', 'label == "car" and width > 5000'],
  ['area of polygons, nothing matches', 'area > 1000000 or points > 50'],
]
const rows = [
  [
    `search by filter, ${SHAPES.toLocaleString('en')} shapes on ${FRAMES.toLocaleString('en')} frames, ms`,
    'p50',
    'max',
    'longest wait',
  ],
]
for (const [name, filter] of filters) rows.push(await measured(name, () => search(filter)))
rows.push(
  await measured('query all, page by page', async () => {
    let count = 0
    for (let from: number | null = 0; from !== null; ) {
      const page: Awaited<ReturnType<typeof queryAnnotations>> = await queryAnnotations(deps, {
        taskId,
        filter: 'width > 10',
        from,
        limit: 1000,
      })
      for (const { annotations } of page.frames) count += annotations.length
      from = page.next
    }
    if (count !== SHAPES) throw new Error(`the query found ${count}`)
  }),
)
rows.push(await measured('floor: SQLite alone steps through the rows', async () => readRows()))
report(rows)
store.close()
rmSync(dir, { recursive: true })

async function search(filter: string): Promise<void> {
  const found = await searchMatching(deps, {
    taskId,
    filter,
    from: 0,
    direction: 'forward',
    deleted: 'skip',
  })
  if (found.frame === null) throw new Error('the search fell back to nothing')
}

function readRows(): void {
  const db = connect(path, { readonly: true })
  let count = 0
  for (const _ of db.prepare('SELECT * FROM annotation ORDER BY frame').iterate()) count += 1
  db.close()
  if (count !== SHAPES) throw new Error(`the floor read ${count}`)
}

/** Time of a run, and the longest that a timer due every millisecond was kept waiting. */
async function measured(name: string, run: () => Promise<void>): Promise<string[]> {
  const times: number[] = []
  let longest = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }, 1)
    const begun = performance.now()
    await run()
    times.push(performance.now() - begun)
    longest = Math.max(longest, performance.now() - last)
    clearInterval(timer)
  }
  return [name, ms(quantile(times, 0.5)), ms(Math.max(...times)), ms(longest)]
}
