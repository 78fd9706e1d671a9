import type { CanvasShape } from '#renderer/canvas/canvas-api.ts'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { AnnotationView } from './journal.ts'

export type ColorBy = 'label' | 'instance' | 'group'

/** CVAT's thirty colours for instances and groups. */
const PALETTE = (
  '#33ddff #fa3253 #34d1b7 #ff007c #ff6037 #ddff33 #24b353 #b83df5 #66ff66 #32b7fa #ffcc33 #83e070 ' +
  '#fafa37 #5986b3 #8c78f0 #ff6a4d #f078f0 #2a7dd1 #b25050 #cc3366 #cc9933 #aaf0d1 #ff00cc #3df53d ' +
  '#fa32b7 #fa7dbb #ff355e #f59331 #3d3df5 #733380'
).split(' ')
const UNGROUPED = '#e0e0e0'
const UNKNOWN_LABEL = '#b3b3b3'

export type LabelsById = ReadonlyMap<LabelId, Label>

/** `#rrggbb` of an annotation under a colouring. */
export function colorOf(annotation: Annotation, by: ColorBy, labels: LabelsById): string {
  switch (by) {
    case 'label':
      return labels.get(annotation.labelId)?.color ?? UNKNOWN_LABEL
    case 'instance':
      return PALETTE[annotation.id % PALETTE.length] ?? UNKNOWN_LABEL
    case 'group':
      if (annotation.group === 0) return UNGROUPED
      return PALETTE[annotation.group % PALETTE.length] ?? UNKNOWN_LABEL
  }
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
    elements: shape.elements,
    color: colorOf(shape, colorBy, labels),
    locked: view.locked,
    hidden: view.hidden,
    pinned: view.pinned,
    text: `${labels.get(shape.labelId)?.name ?? ''} ${shape.id}`.trim(),
  }
}
