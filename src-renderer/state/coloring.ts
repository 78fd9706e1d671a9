import type { CanvasShape, SkeletonLook } from '#renderer/canvas/canvas-api.ts'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { type PaletteId, paletteColor } from '#shared/domain/palettes.ts'
import { completeJoints, skeletonTemplate } from '#shared/domain/skeleton.ts'
import type { AnnotationView } from './journal.ts'
import { useSettings } from './settings.ts'
import { shapeText } from './shape-text.ts'

export type ColorBy = 'label' | 'instance' | 'group'

const UNGROUPED = '#ffffff'
const UNKNOWN_LABEL = '#b3b3b3'

export type LabelsById = ReadonlyMap<LabelId, Label>

/** `#rrggbb` of an annotation under a colouring, in the person's palette. */
export function colorOf(annotation: Annotation, by: ColorBy, labels: LabelsById): string {
  const { palette } = useSettings.getState()
  switch (by) {
    case 'label':
      return labels.get(annotation.labelId)?.color ?? UNKNOWN_LABEL
    case 'instance':
      return paletteColor(palette, annotation.id)
    case 'group':
      if (annotation.group === 0) return UNGROUPED
      return paletteColor(palette, annotation.group)
  }
}

/**
 * Labels as they are shown: in their own colours, or in a palette's, by their place in the list. For the screen only;
 * what is stored keeps its own colours. The default palette gives back the very list.
 */
export function withPalette(labels: readonly Label[], palette: PaletteId): readonly Label[] {
  if (palette === 'default') return labels
  return labels.map((label, at) => ({
    ...label,
    color: paletteColor(palette, at),
    sublabels: label.sublabels.map((joint, place) => ({
      ...joint,
      color: paletteColor(palette, place),
    })),
  }))
}

/** What the canvas draws of a shape. */
export function toCanvasShape(
  shape: Shape,
  view: AnnotationView,
  colorBy: ColorBy,
  labels: LabelsById,
): CanvasShape {
  return {
    id: shape.id,
    type: shape.type,
    points: shape.points,
    rotation: shape.rotation,
    zOrder: shape.zOrder,
    occluded: shape.occluded,
    elements: jointsOf(shape, labels.get(shape.labelId)),
    skeleton: shape.type === 'skeleton' ? skeletonLook(labels.get(shape.labelId)) : null,
    color: colorOf(shape, colorBy, labels),
    locked: view.locked,
    hidden: view.hidden,
    pinned: view.pinned,
    text: shapeText(shape, labels.get(shape.labelId), useSettings.getState().textContent),
  }
}

/** In the order of the label's sublabels, which the look goes by. */
function jointsOf({ type, elements }: Shape, label: Label | undefined) {
  return type === 'skeleton' && label ? completeJoints(label, elements) : elements
}

const looks = new WeakMap<Label, SkeletonLook>()
const UNKNOWN_SKELETON: SkeletonLook = { edges: [], joints: [] }

/** How a label's skeletons look; made once per label. Joints are in the order of its sublabels. */
export function skeletonLook(label: Label | undefined): SkeletonLook {
  if (!label) return UNKNOWN_SKELETON
  const known = looks.get(label)
  if (known) return known
  const joints = label.sublabels.map(({ name, color }) => ({ name, color }))
  const look = { edges: skeletonTemplate(label).edges, joints }
  looks.set(label, look)
  return look
}
