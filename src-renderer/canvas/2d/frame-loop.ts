/** The picture is drawn smoothest once the view has rested so long. */
const REST_MS = 150

/** At most one painting a frame: the view's layers when the view changed, the top layer always. */
export class FrameLoop {
  readonly #paintView: (moving: boolean) => void
  readonly #paintTop: () => void
  #frame = 0
  #viewDirty = false
  #moving = false
  #restTimer = 0
  #isHeld = false

  /** @param paintView  `moving` = the view is under way, speed before beauty */
  constructor(paintView: (moving: boolean) => void, paintTop: () => void) {
    this.#paintView = paintView
    this.#paintTop = paintTop
  }

  /** The top layer is to be painted. */
  schedule(): void {
    if (this.#frame === 0 && !this.#isHeld) this.#frame = requestAnimationFrame(() => this.#paint())
  }

  /** Every layer is to be painted. */
  scheduleAll(): void {
    this.#viewDirty = true
    this.schedule()
  }

  /** Nothing is painted until `release`: what is on screen stays as it is, all of it. */
  hold(): void {
    this.#isHeld = true
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  /**
   * Paints at once. Who releases has just changed a layer that this loop does not paint, and both must come on screen together:
   * put off to the next animation frame, the painting would be lost if the next image holds the loop before it.
   */
  release(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#viewDirty = true
    this.#paint()
  }

  viewMoved(): void {
    this.#moving = true
    clearTimeout(this.#restTimer)
    this.#restTimer = window.setTimeout(() => {
      this.#moving = false
      this.scheduleAll()
    }, REST_MS)
    this.scheduleAll()
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#restTimer)
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#viewDirty) {
      this.#viewDirty = false
      this.#paintView(this.#moving)
    }
    this.#paintTop()
  }
}
