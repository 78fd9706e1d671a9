import type { ImageFilter } from '#renderer/canvas/canvas-api.ts'
import type { Action } from '#renderer/state/actions.ts'
import { defaultSettings, setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'

const STEP = 0.1
const GRID_COLORS = ['#ffffff', '#000000', '#ff0000', '#00ff00', '#0000ff', '#ffff00']

/** How the picture is shown. Nothing here touches a file. */
export function imageActions(bench: Bench): Action[] {
  const image = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `image.${id}`,
    group: 'image',
    keys,
    scope: 'workspace',
    run,
  })
  return [
    image('rotate', ['Ctrl+R'], () => bench.canvas?.rotate(90)),
    image('rotate-back', ['Ctrl+Shift+R'], () => bench.canvas?.rotate(-90)),
    image('fit', ['Shift+1', 'Ctrl+Shift+F'], () => bench.canvas?.fit()),
    image('zoom-in', [], () => bench.canvas?.zoomBy(1.25)),
    image('zoom-out', [], () => bench.canvas?.zoomBy(0.8)),
    image('zoom-full', [], () => bench.canvas?.zoomBy(1 / bench.canvas.viewport.scale)),
    image('brighter', ['Shift+B+='], () => filter('brightness', STEP)),
    image('darker', ['Shift+B+-'], () => filter('brightness', -STEP)),
    image('more-contrast', ['Shift+C+='], () => filter('contrast', STEP)),
    image('less-contrast', ['Shift+C+-'], () => filter('contrast', -STEP)),
    image('more-saturation', ['Shift+S+='], () => filter('saturation', STEP)),
    image('less-saturation', ['Shift+S+-'], () => filter('saturation', -STEP)),
    image('reset', [], () =>
      setSettings({ imageFilter: defaultSettings.imageFilter, tone: defaultSettings.tone }),
    ),
    image('more-grid', ['Shift+G+='], () => gridOpacity(STEP)),
    image('less-grid', ['Shift+G+-'], () => gridOpacity(-STEP)),
    image('grid-color', ['Shift+G+Enter'], nextGridColor),
    image('grid', [], toggleGrid),
  ]
}

function filter(field: keyof ImageFilter, by: number): void {
  const { imageFilter } = useSettings.getState()
  setSettings({ imageFilter: { ...imageFilter, [field]: within(imageFilter[field] + by, 0, 3) } })
}

function gridOpacity(by: number): void {
  const { grid } = useSettings.getState()
  const opacity = within((grid.visible ? grid.opacity : 0) + by, 0, 1)
  setSettings({ grid: { ...grid, visible: opacity > 0, opacity } })
}

function nextGridColor(): void {
  const { grid } = useSettings.getState()
  const at = GRID_COLORS.indexOf(grid.color)
  const color = GRID_COLORS[(at + 1) % GRID_COLORS.length] ?? grid.color
  setSettings({ grid: { ...grid, visible: true, color } })
}

function toggleGrid(): void {
  const { grid } = useSettings.getState()
  setSettings({ grid: { ...grid, visible: !grid.visible } })
}

/** Two decimals, so that ten steps up and ten down end where they began. */
function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)) * 100) / 100
}
