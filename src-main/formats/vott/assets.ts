/** An asset of VoTT's: a picture or a frame of a video, with its regions. */
import type { NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { joinParts } from '../common/joined-parts.ts'
import {
  asName,
  asObject,
  asOptionalList,
  asOptionalObject,
  type JsonObject,
} from '../common/json-values.ts'
import { attributeText } from '../common/label-index.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import type { Refuse } from '../common/refuse.ts'
import { parseRegion, type VottRegion } from './regions-in.ts'

export interface AssetContext {
  readonly target: Pick<ReadTarget, 'task'>
  readonly tally: ImportTally
  readonly refuse: Refuse
  readonly subset: string | undefined
  add(annotation: NewAnnotation): void
}

interface Place {
  readonly index: number
  readonly width: number
  readonly height: number
}

/** @param at  of the asset in its file, for messages; '' where the file is about it alone */
export function addAsset(
  asset: unknown,
  regions: unknown,
  at: string,
  context: AssetContext,
): void {
  const { refuse, tally } = context
  const inside = (key: string): string => (at === '' ? key : `${at}.${key}`)
  const facts = asObject(asset, inside('asset'), refuse)
  const place = placeOf(facts, inside('asset'), context)
  const parts = asOptionalList(regions, inside('regions'), refuse).flatMap((value, i) => {
    const region = parseRegion(value, `${inside('regions')}[${i}]`, refuse)
    if (region.shape === null) tally.note(region.problem)
    if (region.shape === null || place === null) return []
    if (region.tags.length === 0) tally.nameless('regions without a tag were left out')
    // As VoTT's own exporters have it: an object for each tag of a region.
    return region.tags.flatMap((tag) => {
      const label = tally.label(tag)
      return label === null
        ? []
        : { shape: toShape(region, label, place, tally), partOf: region.partOf }
    })
  })
  if (place !== null) for (const shape of joinParts(parts, place)) context.add(shape)
}

function placeOf(asset: JsonObject, where: string, context: AssetContext): Place | null {
  const { tally, subset } = context
  const name = asName(asset.name, `${where}.name`, context.refuse)
  const size = asOptionalObject(asset.size, `${where}.size`, context.refuse)
  const [width, height] = [pixels(size.width), pixels(size.height)]
  const number = frameNumber(asset, context)
  if (number !== null) {
    const index = tally.frameAt(number, subset)
    return index === null ? null : { index, width, height }
  }
  const path = typeof asset.path === 'string' ? localPath(asset.path) : name
  const frame = tally.frameOf(
    [...new Set([name, path, decoded(name)])] as [string, ...string[]],
    subset,
  )
  noteOtherSize(frame, { width, height }, tally)
  return frame
}

function pixels(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0
}

/** Of a video, VoTT says the time in seconds: `desk.mp4#t=7.12`. Pictures are told by name. */
function frameNumber(asset: JsonObject, { target: { task } }: AssetContext): number | null {
  const rate = task.mode === 'interpolation' ? (task.video?.frameRate ?? null) : null
  const seconds = asset.timestamp
  if (rate === null || typeof seconds !== 'number' || !(seconds >= 0)) return null
  return Math.round(seconds * rate)
}

/** `file:/home/me/a%20b.jpg`, `https://…/a.jpg?sv=…`. */
function localPath(path: string): string {
  return decoded(path.replace(/^\w+:\/{0,2}/, '').replace(/\?.*$/, ''))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function toShape(
  { shape, occluded, attributes }: VottRegion,
  label: Label,
  { index }: Place,
  tally: ImportTally,
): NewShape {
  const form = shape ?? { type: 'rectangle' as const, points: [], rotation: 0 }
  const values = Object.entries(attributes).flatMap(([name, value]) =>
    attributeIn(name, value, label, tally),
  )
  return newShape({ frame: index, labelId: label.id, occluded, attributes: values, ...form })
}

function attributeIn(
  name: string,
  value: unknown,
  label: Label,
  tally: ImportTally,
): AttributeValue[] {
  const spec = tally.labels.attribute(label, name, value)
  const text = spec === null ? null : attributeText(spec, value)
  return spec === null || text === null ? [] : [{ specId: spec.id, value: text }]
}
