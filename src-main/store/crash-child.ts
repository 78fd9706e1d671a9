/**
 * What the kill -9 tests kill. `steps`: one change after the other, each acknowledged on stdout once the store has
 * answered. `batch`: an import that never commits. `lock`: holds a data directory.
 */
import { writeSync } from 'node:fs'
import type { LabelId } from '#shared/domain/ids.ts'
import { acquireDataDir } from './data-dir-lock.ts'
import { createHand, readyTask, rectangle, withoutId } from './fixture.ts'
import { openStore } from './index.ts'

const [what, path = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

if (what === 'lock') {
  const lock = acquireDataDir(path, { what: 'the crash test' })
  lock.publish({ url: 'http://127.0.0.1:1', token: 'secret' })
  say('held')
  setInterval(() => {}, 1000)
} else {
  const store = openStore(path)
  const { id } = readyTask(store)
  const hand = createHand(store, id)
  if (what === 'steps') {
    for (;;) say(String(hand.draw().id))
  } else {
    const { id: requestId } = store.requests.create('import-dataset', id, 'Import', {})
    const batch = store.annotations.beginBatch(id, requestId)
    const rows = Array.from({ length: 4000 }, () => withoutId(rectangle({ labelId: 1 as LabelId })))
    for (;;) {
      batch.add(rows)
      say('added')
    }
  }
}
