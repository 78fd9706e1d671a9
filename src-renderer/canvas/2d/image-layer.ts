import type { Grid, ImageFilter } from '../canvas-api.ts'
import type { ImageSize } from '../geometry/space.ts'
import type { Matrix } from '../geometry/viewport.ts'
import { gammaFilter } from './gamma-filter.ts'

/** Image pixels closer than this on screen (CSS pixels) make a grid that is only noise. */
const CLOSEST_LINES = 4

/** The picture itself, and above it the grid. */
export class ImageLayer {
  readonly element = layerCanvas()
  readonly gridElement = layerCanvas()
  readonly #context = this.element.getContext('2d', { alpha: true })
  readonly #gridContext = this.gridElement.getContext('2d')
  #image: ImageBitmap | null = null
  #imageSize: ImageSize = { width: 0, height: 0 }
  #grid: Grid = { visible: false, size: 50, color: '#ffffff', opacity: 0.3 }
  smooth = true

  setImage(image: ImageBitmap | null, size: ImageSize): void {
    this.#image = image
    this.#imageSize = size
  }

  /** The filter is the compositor's work: nothing is painted anew while a slider moves. */
  setFilter({ brightness, contrast, saturation, gamma }: ImageFilter): void {
    const parts = [
      gamma === 1 ? '' : gammaFilter(gamma),
      brightness === 1 ? '' : `brightness(${brightness})`,
      contrast === 1 ? '' : `contrast(${contrast})`,
      saturation === 1 ? '' : `saturate(${saturation})`,
    ].filter((part) => part !== '')
    this.element.style.filter = parts.join(' ') || 'none'
  }

  setGrid(grid: Grid): void {
    this.#grid = grid
  }

  paint(m: Matrix, screen: ImageSize, ratio: number, moving: boolean): void {
    const ctx = this.#context
    if (!ctx) return
    fitCanvas(this.element, screen, ratio)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.element.width, this.element.height)
    this.#paintGrid(m, screen, ratio)
    // A closed bitmap (its cache let it go) has no size; drawing it would throw.
    if (!this.#image || this.#image.width === 0) return
    const zoomedIn = Math.hypot(m.a, m.b) * ratio >= 1
    ctx.imageSmoothingEnabled = this.smooth || !zoomedIn
    ctx.imageSmoothingQuality = moving ? 'low' : 'high'
    ctx.setTransform(m.a * ratio, m.b * ratio, m.c * ratio, m.d * ratio, m.e * ratio, m.f * ratio)
    ctx.drawImage(this.#image, 0, 0, this.#imageSize.width, this.#imageSize.height)
  }

  #paintGrid(m: Matrix, screen: ImageSize, ratio: number): void {
    const { visible, size, color, opacity } = this.#grid
    const scale = Math.hypot(m.a, m.b)
    const shown = visible && size > 0 && size * scale >= CLOSEST_LINES
    this.gridElement.style.display = shown ? 'block' : 'none'
    const ctx = this.#gridContext
    if (!shown || !ctx) return
    fitCanvas(this.gridElement, screen, ratio)
    const { width, height } = this.#imageSize
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.gridElement.width, this.gridElement.height)
    ctx.setTransform(m.a * ratio, m.b * ratio, m.c * ratio, m.d * ratio, m.e * ratio, m.f * ratio)
    ctx.beginPath()
    for (let x = size; x < width; x += size) ctx.rect(x, 0, 0, height)
    for (let y = size; y < height; y += size) ctx.rect(0, y, width, 0)
    ctx.strokeStyle = color
    ctx.globalAlpha = opacity
    ctx.lineWidth = 1 / scale
    ctx.stroke()
    ctx.globalAlpha = 1
  }
}

/** A canvas that fills the host and lets the pointer through. */
export function layerCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
  return canvas
}

/** Gives a layer one pixel per device pixel; setting the size also clears it, so only when it changed. */
export function fitCanvas(canvas: HTMLCanvasElement, screen: ImageSize, ratio: number): void {
  const [width, height] = [Math.round(screen.width * ratio), Math.round(screen.height * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
}
