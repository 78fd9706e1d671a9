/** `annotations.json`: for each job its tags, shapes and tracks, frames counted from the task's first, names for ids. */
import type { BackupContent } from '#main/core/ports.ts'
import type {
  Annotation,
  AttributeValue,
  Shape,
  SkeletonElement,
  Tag,
  Track,
} from '#shared/domain/annotation.ts'
import { crossesItself } from '#shared/geometry/shape-rules.ts'
import { cutTrack } from '#shared/tracks/join-jobs.ts'
import { shapeSimilarity } from '#shared/tracks/similarity.ts'
import { jointTracks } from './joint-tracks.ts'
import { type Names, namesOf } from './names.ts'
import type { CvatJob } from './write-task.ts'

/** How many annotations are put together before they are handed on. */
const AT_ONCE = 200

/** A shape in two jobs is one to CVAT if it is at least so much like itself: formats.md 38.6. */
const KNOWN_AGAIN = 0.75

export function* annotationsJson(
  content: BackupContent,
  jobs: readonly CvatJob[],
): Generator<string> {
  const names = namesOf(content.labels)
  yield '['
  // The first frame that no job before has.
  let end = 0
  for (const [at, job] of jobs.entries()) {
    const range = { start: job.startFrame, stop: job.stopFrame }
    yield `${at === 0 ? '' : ','}{"version":0,"tags":[`
    yield* listed(content.tags(range), (one) => (one.kind === 'tag' ? cvatTag(one, names) : null))
    yield '],"shapes":['
    yield* listed(content.shapes(range), (one) =>
      one.kind === 'shape' && (one.frame >= end || isKnownAgain(one))
        ? cvatShape(one, names)
        : null,
    )
    yield '],"tracks":['
    yield* listed(content.tracks(range), (track) => {
      const own = jobs.length === 1 ? track : cutTrack(track, range.start, range.stop)
      return own && cvatTrack(own, names)
    })
    end = Math.max(end, job.stopFrame + 1)
    yield ']}'
  }
  yield ']'
}

/**
 * What lies on frames of two jobs stands in both, so that both annotators see it, if CVAT knows it again when it joins the
 * jobs. Of other shapes it would have two from then on: they stand in the earlier job alone.
 */
function isKnownAgain(shape: Shape): boolean {
  if (shape.type !== 'rectangle' && shape.type !== 'polygon') return false
  if (shape.type === 'polygon' && crossesItself(shape.points, true)) return false
  // Moved a little, so that it is not the same to the last digit, which CVAT does not look at.
  return shapeSimilarity(shape, { ...shape, rotation: shape.rotation + 1 }) >= KNOWN_AGAIN
}

function* listed<T>(items: Iterable<T>, toJson: (item: T) => object | null): Generator<string> {
  let texts: string[] = []
  let isFirst = true
  for (const item of items) {
    const value = toJson(item)
    if (value === null) continue
    texts.push((isFirst ? '' : ',') + JSON.stringify(value))
    isFirst = false
    if (texts.length < AT_ONCE) continue
    yield texts.join('')
    texts = []
  }
  yield texts.join('')
}

function common({ group, source }: Annotation) {
  return { group, source }
}

function valuesOf(values: readonly AttributeValue[], names: Names) {
  return values.flatMap(({ specId, value }) => {
    const name = names.attribute(specId)
    return name === undefined ? [] : [{ value, name }]
  })
}

function cvatTag(tag: Tag, names: Names): object {
  return {
    frame: tag.frame,
    ...common(tag),
    attributes: valuesOf(tag.attributes, names),
    label: names.label(tag.labelId),
  }
}

function cvatShape(shape: Shape, names: Names): object {
  const { frame } = shape
  return {
    type: shape.type,
    occluded: shape.occluded,
    outside: false,
    z_order: shape.zOrder,
    rotation: shape.rotation,
    points: shape.points,
    frame,
    ...common(shape),
    attributes: valuesOf(shape.attributes, names),
    elements: shape.elements.map((joint) => ({
      ...form(joint, shape.zOrder),
      frame,
      ...common(shape),
      attributes: valuesOf(joint.attributes, names),
      label: names.label(joint.labelId),
    })),
    label: names.label(shape.labelId),
  }
}

function form({ points, occluded, outside }: SkeletonElement, zOrder: number) {
  return { type: 'points', occluded, outside, z_order: zOrder, rotation: 0, points }
}

function cvatTrack(track: Track, names: Names): object {
  return {
    frame: track.frame,
    ...common(track),
    attributes: valuesOf(track.attributes, names),
    elements: jointTracks(track).map(({ labelId, positions }) => {
      const isMutable = (value: AttributeValue) => names.isMutable(value.specId)
      const fixed = positions.at(-1)?.joint.attributes.filter((value) => !isMutable(value)) ?? []
      return {
        frame: positions[0]?.frame ?? track.frame,
        ...common(track),
        attributes: valuesOf(fixed, names),
        elements: [],
        label: names.label(labelId),
        shapes: positions.map(({ frame, zOrder, joint }) => ({
          ...form(joint, zOrder),
          frame,
          attributes: valuesOf(joint.attributes.filter(isMutable), names),
        })),
      }
    }),
    label: names.label(track.labelId),
    shapes: track.keyframes.map((keyframe) => ({
      type: track.type,
      occluded: keyframe.occluded,
      outside: keyframe.outside,
      z_order: keyframe.zOrder,
      rotation: keyframe.rotation,
      points: keyframe.points,
      frame: keyframe.frame,
      attributes: valuesOf(keyframe.attributes, names),
    })),
  }
}
