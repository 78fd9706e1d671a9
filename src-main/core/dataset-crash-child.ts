/** What the kill -9 tests of imports and exports kill: a core that says when the request it was given is under way. */
import { writeSync } from 'node:fs'
import type { ProjectId } from '#shared/domain/ids.ts'
import { composeCore } from './compose.ts'

const [what, dataDir = '', path = '', projectId = '1'] = process.argv.slice(2)
const core = await composeCore({ dataDir })
core.events.subscribe((_id, event) => {
  if (event.type === 'request') writeSync(1, `${event.request.state} ${event.request.message}\n`)
})
if (what === 'import') await core.client.datasets.importProject({ path, projectName: 'crashed' })
else {
  const format = 'CVAT for images 1.1'
  const wanted = { projectId: Number(projectId) as ProjectId, format, path, withImages: true }
  await core.client.datasets.exportProject(wanted)
}
