import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { type ShapeType, shapeTypes } from '#shared/domain/annotation.ts'

/** What a shape type is called when there are several. */
export const plurals: Readonly<Record<ShapeType, string>> = {
  rectangle: 'rectangles',
  polygon: 'polygons',
  polyline: 'polylines',
  points: 'point sets',
  ellipse: 'ellipses',
  cuboid: 'cuboids',
  mask: 'masks',
  skeleton: 'skeletons',
}

export function shapeCount(census: AnnotationCensus, type: ShapeType): number {
  return census.shapes[type] ?? 0
}

/** Shapes that are no positions of tracks, of one type or of all. */
export function plainShapeCount(census: AnnotationCensus, type?: ShapeType): number {
  const types = type === undefined ? Object.keys(census.shapes) : [type]
  return types.reduce(
    (sum, each) => sum + (census.shapes[each] ?? 0) - (census.trackShapes[each] ?? 0),
    0,
  )
}

/** Losses for shape types a format has no place for. */
export function droppedShapes(census: AnnotationCensus, types: readonly ShapeType[]): Loss[] {
  return types.map((type) => dropped(shapeCount(census, type), `${plurals[type]} are left out`))
}

/** The same for a format that keeps upright boxes and no other shape. */
export function droppedButBoxes(census: AnnotationCensus): Loss[] {
  return droppedShapes(
    census,
    shapeTypes.filter((type) => type !== 'rectangle'),
  )
}

/** Whole annotations that are not in the file. */
export function dropped(count: number, what: string): Loss {
  return { severity: 'dropped', count, what }
}

/** Annotations that are in the file, but not as they were: a detail of theirs is lost or told differently. */
export function changed(count: number, what: string): Loss {
  return { severity: 'changed', count, what }
}

/** What is not there cannot be lost. */
export function onlyReal(losses: readonly Loss[]): Loss[] {
  return losses.filter(({ count }) => count > 0)
}

/** Said of annotations made here, which come back as made by a file. */
export const LOST_SOURCE = 'annotations lose their source (manual, auto …)'

/** Facts of annotations the census counts, and what is said when they are lost. */
const DETAILS = {
  tracks: 'tracks become one shape for each frame',
  attributed: 'annotations lose their attributes',
  grouped: 'annotations lose their group',
  occluded: 'annotations lose their occluded mark',
  layered: 'annotations lose their z-order',
  scored: 'annotations lose their score',
} as const

/**
 * What a format loses of annotations that it keeps, where it has a place for nothing but what they are and where they lie.
 * @param kept  how many annotations it keeps
 * @param but   what is to be said of a detail instead; null: it is not lost
 */
export function lostDetails(
  census: AnnotationCensus,
  kept: number,
  but: Partial<Record<keyof typeof DETAILS | 'source', string | null>> = {},
): Loss[] {
  const words = { ...DETAILS, ...but }
  const lost = Object.keys(DETAILS).flatMap((key) => {
    const what = words[key as keyof typeof DETAILS]
    return what === null ? [] : changed(census[key as keyof typeof DETAILS], what)
  })
  const source = but.source === undefined ? LOST_SOURCE : but.source
  return [
    ...lost,
    ...(source === null ? [] : [changed(Math.min(kept, census.sourced), source)]),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ]
}
