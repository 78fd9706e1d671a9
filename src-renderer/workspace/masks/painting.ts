import type { Tool } from '#renderer/canvas/canvas-api.ts'
import { type Brush, MaskSession } from '#renderer/canvas/tools/mask-session.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { AnnotationId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Bench } from '../bench/bench.ts'

/** A mask being painted, from the first look at the tool until it is finished or left. */
export interface Painting {
  readonly session: MaskSession
  /** Where it belongs, even when another frame is on screen already. */
  readonly frame: FrameIndex
  /** The mask painted on; null for a new one. */
  readonly edited: AnnotationId | null
  readonly labelId: LabelId
  /** Begin the next one as soon as this is finished. */
  readonly continues: boolean
}

/** The canvas' tool for the mask being painted, or for a new one. Another label only changes its colour. */
export function maskTool(bench: Bench, label: Label): Tool | null {
  const painting = bench.ui.getState().painting ?? newPainting(bench, label.id)
  if (!painting) return null
  bench.ui.setState({ painting: { ...painting, labelId: label.id } })
  const { session, edited } = painting
  return { kind: 'draw', shape: 'mask', color: label.color, session, edited }
}

/** @param points  the mask to go on from. @returns null while no picture is there to paint on */
export function newPainting(
  bench: Bench,
  labelId: LabelId,
  edited: { readonly id: AnnotationId; readonly points: readonly number[] } | null = null,
): Painting | null {
  const { frame, picture } = bench.document.state.getState()
  if (picture?.kind !== 'ready') return null
  const { width, height } = picture
  const brush: Brush = { kind: 'brush', ...useSettings.getState().brush }
  const session = new MaskSession({ width, height }, brush, edited?.points ?? null)
  session.subscribe(() => rememberBrush(session.brush))
  return { session, frame, edited: edited?.id ?? null, labelId, continues: false }
}

/** The next mask begins with the tip this one was painted with. */
function rememberBrush({ form, size }: Brush): void {
  const { brush } = useSettings.getState()
  if (brush.form !== form || brush.size !== size) setSettings({ brush: { form, size } })
}
