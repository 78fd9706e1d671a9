/** What the kill -9 tests of installing models kill: a core that says how far its request is. */
import { writeSync } from 'node:fs'
import { composeCore } from './compose.ts'

const [dataDir = '', from = ''] = process.argv.slice(2)
const core = await composeCore({ dataDir })
core.events.subscribe((_id, event) => {
  if (event.type === 'request') writeSync(1, `${event.request.state} ${event.request.message}\n`)
})
await core.client.models.install({ from, id: 'mine', overwrite: true })
