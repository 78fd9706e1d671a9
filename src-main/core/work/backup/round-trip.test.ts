/** What a backup holds is what was there: to the last bit, whatever the task. */
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyShape, anyTag } from '#main/formats/testkit/arbitrary.ts'
import { anyTrack } from '#main/formats/testkit/arbitrary-track.ts'
import { labels as sampleLabels } from '#main/formats/testkit/sample.ts'
import { type ShapeType, shapeTypes } from '#shared/domain/annotation.ts'
import type { LabelId, TaskId } from '#shared/domain/ids.ts'
import { requestIdSchema } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import {
  allOf,
  createRig,
  picture,
  type Rig,
  seenOf,
  sorted,
  writeFiles,
} from '../../compose-backup-fixture.ts'
import type { NewAnnotation } from '../../ports.ts'

const FRAMES = 7
/** Those of the sample's attributes that may change along a track here. */
const MUTABLE = [13, 14]

let rig: Rig
let media: string
beforeAll(async () => {
  rig = createRig()
  media = join(rig.dir, 'media')
  const names = ['b/10.png', 'b/9.png', 'a c.png', 'ü.png', '1.png', '01.png', 'z.png']
  const files = names.map((name, at) => [name, picture(at + 1)] as const)
  const context = {
    'b/related_images/9_png/x.png': picture(100),
    'b/related_images/9_png/a.png': picture(101),
  }
  await writeFiles(media, { ...Object.fromEntries(files), ...context })
})
afterAll(() => rig.close())

/** The sample's labels, with attributes that change along tracks. */
const labels = parseRawLabels(
  sampleLabels.map((label) => ({
    ...rawBase(label),
    sublabels: label.sublabels.map(rawBase),
  })),
)

function rawBase({ name, color, type, attributes }: Omit<Label, 'sublabels'>) {
  return {
    ...{ name, color, type },
    attributes: attributes.map((one) => ({
      name: one.name,
      input_type: one.inputType,
      mutable: MUTABLE.includes(one.id),
      values: one.values,
      default_value: one.defaultValue,
    })),
  }
}

/** Coordinates with all their bits, -0 among them. */
function exact(type: ShapeType, points: readonly number[]): number[] {
  return type === 'mask' ? [...points] : points.map((n) => (n === 0 ? -0 : n / 3))
}

const shape = anyShape(shapeTypes).chain((one) =>
  fc.record({ score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }).map(({ score }) => ({
    ...one,
    frame: one.frame,
    score,
    points: exact(one.type, one.points),
    elements: one.elements.map((joint) => ({ ...joint, points: exact('points', joint.points) })),
  })),
)
const track = anyTrack(shapeTypes, FRAMES, MUTABLE).map((one) => ({
  ...one,
  keyframes: one.keyframes.map((keyframe) => ({
    ...keyframe,
    points: exact(one.type, keyframe.points),
  })),
}))
const annotations = fc.array(fc.oneof(anyTag(), shape, track, track), { maxLength: 12 })
const frames = fc.uniqueArray(fc.nat(FRAMES - 1))

const anyTask = fc.record({
  annotations,
  deleted: frames,
  checked: frames,
  segmentSize: fc.constantFrom(0, 0, 2, 3, 5),
  overlap: fc.integer({ min: 0, max: 3 }),
  startFrame: fc.integer({ min: 0, max: 2 }),
  frameStep: fc.integer({ min: 1, max: 2 }),
  sortingMethod: fc.constantFrom('natural', 'lexicographical', 'predefined', 'random'),
  copyData: fc.boolean(),
  name: fc.string({ minLength: 1, maxLength: 20 }),
  subset: fc.constantFrom('', 'Train'),
  states: fc.array(
    fc.record({
      stage: fc.constantFrom('annotation' as const, 'validation' as const, 'acceptance' as const),
      state: fc.constantFrom(
        'new' as const,
        'in progress' as const,
        'completed' as const,
        'rejected' as const,
      ),
    }),
    { minLength: 8, maxLength: 8 },
  ),
})
type Made = typeof anyTask extends fc.Arbitrary<infer T> ? T : never

async function make(what: Made): Promise<TaskId> {
  const { store } = rig
  const { segmentSize, overlap, startFrame, frameStep, sortingMethod, name, subset } = what
  const { id } = store.tasks.create({
    ...{ name, subset, segmentSize, overlap, startFrame, frameStep },
    sortingMethod: sortingMethod as 'natural',
    ...{ projectId: null, labels, bugTracker: 'https://bugs/1', stopFrame: null },
    mediaPaths: [media],
  })
  await rig.run('scan', { taskId: id, stopFrame: null, overlap, copyData: what.copyData })
  const { size } = store.tasks.get(id)
  store.frames.setMarks(id, what)
  for (const [at, job] of store.jobs.ofTask(id).entries())
    store.jobs.update(job.id, what.states[at % what.states.length] ?? {})
  const requestId = requestIdSchema.parse(store.requests.create('scan', null, '', {}).id)
  const batch = store.annotations.beginBatch(id, requestId)
  batch.add(inStore(what.annotations as NewAnnotation[], store.labels.ofTask(id), size))
  batch.commit('add', 'made')
  return id
}

