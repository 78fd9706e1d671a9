import type { Viewport } from '../canvas-api.ts'
import type { ImageBox, ImageSize, ScreenPoint } from '../geometry/space.ts'
import { boxOf, clampToImage, screenPoint } from '../geometry/space.ts'
import {
  fitView,
  focusView,
  type Matrix,
  panView,
  toImage,
  viewMatrix,
  zoomView,
} from '../geometry/viewport.ts'

/** Where one looks: viewport, picture and host size together. Calls back on every change. */
export class Camera {
  #view: Viewport = { scale: 1, x: 0, y: 0, angle: 0 }
  #matrix: Matrix | null = null
  #image: ImageSize = { width: 0, height: 0 }
  #screen: ImageSize = { width: 0, height: 0 }
  /** Nobody has moved the view since it was fitted, so it stays fitted when the host changes size. */
  #fitted = true
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get view(): Viewport {
    return this.#view
  }

  get image(): ImageSize {
    return this.#image
  }

  get screen(): ImageSize {
    return this.#screen
  }

  /** Image pixels to CSS pixels. */
  get matrix(): Matrix {
    this.#matrix ??= viewMatrix(this.#view, this.#image)
    return this.#matrix
  }

  /** What of the picture is on screen; all zeros while there is none. */
  get visible(): ImageBox {
    const { width, height } = this.#screen
    const corner = (x: number, y: number) =>
      clampToImage(toImage(this.matrix, screenPoint(x, y)), this.#image)
    return boxOf(corner(0, 0), corner(width, height))
  }

  setImage(size: ImageSize, keepViewport: boolean): void {
    const same = size.width === this.#image.width && size.height === this.#image.height
    this.#image = size
    if (keepViewport && same) return
    this.#view = { ...this.#view, angle: 0 }
    this.fit()
  }

  setScreen(size: ImageSize): void {
    const [dx, dy] = [size.width - this.#screen.width, size.height - this.#screen.height]
    this.#screen = size
    if (this.#fitted) this.fit()
    else this.#set(panView(this.#view, dx / 2, dy / 2), false)
  }

  fit(): void {
    if (this.#screen.width === 0 || this.#image.width === 0) {
      this.#set(this.#view, true)
      return
    }
    this.#set(fitView(this.#image, this.#screen, this.#view.angle), true)
  }

  focus(box: ImageBox): void {
    const margin = Math.min(this.#screen.width, this.#screen.height) * 0.15
    this.#set(focusView(box, this.#image, this.#screen, this.#view.angle, margin), false)
  }

  panBy(dx: number, dy: number): void {
    this.#set(panView(this.#view, dx, dy), false)
  }

  zoomBy(factor: number, about: ScreenPoint = this.#middle()): void {
    this.#set(zoomView(this.#view, this.#image, factor, about), false)
  }

  /** Quarter turns fit the picture again, as CVAT does: a turned picture rarely is where one looked. */
  rotate(degrees: 90 | -90): void {
    this.#view = { ...this.#view, angle: (this.#view.angle + degrees + 360) % 360 }
    this.fit()
  }

  #middle(): ScreenPoint {
    return screenPoint(this.#screen.width / 2, this.#screen.height / 2)
  }

  #set(view: Viewport, fitted: boolean): void {
    this.#view = view
    this.#matrix = null
    this.#fitted = fitted
    this.#onChange()
  }
}
