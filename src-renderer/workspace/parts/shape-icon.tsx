import {
  IconBrush,
  IconCube,
  IconGridDots,
  IconLine,
  IconOvalVertical,
  IconPolygon,
  IconRectangle,
  IconTag,
  IconTopologyStar,
} from '@tabler/icons-react'
import type { Annotation } from '#shared/domain/annotation.ts'

const icons = {
  rectangle: IconRectangle,
  polygon: IconPolygon,
  polyline: IconLine,
  points: IconGridDots,
  ellipse: IconOvalVertical,
  cuboid: IconCube,
  mask: IconBrush,
  skeleton: IconTopologyStar,
  tag: IconTag,
} as const

/** What kind of annotation it is, as a glyph in its colour. */
export function ShapeIcon({ annotation, color }: { annotation: Annotation; color: string }) {
  const Glyph = icons[annotation.kind === 'tag' ? 'tag' : annotation.type]
  return <Glyph size={16} stroke={1.75} color={color} aria-hidden="true" />
}
