import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { datasetCore } from './compose-fixture.ts'

test('folders of tasks that are deleted go at the next start, those of others stay', async () => {
  const set = await datasetCore()
  try {
    const here = await set.task(['a.png'], {})
    const deleted = await set.task(['a.png'], {})
    await set.core.client.tasks.delete({ id: deleted })
    // As a crash between the task and its files leaves it; 99 is of a newer library, whose database is not here.
    const folders = [`media/${here}`, `media/${deleted}`, 'media/99', `guides/task-${deleted}`]
    const paths = [...folders, 'media/notes', 'guides/task-99'].map((name) =>
      join(set.dir, 'data', name),
    )
    for (const path of paths) {
      await mkdir(path, { recursive: true })
      await writeFile(join(path, 'file'), '')
    }
    await set.restart()
    expect(paths.map((path) => existsSync(path))).toEqual([true, false, true, false, true, true])
  } finally {
    await set.close()
  }
}, 60_000)
