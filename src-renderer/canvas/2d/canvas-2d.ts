import type { AnnotationId } from '#shared/domain/ids.ts'
import type {
  Appearance,
  Canvas2d,
  CanvasEventName,
  CanvasEvents,
  CanvasShape,
  EditOptions,
  Ghost,
  Grid,
  ImageFilter,
  ShapeChange,
  Tool,
  Viewport,
} from '../canvas-api.ts'
import { handleAt } from '../geometry/handles.ts'
import { type ImageBox, type ImageSize, type ScreenPoint, screenPoint } from '../geometry/space.ts'
import { toImage } from '../geometry/viewport.ts'
import { DEFAULT_APPEARANCE } from '../paint/style.ts'
import { Scene } from '../scene/scene.ts'
import { activeShape, jointOf } from '../tools/hovering.ts'
import { deletePoint } from '../tools/moving-point.ts'
import { ToolMachine } from '../tools/tool-machine.ts'
import type { Draft, PointerInput, Stage } from '../tools/tool-state.ts'
import { Camera } from './camera.ts'
import { Emitter } from './emitter.ts'
import { FrameLoop } from './frame-loop.ts'
import { GhostLayer } from './ghost-layer.ts'
import { GhostPointer } from './ghost-pointer.ts'
import { Highlights, MANY } from './highlights.ts'
import { ImageLayer } from './image-layer.ts'
import { listenToPointer, type RawInput } from './pointer-source.ts'
import { ShapesLayer } from './shapes-layer.ts'
import { TopLayer } from './top-layer.ts'

/** CSS pixels around the pointer that count as touching a shape. */
const TOLERANCE = 4
/**
 * A new image waits so long for the picture of its shapes, so that both change together and shapes do not blink while a video
 * plays. Ten thousand polygons take longer: then the image goes ahead.
 */
const TOGETHER_MS = 48
const HELD_KEYS = new Set(['Control', 'Meta', 'Shift', 'Alt'])

/** Makes a canvas that fills `host` (which needs a size of its own) and follows it. */
export const createCanvas2d = (host: HTMLElement): Canvas2d => new LayeredCanvas(host)

