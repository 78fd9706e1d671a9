/** Boxes on videos, as Label Studio tracks them. */
import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Keyframe, Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Task } from '#shared/domain/task.ts'
import { keyframeOf, trackOf } from '#shared/tracks/edit.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { type AttributeControls, VIDEO, VIDEO_BOX } from './controls.ts'
import { videoConfig } from './label-config.ts'
import { type Size, toPercentBox } from './percent.ts'
import { localUrl } from './picture-url.ts'
import { factsOf, valueResults } from './values-out.ts'

/** A video among the frames of an export. */
export interface ExportedVideo {
  readonly task: Task
  readonly first: FrameIndex
  readonly last: FrameIndex
}

export function videosOf(source: DatasetSource): ExportedVideo[] {
  const parts = source.project?.parts ?? [
    { task: source.task, first: 0, frameCount: source.range.stop + 1 },
  ]
  return parts.flatMap(({ task, first, frameCount }) =>
    task.video ? [{ task, first, last: first + frameCount - 1 }] : [],
  )
}

/** Whether an annotation of a video goes with the video. */
export function isVideoBox(annotation: Tag | WovenShape): boolean {
  return annotation.kind === 'shape' && annotation.type === 'rectangle'
}

export async function writeVideos(
  source: DatasetSource,
  output: DatasetOutput,
  attributes: AttributeControls,
  context: WorkContext,
): Promise<void> {
  const videos = videosOf(source)
  if (videos.length === 0) return
  await output.text('videos.json', videoTasks(source, videos, attributes, context))
  await output.text('video_config.xml', [videoConfig(source.labels, attributes)])
}

function* videoTasks(
  source: DatasetSource,
  videos: readonly ExportedVideo[],
  attributes: AttributeControls,
  context: WorkContext,
): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  for (const [i, video] of videos.entries()) {
    const result: object[] = []
    for (const box of boxesOn(source, video)) {
      throwIfCancelled(context.signal, 'The export')
      const label = labels.get(box.track.labelId)
      const id = `r${result.length + 1}`
      if (label) result.push(...boxResults(box, label, { id, video, attributes }))
    }
    const [path = ''] = video.task.mediaPaths
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    const task = { id: i + 1, data: { video: localUrl(name) }, annotations: [{ result }] }
    yield `${i === 0 ? '[' : ','}\n${JSON.stringify(task)}`
  }
  yield '\n]\n'
}

/** A track, or a shape of one frame that is told as one. */
interface Box {
  readonly track: Track
  readonly shape: WovenShape | null
}

/** Tracks of rectangles, then rectangles of one frame. */
function* boxesOn(source: DatasetSource, { first, last }: ExportedVideo): Generator<Box> {
  for (const { track } of source.tracks()) {
    const isHere = track.frame >= first && track.frame <= last
    if (isHere && track.type === 'rectangle') yield { track, shape: null }
  }
  for (const { frame, annotations } of source.frames('apart')) {
    if (frame.index < first || frame.index > last) continue
    for (const shape of annotations) {
      if (shape.kind !== 'shape' || shape.type !== 'rectangle') continue
      const seen = keyframeOf(shape)
      const gone = { ...seen, frame: frame.index + 1, outside: true }
      yield { track: { ...trackOf(shape), keyframes: [seen, gone] }, shape }
    }
  }
}

interface BoxContext {
  readonly id: string
  readonly video: ExportedVideo
  readonly attributes: AttributeControls
}

function boxResults(
  { track, shape }: Box,
  label: Label,
  { id, video, attributes }: BoxContext,
): object[] {
  const { task, first, last } = video
  const size = { width: task.video?.width ?? 1, height: task.video?.height ?? 1 }
  const absolute = (index: FrameIndex) => task.startFrame + (index - first) * task.frameStep
  const sequence = positions(track, video).map((told) =>
    item(told, label, { size, frame: absolute(told.position.frame), rate: task.video?.frameRate }),
  )
  if (sequence.length === 0) return []
  const duration = task.video?.durationSec
  const value = {
    framesCount: absolute(last) + 1,
    ...(duration ? { duration } : {}),
    sequence,
    labels: [label.name],
  }
  const meta = {
    ...(track.group > 0 ? { group: track.group } : {}),
    ...(shape ? { single: true } : {}),
  }
  const head = {
    ...{ id, from_name: VIDEO_BOX, to_name: VIDEO, type: 'videorectangle' },
    ...factsOf({ source: track.source, score: shape?.score ?? null }),
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
  }
  const constant = { ...label, attributes: label.attributes.filter(({ mutable }) => !mutable) }
  return [
    { original_width: size.width, original_height: size.height, value, ...head },
    ...valueResults(shape ? label : constant, track.attributes, { id, attributes, to: VIDEO }),
  ]
}

interface ItemContext {
  readonly size: Size
  /** Number of the frame in the video, from 0; Label Studio counts from 1. */
  readonly frame: number
  readonly rate: number | undefined
}

/** Where a box is on a frame; keys of ours at the end. */
function item(
  { position, enabled }: Told,
  label: Label,
  { size, frame, rate }: ItemContext,
): object {
  const { points, rotation, occluded, zOrder, attributes } = position
  const changes = attributes.flatMap(({ specId, value }) => {
    const spec = label.attributes.find(({ id }) => id === specId)
    return spec ? [[spec.name, value] as const] : []
  })
  return {
    frame: frame + 1,
    enabled,
    ...toPercentBox(points, rotation, size),
    ...(rate ? { time: frame / rate } : {}),
    ...(occluded ? { occluded } : {}),
    ...(zOrder === 0 ? {} : { z_order: zOrder }),
    ...(changes.length > 0 ? { attributes: Object.fromEntries(changes) } : {}),
  }
}

interface Told {
  readonly position: Keyframe
  /** False: it is seen here, and not after. */
  readonly enabled: boolean
}

/** A box that turns is told on every frame: Label Studio moves the corner evenly, we the centre. */
function positions(track: Track, { first, last }: ExportedVideo): Told[] {
  const told: Told[] = []
  for (const [i, keyframe] of track.keyframes.entries()) {
    if (keyframe.outside) continue
    const next = track.keyframes[i + 1]
    const isTurning = next !== undefined && !next.outside && next.rotation !== keyframe.rotation
    const end = Math.min(last, (next?.frame ?? last + 1) - 1)
    const between = isTurning || next?.outside ? framesUpTo(keyframe.frame, end, isTurning) : []
    const frames = [keyframe.frame, ...between]
    for (const [k, frame] of frames.entries()) {
      const position = k === 0 ? keyframe : positionOn(track, frame)
      const enabled = !(next?.outside && k === frames.length - 1)
      if (!position || frame < first || frame > last) continue
      told.push({ position: k === 0 ? position : { ...position, attributes: [] }, enabled })
    }
  }
  return told
}

/** Of the frames after one: all of them, or the last alone. */
function framesUpTo(from: FrameIndex, end: FrameIndex, all: boolean): FrameIndex[] {
  if (end <= from) return []
  return all ? Array.from({ length: end - from }, (_, i) => from + 1 + i) : [end]
}
