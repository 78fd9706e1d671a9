import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import { type RequestId, requestIdSchema, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { Client } from '../connect.ts'
import { followRequest } from '../follow-request.ts'
import type { Session } from '../session.ts'
import { clicked, countTracks, firstBoxes, likeTruth, truthOf } from './truth.ts'

/** One thing the shipped models did, and how well, against the sample's ground truth. */
export interface TourStep {
  readonly step: 'detect' | 'segment' | 'click' | 'track' | 'reid' | 'export'
  readonly function: string
  /** One line for people. */
  readonly told: string
  readonly figures: Readonly<Record<string, number>>
  readonly ms: number
}

const id = (name: string): FunctionId => functionIdSchema.parse(`onnx/${name}`)

/** As far as the tracker is led: it starts from boxes a person would draw on the first frame. */
const TRACK_TO = 60

/**
 * What the models that ship can do, run for real on the sample, in tasks of its own: detect, segment, click, track,
 * re-identify, export. The sample's own tasks hold the ground truth, and stay as they are.
 */
export async function runTour(
  session: Session,
  client: Client,
  sampleTaskId: TaskId,
  tell: (step: TourStep) => void,
): Promise<TourStep[]> {
  const steps: TourStep[] = []
  const settle = async (requestId: RequestId | number) =>
    followRequest(session, client, requestIdSchema.parse(requestId))
  const step = async (
    name: TourStep['step'],
    used: string,
    run: () => Promise<Pick<TourStep, 'told' | 'figures'>>,
  ) => {
    const start = performance.now()
    const done = { step: name, function: used, ...(await run()), ms: performance.now() - start }
    steps.push(done)
    tell(done)
  }

  const { pictures, video } = await sampleTasks(client, sampleTaskId)
  const desk = await copyOf(client, pictures, 'Desk, annotated by models', settle)
  const moving = await copyOf(client, video, 'Desk video, tracked by models', settle)

  await step('detect', 'onnx/desk-detect', async () => {
    const request = await client.functions.annotate({
      taskId: desk,
      functionId: id('desk-detect'),
      parameters: { threshold: 0.35 },
      cleanup: true,
    })
    await settle(request.id)
    const figures = await likeTruth(client, { found: desk, truth: pictures })
    return {
      told: `${figures.found} boxes on ${figures.frames} pictures; ${figures.right} of ${figures.truth} objects found, ${figures.extra} too many`,
      figures,
    }
  })
  await step('segment', 'onnx/desk-segment', async () => {
    const { proposals, tookMs } = await client.functions.detect({
      ...{ taskId: desk, frame: 0, functionId: id('desk-segment') },
      mapping: await masksFor(client, desk),
    })
    const areas = proposals.filter((one) => one.kind === 'shape' && one.type !== 'rectangle').length
    return {
      told: `${areas} outlines on the first picture in ${Math.round(tookMs)} ms`,
      figures: { outlines: areas },
    }
  })
  await step('click', 'onnx/desk-sam', async () => {
    const figures = await clicked(client, pictures, id('desk-sam'))
    return {
      told: `one click on each of ${figures.clicks} objects; the masks overlap the truth by ${figures.meanIou.toFixed(2)} in the mean`,
      figures,
    }
  })
  await step('track', 'onnx/desk-track', async () => {
    const annotationIds = await firstBoxes(client, { from: video, to: moving })
    const request = await client.functions.track({
      ...{ taskId: moving, functionId: id('desk-track'), annotationIds, from: 0, to: TRACK_TO },
    })
    await settle(request.id)
    const figures = await likeTruth(client, { found: moving, truth: video, until: TRACK_TO })
    return {
      told: `${annotationIds.length} objects led over ${TRACK_TO} frames; ${figures.right} of ${figures.found} boxes are on their object`,
      figures,
    }
  })
  await step('reid', 'onnx/desk-reid', async () => {
    const boxes = await client.functions.annotate({
      ...{ taskId: moving, functionId: id('desk-detect'), cleanup: true },
      frames: { start: 0, stop: TRACK_TO },
    })
    await settle(boxes.id)
    const linked = await client.functions.link({
      ...{ taskId: moving, functionId: id('desk-reid'), maxGap: 5 },
      frames: { start: 0, stop: TRACK_TO },
    })
    await settle(linked.id)
    const [tracks, truth] = [await countTracks(client, moving), await countTracks(client, video)]
    return {
      told: `boxes of ${TRACK_TO + 1} frames linked into ${tracks} tracks (the truth has ${truth})`,
      figures: { tracks, truth },
    }
  })
  await step('export', 'COCO 1.0', async () => {
    const folder = join(session.dataDir, 'exports')
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'desk-annotated-by-models.zip')
    const { requestId } = await client.datasets.export({
      ...{ taskId: desk, format: 'COCO 1.0', path, withImages: true },
    })
    await settle(requestId)
    const annotations = (await truthOf(client, desk)).reduce(
      (sum, one) => sum + one.shapes.length,
      0,
    )
    return { told: `${annotations} annotations with pictures in ${path}`, figures: { annotations } }
  })
  return steps
}

/** The sample has a task of pictures and one of a video, in one project. */
async function sampleTasks(client: Client, taskId: TaskId) {
  const { projectId } = await client.tasks.get({ id: taskId })
  const all = await client.tasks.list({})
  const video = all.find((task) => task.projectId === projectId && task.video !== null)
  return { pictures: taskId, video: taskIdSchema.parse(video?.id ?? taskId) }
}

/** A task on the same media, without annotations; the one of the last tour is used again. */
async function copyOf(
  client: Client,
  of: TaskId,
  name: string,
  settle: (id: RequestId | number) => Promise<unknown>,
): Promise<TaskId> {
  const known = (await client.tasks.list({})).find((task) => task.name === name)
  if (known) return known.id
  const { mediaPaths, projectId } = await client.tasks.get({ id: of })
  const { task, requestId } = await client.tasks.create({ name, projectId, paths: mediaPaths })
  await settle(requestId)
  return task.id
}

/** Every class of the model to the label of its name: the sample's labels take any shape. */
async function masksFor(client: Client, taskId: TaskId) {
  const { labels } = await client.tasks.get({ id: taskId })
  return Object.fromEntries(labels.map(({ name }) => [name, { name }]))
}
