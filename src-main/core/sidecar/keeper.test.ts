import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import type { AnnotationId, LabelId, RequestId, TaskId } from '#shared/domain/ids.ts'
import { sidecarReportSchema } from '#shared/domain/sidecar.ts'
import { zipOf } from '../../media/testing/archives.ts'
import { picture } from '../../media/testing/pictures.ts'
import { rectangle } from '../../store/fixture.ts'
import { composeCore } from '../compose.ts'
import type { Core } from '../core.ts'

let root: string
let core: Core
const heard: AppEvent[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fieldmark-keeper-'))
  await start()
})
afterAll(async () => {
  await core.close()
  await rm(root, { recursive: true, force: true })
})

async function start(): Promise<void> {
  core = await composeCore({ dataDir: join(root, 'data') })
  core.events.subscribe((_id, event) => void heard.push(event))
}

const patient = { timeout: 20_000 }

async function settled(id: RequestId) {
  const state = async () => (await core.client.requests.get({ id })).state
  await expect.poll(state, patient).toMatch(/finished|failed|cancelled/)
  const request = await core.client.requests.get({ id })
  expect(request.error).toBeNull()
  return request
}

let folders = 0

/** Pictures of 40 x 20 pixels. */
async function newTask(names: readonly string[]): Promise<{ taskId: TaskId; folder: string }> {
  const folder = join(root, `pictures ${folders++}`)
  await mkdir(folder)
  for (const name of names) await writeFile(join(folder, name), await picture('png'))
  const labels = [{ name: 'car' }]
  const made = await core.client.tasks.create({ name: 'street', paths: [folder], labels })
  await settled(made.requestId)
  return { taskId: made.task.id, folder }
}

let steps = 0

async function draw(taskId: TaskId, frame: number, points: number[]): Promise<void> {
  const { labels } = await core.client.tasks.get({ id: taskId })
  const labelId = labels[0]?.id as LabelId
  const { first } = await core.client.annotations.reserveIds({ count: 1 })
  const after = rectangle({ labelId, frame, points, id: first as AnnotationId })
  const { revision: baseRevision } = await core.client.annotations.frame({ taskId, frame })
  steps += 1
  await core.client.annotations.apply({
    ...{ taskId, baseRevision, clientStepId: `draw-${steps}` },
    step: { title: { key: 'draw', count: 1 }, frame, operations: [{ kind: 'create', after }] },
  })
}

const shapesIn = (path: string): unknown[] =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).shapes : []

describe('while Fieldmark runs', () => {
  test('files follow edits, and edits follow files', async () => {
    const { taskId, folder } = await newTask(['a.png', 'b.png'])
    await draw(taskId, 0, [1, 1, 10, 10])
    const { requestId, losses } = await core.client.sidecar.set({ taskId, format: 'labelme' })
    expect(losses.map(({ what }) => what)).toEqual([
      'annotations lose their source (manual, auto …)',
    ])
    const { result } = await settled(requestId as RequestId)
    expect(sidecarReportSchema.parse(result)).toMatchObject({ written: 1, problemCount: 0 })
    const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')]
    expect(shapesIn(a)).toHaveLength(1)

    await draw(taskId, 1, [2, 2, 12, 12])
    await expect.poll(() => shapesIn(b).length, patient).toBe(1)
    await core.client.annotations.undo({ taskId })
    await expect.poll(() => shapesIn(b).length, patient).toBe(0)

    const file = JSON.parse(readFileSync(a, 'utf8'))
    file.shapes.push({ label: 'car', points: [[3, 3]], shape_type: 'point', flags: {} })
    heard.length = 0
    writeFileSync(a, JSON.stringify(file))
    const onFrame = async () =>
      (await core.client.annotations.frame({ taskId, frame: 0 })).annotations
    await expect.poll(async () => (await onFrame()).length, patient).toBe(2)
    await expect
      .poll(() => heard.some((event) => event.type === 'annotations' && event.taskId === taskId))
      .toBe(true)
    expect(await core.client.sidecar.get({ taskId })).toMatchObject({ format: 'labelme', files: 2 })
  })

  test('an import is written whole, and closing waits for what is not written yet', async () => {
    const { taskId, folder } = await newTask(['a.png', 'b.png'])
    const { requestId } = await core.client.sidecar.set({ taskId, format: 'labelme' })
    await settled(requestId as RequestId)
    const xml = join(root, 'all.xml')
    const box = '<box label="car" xtl="1" ytl="1" xbr="9" ybr="9"/>'
    const image = (id: number, name: string) => `<image id="${id}" name="${name}">${box}</image>`
    await writeFile(xml, `<annotations>${image(0, 'a.png')}${image(1, 'b.png')}</annotations>`)
    const asked = await core.client.datasets.import({ taskId, format: 'CVAT 1.1', path: xml })
    await settled(asked.requestId)
    await expect.poll(() => shapesIn(join(folder, 'b.json')).length, patient).toBe(1)

    await draw(taskId, 0, [2, 2, 12, 12])
    await core.close()
    expect(shapesIn(join(folder, 'a.json'))).toHaveLength(2)
    await start()
  })

  test('what changed while Fieldmark did not run is read when somebody looks', async () => {
    const { taskId, folder } = await newTask(['a.png'])
    await draw(taskId, 0, [1, 1, 10, 10])
    const { requestId } = await core.client.sidecar.set({ taskId, format: 'x-anylabeling' })
    await settled(requestId as RequestId)
    await core.close()
    const path = join(folder, 'a.json')
    const file = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...file, shapes: [] }))
    await start()
    const onFrame = async () =>
      (await core.client.annotations.frame({ taskId, frame: 0 })).annotations
    await onFrame()
    await expect.poll(async () => (await onFrame()).length, patient).toBe(0)
  })

  test('switched off, files stay as they are', async () => {
    const { taskId, folder } = await newTask(['a.png'])
    await draw(taskId, 0, [1, 1, 10, 10])
    const { requestId } = await core.client.sidecar.set({ taskId, format: 'labelme' })
    await settled(requestId as RequestId)
    expect(await core.client.sidecar.set({ taskId, format: null })).toEqual({
      requestId: null,
      losses: [],
    })
    await draw(taskId, 0, [2, 2, 12, 12])
    expect(await core.client.sidecar.get({ taskId })).toEqual({
      ...{ taskId, format: null, files: 0, problemCount: 0, problems: [] },
    })
    await expect(core.client.sidecar.sync({ taskId })).rejects.toMatchObject({
      code: 'SIDECAR_OFF',
    })
    await core.close()
    expect(shapesIn(join(folder, 'a.json'))).toHaveLength(1)
    await start()
  })
})

test('a task without files of pictures has no place for others', async () => {
  const zip = join(root, 'pictures.zip')
  await writeFile(zip, zipOf({ name: 'a.png', data: await picture('png') }))
  const made = await core.client.tasks.create({ name: 'packed', paths: [zip], labels: [] })
  await settled(made.requestId)
  const setting = core.client.sidecar.set({ taskId: made.task.id, format: 'labelme' })
  await expect(setting).rejects.toMatchObject({ code: 'SIDECAR_NO_PLACE' })
})
