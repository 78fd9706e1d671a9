/** What the kill -9 tests of backups kill: a core that says when the request it was given is under way. */
import { writeSync } from 'node:fs'
import type { TaskId } from '#shared/domain/ids.ts'
import { composeCore } from './compose.ts'

const [what, dataDir = '', path = ''] = process.argv.slice(2)
const core = await composeCore({ dataDir })
core.events.subscribe((_id, event) => {
  if (event.type === 'request') writeSync(1, `${event.request.state} ${event.request.message}\n`)
})
const { backups } = core.client
if (what === 'restore') await backups.restoreTask({ path })
else if (what === 'snapshot') await backups.snapshot({ path })
else await backups.task({ taskId: 1 as TaskId, path })
