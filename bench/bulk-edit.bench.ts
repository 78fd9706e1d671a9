/**
 * One action on a million shapes: counting what it would do, doing it on a worker as one step, taking it back. What a
 * person feels besides is how long the core answers nobody meanwhile. The floor is SQLite alone updating the same rows.
 */
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { composeCore } from '#main/core/compose.ts'
import { connect } from '#main/store/connection.ts'
import { type Bulk, bulkSchema } from '#shared/domain/bulk.ts'
import { fillDatabase } from './million-shapes.ts'
import { ms, report } from './samples.ts'

const SHAPES = Number(process.env.SHAPES ?? 1_000_000)
const FRAMES = 10_000

const { dir, path, taskId } = fillDatabase(SHAPES, FRAMES)
const floor = join(dirname(path), 'floor.db')
cpSync(path, floor)
const core = await composeCore({ dataDir: dir })
const labels = (await core.client.tasks.get({ id: taskId })).labels
const person = labels[1]
if (!person) throw new Error('the task has no second label')

const everything = { kind: 'frames' as const, first: 0, last: FRAMES - 1, filter: '' }
const bulk = (action: Bulk['action']) => ({
  taskId,
  ...bulkSchema.parse({ action, scope: everything, frame: 0 }),
})
const relabel = bulk({ kind: 'change-label', labelId: person.id })

const rows = [
  [`one action on ${SHAPES.toLocaleString('en')} shapes, ms`, 'time', 'longest wait'],
  await measured('preview', async () => {
    const { changed } = await core.client.annotations.preview(relabel)
    if (changed !== SHAPES) throw new Error(`the preview counted ${changed}`)
  }),
  await measured('change the label of all', () => finished(relabel)),
  await measured('undo', async () => void (await core.client.annotations.undo({ taskId }))),
  await measured('redo', async () => void (await core.client.annotations.redo({ taskId }))),
  await measured('convert all to rectangles', () =>
    finished(bulk({ kind: 'convert', to: 'rectangle', density: 1 })),
  ),
  await measured('remove all', () => finished(bulk({ kind: 'remove' }))),
  await measured('floor: SQLite alone updates the rows', async () => updateRows()),
]
report(rows)
await core.close()
rmSync(dir, { recursive: true })

/** Started as the page starts it, and waited for. */
async function finished(input: typeof relabel): Promise<void> {
  const { requestId } = await core.client.annotations.run(input)
  if (requestId === null) throw new Error('it was done at once')
  for (;;) {
    const { state, error } = await core.client.requests.get({ id: requestId })
    if (state === 'finished') return
    if (state === 'failed' || state === 'cancelled') throw new Error(error?.message ?? state)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function updateRows(): void {
  const db = connect(floor)
  db.prepare('UPDATE annotation SET label_id = ? WHERE task_id = ?').run(person?.id ?? 0, taskId)
  db.close()
}

/** Time of a run, and the longest that a timer due every millisecond was kept waiting. */
async function measured(name: string, run: () => Promise<void>): Promise<string[]> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  const begun = performance.now()
  await run()
  const took = performance.now() - begun
  clearInterval(timer)
  return [name, ms(took), ms(longest)]
}
