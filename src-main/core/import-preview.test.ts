/** Looking at a file before it is imported, sending its labels elsewhere, merging it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import type { ImportPreview } from '#shared/domain/import-preview.ts'
import type { ImportReport } from '#shared/domain/request.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

let set: DatasetCore
let taskId: TaskId
beforeEach(async () => {
  set = await datasetCore()
  const attributes = [
    { name: 'parked', input_type: 'checkbox' as const, values: ['false', 'true'] },
    { name: 'lights', input_type: 'select' as const, values: ['on', 'off'] },
  ]
  const labels = [{ name: 'car', attributes }, { name: 'traffic light' }]
  taskId = await set.task(['a.png', 'b.png'], { labels })
})
afterEach(() => set.close())

type Options = Omit<
  Parameters<DatasetCore['core']['client']['datasets']['import']>[0],
  'taskId' | 'path'
>

async function file(xml: string, name = 'in.xml'): Promise<string> {
  const path = join(set.dir, name)
  await writeFile(path, `<annotations>${xml}</annotations>`)
  return path
}

const preview = async (path: string, options: Options = {}) =>
  (await set.result(
    set.core.client.datasets.previewImport({ taskId, path, ...options }),
  )) as ImportPreview
const imported = async (path: string, options: Options = {}) =>
  (await set.result(set.core.client.datasets.import({ taskId, path, ...options }))) as ImportReport

const withValues = (label: string, values: Record<string, string>) =>
  box(label, 1).replace(
    '/>',
    `>${Object.entries(values)
      .map(([name, value]) => `<attribute name="${name}">${value}</attribute>`)
      .join('')}</box>`,
  )

const MIXED =
  image(
    'a.png',
    withValues('car', { parked: 'maybe', lights: 'blinking', colour: 'red' }) +
      box('traffic_light', 9) +
      box('plane', 20),
  ) +
  image('elsewhere.png', box('car', 1)) +
  '<track id="0" label="car"><box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/></track>'

describe('a preview', () => {
  test('tells format, labels with the nearest of ours, attributes, frames, and what would come and go', async () => {
    await set.draw(taskId, image('b.png', box('car', 30)))
    const path = await file(MIXED)
    expect(await preview(path)).toEqual({
      format: 'CVAT 1.1',
      alternatives: [],
      labels: [
        {
          ...{
            name: 'car',
            count: 2,
            parent: null,
            target: 'car',
            state: 'here',
            suggestion: null,
          },
          attributes: [
            { name: 'colour', problem: 'missing', example: 'red' },
            { name: 'parked', problem: 'value', example: 'maybe' },
            { name: 'lights', problem: 'value', example: 'blinking' },
          ],
        },
        {
          ...{ name: 'traffic_light', count: 1, parent: null, target: null, state: 'unknown' },
          ...{ suggestion: 'traffic light', attributes: [] },
        },
        {
          ...{ name: 'plane', count: 1, parent: null, target: null, state: 'unknown' },
          ...{ suggestion: null, attributes: [] },
        },
      ],
      frames: { matched: 1, unmatchedCount: 1, unmatched: ['elsewhere.png'] },
      added: { tags: 0, tracks: 1, shapes: { rectangle: 1 } },
      replaced: 1,
      merged: 0,
      notes: ['1 values of the attribute "parked" that it cannot have were left out'],
    })
  })

  test('changes nothing', async () => {
    await preview(await file(MIXED), { createLabels: ['plane'] })
    const { labels, ...task } = await set.core.client.tasks.get({ id: taskId })
    expect(labels).toHaveLength(2)
    expect(task).toMatchObject({ objectCount: 0, revision: 0 })
  })

  test('of a file that fits nothing says so and is no error', async () => {
    const path = await file(image('elsewhere.png', box('plane', 1)))
    expect(await preview(path)).toMatchObject({
      frames: { matched: 0, unmatched: ['elsewhere.png'] },
      added: { shapes: {} },
    })
  })

  test('follows what a person says of labels', async () => {
    const options = {
      labels: { traffic_light: 'traffic light', car: null },
      createLabels: ['plane'],
    }
    const { labels, added } = await preview(await file(MIXED), options)
    expect(labels.map(({ name, target, state }) => [name, target, state])).toEqual([
      ['car', null, 'left-out'],
      ['traffic_light', 'traffic light', 'mapped'],
      ['plane', 'plane', 'created'],
    ])
    expect(added).toEqual({ tags: 0, tracks: 0, shapes: { rectangle: 2 } })
  })
})

describe('an import', () => {
  test.each(['', ' ', 'a\nb', '\u0000', 'x'.repeat(100)])(
    'a label that cannot be is not made: %j',
    async (name) => {
      const before = await set.core.client.tasks.get({ id: taskId })
      const path = await file(image('a.png', box('car', 1)))
      const wanted = { taskId, path, createLabels: [name] }
      const { requestId } = await set.core.client.datasets.import(wanted)
      expect(await set.settled(requestId)).toMatchObject({
        state: 'failed',
        error: { code: 'LABELS_INVALID' },
      })
      expect(await set.core.client.tasks.get({ id: taskId })).toEqual(before)
    },
  )

  test('does what the preview said', async () => {
    const path = await file(MIXED)
    const options = {
      labels: { traffic_light: 'traffic light', car: null },
      createLabels: ['plane'],
    }
    expect(await imported(path, options)).toMatchObject({ imported: 2, labelsCreated: ['plane'] })
    const { labels, ...task } = await set.core.client.tasks.get({ id: taskId })
    expect(task.objectCount).toBe(2)
    expect(labels.map(({ name }) => name)).toEqual(['car', 'traffic light', 'plane'])
  })

  test('makes labels as their objects look', async () => {
    const first = withValues('plane', { speed: '12.5', landed: 'true', note: 'x' })
    const path = await file(
      image('a.png', first + withValues('plane', { speed: '7', landed: 'false', note: '3' })),
    )
    await imported(path, { createLabels: ['plane'] })
    const { labels } = await set.core.client.tasks.get({ id: taskId })
    expect(labels[2]?.attributes).toMatchObject([
      { name: 'speed', inputType: 'number', values: ['0', '13', '0.01'] },
      { name: 'landed', inputType: 'checkbox' },
      { name: 'note', inputType: 'text' },
    ])
  })

  test('that fails leaves no label behind', async () => {
    const path = await file(
      image('a.png', `${box('plane', 1)}<box label="plane" xtl="x" ytl="1" xbr="2" ybr="2"/>`),
    )
    const { requestId } = await set.core.client.datasets.import({
      taskId,
      path,
      createLabels: ['plane'],
    })
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: { code: 'DATASET_INVALID' },
    })
    expect((await set.core.client.tasks.get({ id: taskId })).labels).toHaveLength(2)
  })

  test('sends labels only where there is one', async () => {
    const input = { taskId, path: await file(MIXED), labels: { car: 'ship' } }
    await expect(set.core.client.datasets.import(input)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('labels["car"]'),
    })
  })

  test('is called after what the file is', async () => {
    const path = await file(image('a.png', box('car', 1)))
    const titles = [null, 'CVAT 1.1'].map(async (format) => {
      const { requestId } = await set.core.client.datasets.import({ taskId, format, path })
      return (await set.settled(requestId)).title
    })
    expect(await Promise.all(titles)).toEqual([
      'Import in.xml into street',
      'Import CVAT 1.1 into street',
    ])
  })
})

describe('merging', () => {
  const first = image('a.png', `${box('car', 1)}<tag label="car"/>`)
  const second = image('a.png', `${box('car', 1.004)}${box('car', 3)}<tag label="car"/>`)
  const track =
    '<track id="0" label="car"><box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/><box frame="1" keyframe="1" outside="0" occluded="0" xtl="2" ytl="1" xbr="9" ybr="9"/></track>'

  test('adds what is not here yet', async () => {
    await set.draw(taskId, first + track)
    const path = await file(second + track)
    expect(await preview(path, { mode: 'merge' })).toMatchObject({
      ...{ merged: 3, replaced: 0, added: { tags: 0, tracks: 0, shapes: { rectangle: 1 } } },
    })
    expect(await imported(path, { mode: 'merge' })).toMatchObject({ imported: 1, merged: 3 })
    expect((await set.core.client.tasks.get({ id: taskId })).objectCount).toBe(4)
  })

  test('the same file twice changes nothing, not even the history', async () => {
    const path = await file(second + track)
    await imported(path, { mode: 'merge' })
    const before = await set.core.client.tasks.get({ id: taskId })
    expect(await imported(path, { mode: 'merge' })).toMatchObject({ imported: 0, merged: 4 })
    const after = await set.core.client.tasks.get({ id: taskId })
    expect(after.revision).toBe(before.revision)
  })
})
