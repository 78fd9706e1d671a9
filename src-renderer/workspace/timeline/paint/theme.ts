/** Colours of the page in force, for what is drawn by hand. */
export interface Theme {
  readonly page: string
  readonly chrome: string
  readonly surface: string
  readonly sunken: string
  readonly hover: string
  readonly border: string
  readonly strong: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly accent: string
  readonly onAccent: string
  readonly accentSoft: string
  readonly warn: string
  readonly bad: string
  readonly isDark: boolean
  readonly font: string
}

export function readTheme(element: HTMLElement): Theme {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    page: of('--fm-page'),
    chrome: of('--fm-chrome'),
    surface: of('--fm-surface'),
    sunken: of('--fm-sunken'),
    hover: of('--fm-hover'),
    border: of('--fm-border'),
    strong: of('--fm-border-strong'),
    text: of('--fm-text'),
    text2: of('--fm-text-2'),
    text3: of('--fm-text-3'),
    accent: of('--fm-accent'),
    onAccent: of('--fm-on-accent'),
    accentSoft: of('--fm-accent-soft'),
    warn: of('--fm-warn'),
    bad: of('--fm-bad'),
    isDark: document.documentElement.dataset.mantineColorScheme === 'dark',
    font: style.fontFamily,
  }
}

/** What every part draws with: CSS pixels; `snap` puts an edge onto a device pixel, so that lines are crisp. */
export interface Brush {
  readonly ctx: CanvasRenderingContext2D
  readonly theme: Theme
  readonly snap: (value: number) => number
  /** One device pixel. */
  readonly hair: number
}

export function brushOf(ctx: CanvasRenderingContext2D, theme: Theme, ratio: number): Brush {
  return { ctx, theme, snap: (value) => Math.round(value * ratio) / ratio, hair: 1 / ratio }
}

const widths = new Map<string, number>()

/** A text that ends with an ellipsis where there is no room for all of it. The font of `ctx` is set already. */
export function fitted(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (measured(ctx, text) <= room) return text
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (measured(ctx, `${text.slice(0, middle)}…`) <= room) low = middle
    else high = middle - 1
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`
}

export function measured(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font}\n${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  if (widths.size > 5000) widths.clear()
  const { width } = ctx.measureText(text)
  widths.set(key, width)
  return width
}