/** Wires scene, camera, tools and layers together; each of them knows nothing of the others. */
class LayeredCanvas implements Canvas2d, Stage {
  readonly #host: HTMLElement
  readonly #emitter = new Emitter()
  readonly #scene = new Scene()
  readonly #highlights = new Highlights((id) => this.#scene.get(id))
  readonly #camera = new Camera(() => this.#viewChanged())
  readonly #image = new ImageLayer()
  readonly #shapes = new ShapesLayer()
  readonly #ghosts = new GhostLayer()
  readonly #ghostPointer = new GhostPointer({
    at: ({ image }) => this.#ghosts.at(image, TOLERANCE * this.pixel),
    hover: (id) => this.emit('ghost', { id }),
    pick: (id) => this.emit('pickGhost', { id }),
  })
  readonly #top = new TopLayer()
  readonly #machine = new ToolMachine(this)
  readonly #frames = new FrameLoop(
    (moving) => this.#paintView(moving),
    () => this.#paintTop(),
  )
  readonly #stops: (() => void)[] = []
  #appearance: Appearance = DEFAULT_APPEARANCE
  #draft: Draft | null = null
  /** While the listeners of a finished drawing run. */
  #isDrawn = false
  #hoveredJoint: number | null = null
  #pointer: RawInput | null = null
  /** Of the wait for a new image's shapes; 0 while there is none. */
  #turnTimer = 0

  constructor(host: HTMLElement) {
    this.#host = host
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative'
    Object.assign(host.style, { overflow: 'hidden', touchAction: 'none', userSelect: 'none' })
    host.style.background = 'var(--canvas-bg, #1f2226)'
    host.append(
      this.#image.element,
      this.#image.gridElement,
      this.#shapes.element,
      this.#ghosts.element,
      this.#top.element,
    )
    this.#shapes.onShown = (picture) => this.#shapesShown(picture)
    this.#shapes.setAppearance(this.#appearance)
    this.#stops.push(this.#followSize(), this.#followPointer(), this.#followKeys())
  }

  // Canvas2d: what the workspace says

  setImage(image: ImageBitmap | null, size: ImageSize, keepViewport: boolean): void {
    this.#image.setImage(image, size)
    this.#machine.interrupt()
    this.#highlights.lingering = []
    const before = this.#camera.image
    const isSameSize = before.width === size.width && before.height === size.height
    if (image && isSameSize && keepViewport) this.#beginTurn()
    else {
      this.#endTurn(false)
      this.#shapes.clear()
    }
    this.#shapes.replace([])
    this.#scene.replace([])
    this.#hoverAgain()
    this.#camera.setImage(size, keepViewport)
    this.#viewChanged()
  }

  replaceImage(image: ImageBitmap): void {
    this.#image.setImage(image, this.#camera.image)
    this.#frames.scheduleAll()
  }

  /** The old image and its shapes stay until the new ones can be shown together. */
  #beginTurn(): void {
    clearTimeout(this.#turnTimer)
    this.#shapes.turnPage()
    this.#frames.hold()
    this.#turnTimer = window.setTimeout(() => this.#endTurn(false), TOGETHER_MS)
  }

  /** @param hasShapes  the shapes' own picture is there already */
  #endTurn(hasShapes: boolean): void {
    if (this.#turnTimer === 0) return
    clearTimeout(this.#turnTimer)
    this.#turnTimer = 0
    if (!hasShapes) this.#shapes.clear()
    this.#frames.release()
  }

  setShapes(shapes: readonly CanvasShape[]): void {
    // Nothing to wait for.
    if (shapes.length === 0) this.#endTurn(false)
    // First the worker's part: it paints while this thread goes on with the index.
    this.#shapes.replace(shapes)
    this.#scene.replace(shapes)
    this.#hoverAgain()
  }

  patchShapes(changed: readonly CanvasShape[], removed: readonly AnnotationId[]): void {
    for (const id of removed) this.#scene.remove(id)
    for (const shape of changed) this.#scene.put(shape)
    this.#shapes.patch(changed, removed)
    // The draft goes at once, the picture with the shape comes a moment later: without this it would blink.
    if (this.#isDrawn) this.#highlights.lingering = changed.filter(({ hidden }) => !hidden)
    this.#hoverAgain()
  }

  setActive(ids: readonly AnnotationId[]): void {
    // Told on every hover: a large selection is not painted anew for that.
    if (ids === this.#highlights.active) return
    const isMany = ids.length > MANY
    if (isMany || this.#highlights.active.length > MANY) this.#shapes.emphasise(isMany ? ids : [])
    this.#highlights.active = ids
    this.#frames.schedule()
  }

  setGhosts(ghosts: readonly Ghost[]): void {
    this.#ghosts.set(ghosts)
    // What came or went may be under the resting pointer.
    if (this.#pointer) this.#ghostPointer.move(this.#input(this.#pointer), this.#isResting)
    this.#frames.schedule()
  }

  setActiveGhost(id: number | null): void {
    this.#ghosts.activate(id)
    this.#frames.schedule()
  }

  setTool(tool: Tool): void {
    this.#machine.setTool(tool)
    // Ghosts and guides appear where the pointer already is.
    this.#moveAgain()
  }

  get tool(): Tool {
    return this.#machine.tool
  }

  finishDrawing(): void {
    this.#machine.finish()
  }

  cancel(): boolean {
    return this.#machine.cancel()
  }

  setAppearance(appearance: Appearance): void {
    this.#appearance = appearance
    this.#image.smooth = appearance.smoothImage
    this.#shapes.setAppearance(appearance)
    this.#frames.scheduleAll()
  }

  setImageFilter(filter: ImageFilter): void {
    this.#image.setFilter(filter)
  }

  setGrid(grid: Grid): void {
    this.#image.setGrid(grid)
    this.#frames.scheduleAll()
  }

  fit(): void {
    this.#camera.fit()
  }

  zoomBy(factor: number, about?: { x: number; y: number }): void {
    this.#camera.zoomBy(factor, about && screenPoint(about.x, about.y))
  }

  focus(box: ImageBox): void {
    this.#camera.focus(box)
  }

  rotate(degrees: 90 | -90): void {
    this.#camera.rotate(degrees)
  }

  get viewport(): Viewport {
    return this.#camera.view
  }

  get visible(): ImageBox {
    return this.#camera.visible
  }

  on<E extends CanvasEventName>(event: E, listener: (payload: CanvasEvents[E]) => void) {
    return this.#emitter.on(event, listener)
  }

  takeBack(): boolean {
    return this.#machine.takeBack()
  }

  get isSketching(): boolean {
    return this.#machine.state.takeBack !== undefined
  }

  get vertex(): number | null {
    if (!this.#pointer) return null
    const handle = handleAt(activeShape(this), this.#input(this.#pointer).image, this.pixel)
    return handle?.kind === 'vertex' ? handle.index : null
  }

  deleteVertex(id: AnnotationId, vertex: number): void {
    const shape = this.#scene.get(id)
    if (shape && !shape.locked) deletePoint(this, shape, vertex)
  }

  conceal(ids: readonly AnnotationId[]): void {
    if (ids.length === 0 && this.#highlights.concealed.length === 0) return
    this.#highlights.concealed = ids
    this.#exceptInHand()
    this.#frames.schedule()
  }

  setEditOptions(options: EditOptions): void {
    this.options = options
    this.#moveAgain()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    clearTimeout(this.#turnTimer)
    this.#frames.stop()
    this.#emitter.clear()
    this.#shapes.destroy()
    this.#image.element.remove()
    this.#ghosts.element.remove()
    this.#image.gridElement.remove()
    this.#top.element.remove()
  }

  // Stage: what a tool may see and do

  options: EditOptions = {
    automaticBordering: false,
    intelligentCropping: true,
    sharedBorders: false,
  }

  get imageSize(): ImageSize {
    return this.#camera.image
  }

  get pixel(): number {
    return 1 / this.#camera.view.scale
  }

  get viewAngle(): number {
    return this.#camera.view.angle
  }

  get active(): readonly AnnotationId[] {
    return this.#highlights.active
  }

  shape(id: AnnotationId): CanvasShape | undefined {
    return this.#scene.get(id)
  }

  hits(point: { x: number; y: number }): readonly CanvasShape[] {
    return this.#scene.hits(point, TOLERANCE * this.pixel)
  }

  within(box: ImageBox): readonly CanvasShape[] {
    return this.#scene.within(box)
  }

  panBy(dx: number, dy: number): void {
    this.#camera.panBy(dx, dy)
  }

  setHovered(id: AnnotationId | null, joint: number | null = null): void {
    if (id === this.#highlights.hovered && joint === this.#hoveredJoint) return
    this.#highlights.hovered = id
    this.#hoveredJoint = joint
    this.#frames.schedule()
    this.emit('hover', { id, joint })
  }

  setCursor(cursor: string): void {
    if (this.#host.style.cursor !== cursor) this.#host.style.cursor = cursor
    this.#frames.schedule()
  }

  setDraft(draft: Draft | null): void {
    this.#draft = draft
    this.#frames.schedule()
  }

  preview(changes: readonly ShapeChange[]): void {
    const previews = new Map(this.#changed(changes).map((shape) => [shape.id, shape]))
    const sameIds =
      previews.size === this.#highlights.previews.size &&
      [...previews.keys()].every((id) => this.#highlights.previews.has(id))
    this.#highlights.previews = previews
    if (!sameIds) this.#exceptInHand()
    this.#frames.schedule()
  }

  #exceptInHand(): void {
    this.#shapes.except([...this.#highlights.previews.keys(), ...this.#highlights.concealed])
  }

  /**
   * Shows the change at once, as a draft of what the document will say in a moment; then tells. Should the document
   * refuse, its next patch puts the shapes back.
   */
  commit(changes: readonly ShapeChange[], verb: CanvasEvents['edit']['verb']): void {
    const shapes = this.#changed(changes)
    if (shapes.length === 0) return
    this.patchShapes(shapes, [])
    this.#highlights.lingering = shapes
    this.emit('edit', { changes, verb })
  }

  emit<E extends CanvasEventName>(event: E, payload: CanvasEvents[E]): void {
    this.#isDrawn = event === 'draw'
    this.#emitter.emit(event, payload)
    this.#isDrawn = false
  }

  // Pointer

  #followPointer(): () => void {
    return listenToPointer(this.#host, {
      press: (raw) => {
        const input = this.#input(raw)
        this.#ghostPointer.press(input, this.#isResting)
        this.#machine.press(input)
      },
      move: (raw) => {
        const input = this.#input(raw)
        this.#machine.move(input)
        this.#ghostPointer.move(input, this.#isResting)
        this.#tellCursor(raw)
        if (this.#machine.state.crosshair) this.#frames.schedule()
      },
      release: (raw) => {
        const input = this.#input(raw)
        this.#machine.release(input)
        this.#ghostPointer.release(input)
      },
      abort: () => this.#machine.interrupt(),
      leave: () => {
        this.#pointer = null
        this.#ghostPointer.leave()
        this.emit('cursor', null)
        this.#frames.schedule()
      },
      zoom: (factor, about) => {
        this.#camera.zoomBy(factor, about)
        this.#moveAgain()
      },
      turn: (notches, key) => this.#machine.turn(notches, key),
      menu: (at, event) => this.#menu(at, event),
    })
  }

  /** Nothing in hand, and no gesture under way. */
  get #isResting(): boolean {
    return this.tool.kind === 'select' && this.#machine.isResting
  }

  #input(raw: RawInput): PointerInput {
    const { trail = [], ...rest } = raw
    this.#pointer = rest
    const imageOf = (at: ScreenPoint) => toImage(this.#camera.matrix, at)
    return { ...rest, image: imageOf(raw.screen), trail: trail.map(imageOf) }
  }

  /** What a tool shows may depend on more than where the pointer is: the tool, the view, held keys. */
  #moveAgain(): void {
    if (this.#pointer) {
      this.#machine.move(this.#input(this.#pointer))
      this.#tellCursor(this.#pointer)
    }
    this.#frames.schedule()
  }

  /** After the move: while it pans, the same pixel stays under the pointer. */
  #tellCursor({ screen }: RawInput): void {
    const { x, y } = toImage(this.#camera.matrix, screen)
    this.emit('cursor', { x, y })
  }

  /** Held keys mean something before the pointer moves: an angle snaps, neighbours' vertices light up. */
  #followKeys(): () => void {
    const stop = new AbortController()
    const listen = (down: boolean) => (event: KeyboardEvent) => {
      if (event.repeat) return
      this.#machine.key({ key: event.key, down, timeMs: event.timeStamp })
      if (!HELD_KEYS.has(event.key) || !this.#pointer) return
      const { shiftKey: shift, altKey: alt } = event
      this.#pointer = { ...this.#pointer, shift, alt, ctrl: event.ctrlKey || event.metaKey }
      this.#moveAgain()
    }
    window.addEventListener('keydown', listen(true), { signal: stop.signal, capture: true })
    window.addEventListener('keyup', listen(false), { signal: stop.signal, capture: true })
    return () => stop.abort()
  }

  #menu(at: ScreenPoint, { clientX, clientY }: MouseEvent): void {
    if (this.tool.kind !== 'select') return
    const point = toImage(this.#camera.matrix, at)
    const active = activeShape(this)
    const handle = handleAt(active, point, this.pixel)
    const vertex = handle?.kind === 'vertex' ? handle.index : jointOf(handle)
    const id = handle && active ? active.id : (this.hits(point)[0]?.id ?? null)
    this.emit('contextMenu', { id, vertex, clientX, clientY })
  }

  /** Shapes came or went under a resting pointer. */
  #hoverAgain(): void {
    const gone = this.#highlights.hovered !== null && !this.#scene.get(this.#highlights.hovered)
    if (gone) this.setHovered(null)
    this.#frames.schedule()
  }

  // Frames

  #followSize(): () => void {
    const observer = new ResizeObserver(() => {
      this.#camera.setScreen({ width: this.#host.clientWidth, height: this.#host.clientHeight })
    })
    observer.observe(this.#host)
    return () => observer.disconnect()
  }

  #viewChanged(): void {
    this.#frames.viewMoved()
    this.emit('viewport', this.#camera.view)
    // The picture came, grew or went away under a resting pointer, by a key or a panel: it is over another place of it now.
    if (this.#pointer) this.#tellCursor(this.#pointer)
  }

  #paintView(moving: boolean): void {
    const { matrix, screen } = this.#camera
    if (screen.width === 0) return
    const ratio = window.devicePixelRatio
    this.#image.paint(matrix, screen, ratio, moving)
    this.#shapes.setView(matrix, screen, ratio)
    this.#ghosts.touch()
  }

  #paintTop(): void {
    const { matrix, screen } = this.#camera
    const crosshair = this.#machine.state.crosshair ? (this.#pointer?.screen ?? null) : null
    const drawing = this.tool.kind !== 'select'
    const highlights = this.#highlights.content(drawing)
    const pointer = this.#pointer?.screen ?? null
    const content = { ...highlights, draft: this.#draft, crosshair, pointer }
    const view = { matrix, screen, ratio: window.devicePixelRatio }
    this.#ghosts.paint(view, this.#appearance)
    this.#top.paint(content, view, this.#appearance)
  }

  #changed(changes: readonly ShapeChange[]): CanvasShape[] {
    return changes.flatMap((change) => {
      const shape = this.#scene.get(change.id)
      return shape ? [{ ...shape, ...change }] : []
    })
  }

  #shapesShown({ settled, hasAll }: { settled: boolean; hasAll: boolean }): void {
    if (hasAll) this.#highlights.lingering = []
    if (hasAll) this.#endTurn(true)
    this.#frames.schedule()
    // Without a picture there is no view yet: what is shown is nothing, at a place and size that it will not have.
    this.#host.dataset.settled = String(settled && this.#camera.image.width > 0)
  }
}
