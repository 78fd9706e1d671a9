/** What the kill -9 test of automatic annotation kills: a core that annotates slowly, and says how far it is. */
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { composeCore } from './compose.ts'
import { BOX, FAKE_DETECTOR, fakeFunctions } from './functions/testing.ts'

const [dataDir = '', pictures = '', as = 'annotations'] = process.argv.slice(2)
const fake = fakeFunctions()
fake.detect = async () => {
  await setTimeout(20)
  return [BOX]
}
const core = await composeCore({ dataDir, providers: [fake.provider] })
core.events.subscribe((_id, event) => {
  if (event.type !== 'request' || event.request.kind !== 'annotate') return
  writeSync(1, `${event.request.state} ${event.request.message}\n`)
})
const { task, requestId } = await core.client.tasks.create({
  ...{ name: 'crashed', paths: [pictures], labels: [{ name: 'car' }] },
})
for (;;) {
  const { state } = await core.client.requests.get({ id: requestId })
  if (state === 'finished') break
  await setTimeout(10)
}
await core.client.functions.annotate({
  ...{ taskId: task.id, functionId: FAKE_DETECTOR, as: as === 'predictions' ? as : 'annotations' },
})
