/** What Label Studio calls results: a region, what it is called, and what is said of it are one each. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { drawnAs } from '../common/label-file/stand-in.ts'
import { encodeBrush } from './brush-rle.ts'
import {
  type AttributeControls,
  DRAWING_CONTROLS,
  type DrawingType,
  IMAGE,
  TAGS,
} from './controls.ts'
import type { UsedLabels } from './label-config.ts'
import { type Size, toPercentBox, toPercentEllipse, toPercentPoints } from './percent.ts'
import { factsOf, valueResults, valuesByName } from './values-out.ts'

export interface ResultContext {
  readonly frame: DatasetFrame
  readonly size: Size
  readonly attributes: AttributeControls
  readonly used: UsedLabels
  /** Ids of regions, unique within a task. */
  readonly newId: () => string
}

interface Region {
  readonly type: DrawingType
  readonly value: object
  readonly meta?: object
}

export function shapeResults(shape: WovenShape, label: Label, context: ResultContext): object[] {
  if (shape.type === 'skeleton') return skeletonResults(shape, label, context)
  const regions = regionsOf(shape, context)
  // Several regions of one point set find each other by the id of the first.
  const ids = regions.map(() => context.newId())
  return regions.flatMap((region, i) => {
    const set = regions.length > 1 ? { set: ids[0] } : {}
    const meta = { ...metaOf(shape), ...region.meta, ...set }
    const head = { id: ids[i] ?? '', ...factsOf(shape), meta }
    const first = regionResult(region, label, head, context)
    return i > 0
      ? [first]
      : [first, ...valueResults(label, shape.attributes, { ...context, id: head.id })]
  })
}

/** What is not a keyword of Label Studio's goes to `meta`, which it keeps with a region. */
function metaOf({ occluded, group, zOrder, track }: WovenShape): object {
  return {
    ...(group > 0 ? { group } : {}),
    ...(occluded ? { occluded } : {}),
    ...(zOrder === 0 ? {} : { z_order: zOrder }),
    ...(track ? { track_id: track.id, keyframe: track.keyframe } : {}),
  }
}

function regionsOf(shape: WovenShape, { size }: ResultContext): Region[] {
  const { type, points, rotation } = shape
  switch (type) {
    case 'rectangle':
      return [{ type: 'rectanglelabels', value: toPercentBox(points, rotation, size) }]
    case 'ellipse':
      return [{ type: 'ellipselabels', value: toPercentEllipse(points, rotation, size) }]
    case 'polygon':
    case 'polyline':
      return [polygon(points, type === 'polygon', size)]
    case 'points':
      return toPercentPoints(points, size).map(keypoint)
    case 'mask': {
      const rle = encodeBrush(points, size.width, size.height)
      return [{ type: 'brushlabels', value: { format: 'rle', rle } }]
    }
    case 'cuboid': {
      const original = { type, points, rotation }
      return [{ ...polygon(drawnAs(original).points, true, size), meta: { original } }]
    }
    case 'skeleton':
      return []
  }
}

function polygon(points: readonly number[], closed: boolean, size: Size): Region {
  return { type: 'polygonlabels', value: { points: toPercentPoints(points, size), closed } }
}

/** Percent of the picture's width: how large Label Studio paints a point. */
const POINT_SIZE = 0.5

function keypoint([x, y]: readonly [number, number]): Region {
  return { type: 'keypointlabels', value: { x, y, width: POINT_SIZE } }
}

/** A box with the skeleton's label, and a point for each joint that is seen, whose parent it is. */
function skeletonResults(shape: WovenShape, label: Label, context: ResultContext): object[] {
  const { size } = context
  const joints = label.sublabels.flatMap((sublabel) => {
    const joint = shape.elements.find(({ labelId }) => labelId === sublabel.id)
    return joint ? [{ sublabel, joint }] : []
  })
  const seen = joints.filter(({ joint }) => !joint.outside)
  const hidden = joints
    .filter(({ joint }) => joint.outside)
    .map(({ sublabel, joint: { points, occluded, attributes } }) => ({
      label: sublabel.name,
      points,
      occluded,
      attributes: valuesByName(sublabel, attributes),
    }))
  const box = boundingBox((seen.length > 0 ? seen : joints).flatMap(({ joint }) => joint.points))
  const corners = box ? [box.left, box.top, box.right, box.bottom] : [0, 0, 0, 0]
  const id = context.newId()
  const more = hidden.length > 0 ? { hidden_joints: hidden } : {}
  const head = {
    id,
    ...factsOf(shape),
    meta: { ...metaOf({ ...shape, occluded: false }), ...more },
  }
  const region: Region = { type: 'rectanglelabels', value: toPercentBox(corners, 0, size) }
  return [
    regionResult(region, label, head, context),
    ...valueResults(label, shape.attributes, { ...context, id: head.id }),
    ...seen.flatMap(({ sublabel, joint }) => {
      const meta = joint.occluded ? { occluded: true } : {}
      const own = { id: context.newId(), parentID: id, meta }
      const point = toPercentPoints(joint.points, size).map(keypoint)[0]
      if (!point) return []
      return [
        regionResult(point, sublabel, own, context),
        ...valueResults(sublabel, joint.attributes, { ...context, id: own.id }),
      ]
    }),
  ]
}

type Head = { readonly id: string; readonly meta: object } & object

function regionResult(
  { type, value }: Region,
  label: Sublabel,
  { meta, ...head }: Head,
  { size, used }: ResultContext,
): object {
  const { name } = DRAWING_CONTROLS[type]
  used.add(name, label.name)
  return {
    original_width: size.width,
    original_height: size.height,
    image_rotation: 0,
    value: { ...value, [type]: [label.name] },
    ...head,
    from_name: name,
    to_name: IMAGE,
    type,
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
  }
}

/** All tags of a picture in one result. What is more than a name stands in its `meta`. */
export function tagResults(
  tags: readonly Tag[],
  labels: ReadonlyMap<number, Label>,
  { newId, used }: ResultContext,
): object[] {
  const known = tags.flatMap((tag) => {
    const label = labels.get(tag.labelId)
    return label ? [{ tag, label }] : []
  })
  if (known.length === 0) return []
  const names = [...new Set(known.map(({ label }) => label.name))]
  for (const name of names) used.add(TAGS, name)
  const isPlain =
    names.length === known.length &&
    known.every(
      ({ tag }) => tag.group === 0 && tag.attributes.length === 0 && tag.source === 'file',
    )
  const details = known.map(({ tag, label }) => ({
    label: label.name,
    ...(tag.group > 0 ? { group: tag.group } : {}),
    ...(tag.source === 'file' ? {} : { source: tag.source }),
    ...(tag.attributes.length > 0 ? { attributes: valuesByName(label, tag.attributes) } : {}),
  }))
  const head = { id: newId(), from_name: TAGS, to_name: IMAGE, type: 'choices' }
  return [{ value: { choices: names }, ...head, ...(isPlain ? {} : { meta: { tags: details } }) }]
}
