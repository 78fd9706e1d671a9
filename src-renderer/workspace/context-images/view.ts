/** How a context image is looked at. */
export interface ContextView {
  /** 1 fits it into the panel. */
  readonly scale: number
  /** CSS pixels its middle is away from the panel's. */
  readonly x: number
  readonly y: number
  /** Degrees clockwise. */
  readonly turn: 0 | 90 | 180 | 270
}

export const plainView: ContextView = { scale: 1, x: 0, y: 0, turn: 0 }

const MOST = 40

/** Nearer by `factor` about a point, measured from the middle of the panel. Never smaller than the panel. */
export function zoomAt(
  view: ContextView,
  at: { readonly x: number; readonly y: number },
  factor: number,
): ContextView {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  if (scale === 1) return { ...view, scale, x: 0, y: 0 }
  const by = scale / view.scale
  return { ...view, scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }
}

export function turned(view: ContextView, way: 1 | -1): ContextView {
  const turn = ((view.turn + way * 90 + 360) % 360) as ContextView['turn']
  return { ...view, turn, x: 0, y: 0 }
}

/** Moved by CSS pixels, so far that half of the panel still shows the image. */
export function panned(
  view: ContextView,
  by: { readonly x: number; readonly y: number },
  panel: { readonly width: number; readonly height: number },
): ContextView {
  const within = (value: number, room: number) => Math.max(-room, Math.min(room, value))
  return {
    ...view,
    x: within(view.x + by.x, (panel.width * view.scale) / 2),
    y: within(view.y + by.y, (panel.height * view.scale) / 2),
  }
}

/** CSS pixels an image gets so that it fits, turned as it is, times the scale. */
export function shownSize(
  image: { readonly width: number; readonly height: number },
  panel: { readonly width: number; readonly height: number },
  { scale, turn }: ContextView,
): { width: number; height: number } {
  const isLying = turn % 180 === 90
  const [width, height] = isLying ? [image.height, image.width] : [image.width, image.height]
  if (width === 0 || height === 0) return { width: 0, height: 0 }
  const fit = Math.min(panel.width / width, panel.height / height) * scale
  return { width: image.width * fit, height: image.height * fit }
}
