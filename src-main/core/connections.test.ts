/** Functions over the network through the whole core: connected, listed, called on a frame, written down, forgotten. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { functionIdSchema } from '#shared/domain/function.ts'
import { frameIndexSchema } from '#shared/domain/ids.ts'
import {
  type StandInDashboard,
  standInDashboard,
} from '../connectors/nuclio/testing/stand-in-dashboard.ts'
import { type DatasetCore, datasetCore } from './compose-fixture.ts'

let set: DatasetCore
let dashboard: StandInDashboard
beforeEach(async () => {
  set = await datasetCore()
  dashboard = await standInDashboard({
    cars: {
      annotations: { name: 'Cars', type: 'detector', spec: '[{"name":"car"}]' },
      answer: () => [{ type: 'rectangle', label: 'car', points: [1, 2, 30, 15], confidence: 0.5 }],
    },
  })
})
afterEach(async () => {
  await set.close()
  await dashboard.close()
})

test('a dashboard is connected, its function annotates a frame, and the log says so', async () => {
  const taskId = await set.task(['a.png', 'b.png'], { labels: [{ name: 'car' }] })
  const { connections, functions } = set.core.client
  const defaults = await connections.defaults()
  await connections.save({ ...defaults, id: 'lab', url: dashboard.url })
  const id = functionIdSchema.parse('nuclio/lab/cars')
  expect((await functions.list()).find((one) => one.id === id)).toMatchObject({ state: 'ready' })

  const frame = frameIndexSchema.parse(1)
  const found = await functions.detect({ taskId, frame, functionId: id })
  expect(found.proposals).toMatchObject([{ kind: 'shape', type: 'rectangle', score: 0.5 }])
  expect(await connections.log({ limit: 1 })).toMatchObject([
    { what: 'detect with Cars, frame 1, b.png', status: 200, connectionId: 'lab' },
  ])

  await set.restart()
  expect(await set.core.client.connections.list()).toMatchObject([{ id: 'lab' }])
  expect(await set.core.client.connections.log({ limit: 1000 })).toHaveLength(2)
  const [lab] = await set.core.client.connections.list()
  if (lab) await set.core.client.connections.save({ ...lab, enabled: false })
  await expect(set.core.client.functions.get({ id })).rejects.toThrow(/is switched off/)
  await set.core.client.connections.remove({ id: 'lab' })
  await expect(set.core.client.functions.get({ id })).rejects.toThrow(/was removed/)
  await expect(set.core.client.connections.remove({ id: 'lab' })).rejects.toThrow(/no connection/)
})

test('what is sent is the file of the frame, and the threshold somebody set', async () => {
  const taskId = await set.task(['a.png'], { labels: [{ name: 'car' }] })
  await set.core.client.connections.save({
    ...(await set.core.client.connections.defaults()),
    id: 'lab',
    url: dashboard.url,
  })
  const frame = frameIndexSchema.parse(0)
  const functionId = functionIdSchema.parse('nuclio/lab/cars')
  await set.core.client.functions.detect({
    taskId,
    frame,
    functionId,
    parameters: { threshold: 0.2 },
  })
  const [call] = dashboard.calls
  expect(call?.body.threshold).toBe(0.2)
  expect(Buffer.from(String(call?.body.image), 'base64').subarray(1, 4).toString()).toBe('PNG')
})