/** With the store's ids in place of the sample's, and on frames that are there. */
function inStore(list: NewAnnotation[], own: readonly Label[], size: number): NewAnnotation[] {
  const pairs = sampleLabels.flatMap((label, at) => {
    const mine = own[at] as Label
    return [
      [label, mine] as const,
      ...label.sublabels.map((sub, i) => [sub, mine.sublabels[i]] as const),
    ]
  })
  const ids = new Map<number, number>(pairs.map(([label, mine]) => [label.id, mine?.id ?? 0]))
  const specs = new Map<number, number>(
    pairs.flatMap(([label, mine]) =>
      label.attributes.map((spec, at) => [spec.id, mine?.attributes[at]?.id ?? 0] as const),
    ),
  )
  const text = JSON.stringify(list, (_key, value) => (Object.is(value, -0) ? '-0' : value))
  const mapped = JSON.parse(text, (key, value: unknown) => {
    if (value === '-0') return -0
    if (key === 'labelId') return ids.get(value as number) as LabelId
    return key === 'specId' ? specs.get(value as number) : value
  }) as NewAnnotation[]
  return mapped.filter((one) =>
    one.kind === 'track' ? one.keyframes.every(({ frame }) => frame < size) : one.frame < size,
  )
}

/** As CVAT sees it: without what Fieldmark adds. */
async function asCvatReads(path: string): Promise<string> {
  const input = await rig.deps.formats.openInput(path)
  const bare = join(rig.dir, 'bare.zip')
  await rig.deps.formats.writeZip(bare, async (output) => {
    for (const { name } of input.entries)
      if (!/(^|\/)fieldmark\.jsonl?$/.test(name))
        await output.bytes(name, await input.bytes(name), true)
  })
  input.close()
  return bare
}

test('CVAT’s words alone say what is seen on every frame', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyTask, async (what) => {
      const isCut = what.segmentSize > 0 && what.segmentSize < FRAMES
      const list = what.annotations as NewAnnotation[]
      // Where a track is cut, what lies between its parts is another way: as in CVAT.
      const kept = isCut ? list.filter(({ kind }) => kind !== 'track') : list
      const taskId = await make({ ...what, annotations: kept as Made['annotations'] })
      const path = join(rig.dir, 'task.zip')
      await rig.backUp({ what: 'task', taskId, path })
      const { tasks, notes } = await rig.restore('task', await asCvatReads(path))
      const task = tasks[0]?.id as TaskId
      const [before, after] = [await allOf(rig, taskId), await allOf(rig, task)]
      expect(after.frames.map(([name, , , deleted]) => [name, deleted])).toEqual(
        before.frames.map(([name, , , deleted]) => [name, deleted]),
      )
      expect({ ...after.task, ...after.bytes }).toEqual({
        ...before.task,
        ...before.bytes,
        segmentSize: after.task.segmentSize,
        overlap: after.task.overlap,
      })
      expect(after.labels.map(withoutSvg)).toEqual(before.labels.map(withoutSvg))
      expect(after.jobs.map(([start, stop]) => [start, stop])).toEqual(
        before.jobs.map(([start, stop]) => [start, stop]),
      )
      expect(sorted(seenOf(rig, task))).toEqual(sorted(seenOf(rig, taskId)))
      expect(notes).toEqual([])
    }),
    { numRuns: 60 },
  )
})

function withoutSvg(label: unknown): unknown {
  const { svg: _svg, ...rest } = label as { svg?: string }
  return rest
}

test('restore(backup(x)) is x', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyTask, async (what) => {
      const taskId = await make(what)
      const path = join(rig.dir, 'task.zip')
      const report = await rig.backUp({ what: 'task', taskId, path })
      expect(report).toMatchObject({ tasks: 1, notes: [] })
      const restored = await rig.restore('task', path)
      const [task] = restored.tasks
      if (!task) throw new Error('nothing came back')
      expect(await allOf(rig, task.id)).toEqual(await allOf(rig, taskId))
      expect(restored.notes).toEqual([])
      expect(task.annotations).toBe(report.annotations)
    }),
    { numRuns: 60 },
  )
})
