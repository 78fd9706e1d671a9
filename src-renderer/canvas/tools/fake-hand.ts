import type { AnnotationId } from '#shared/domain/ids.ts'
import type {
  CanvasEventName,
  CanvasEvents,
  CanvasShape,
  EditOptions,
  ShapeChange,
  Tool,
  Viewport,
} from '../canvas-api.ts'
import { type ImageBox, type ImagePoint, screenPoint } from '../geometry/space.ts'
import { type Matrix, toImage, viewMatrix } from '../geometry/viewport.ts'
import { Scene } from '../scene/scene.ts'
import { ToolMachine } from './tool-machine.ts'
import type { Draft, PointerInput, Stage } from './tool-state.ts'

type Keys = Partial<Pick<PointerInput, 'shift' | 'ctrl' | 'alt' | 'button' | 'clicks'>>

/**
 * For tests: a hand with a pointer over a 200 x 100 picture at scale 1, where image and screen pixels are the same.
 * Speaks like a person: `hand.press(10, 10).moveTo(50, 40).release()`. After `look` the numbers are screen pixels.
 */
export class FakeHand implements Stage {
  readonly imageSize = { width: 200, height: 100 }
  pixel = 1
  viewAngle = 0
  readonly scene = new Scene()
  readonly machine: ToolMachine
  /** Every event but hover, in order. */
  readonly events: { event: CanvasEventName; payload: unknown }[] = []
  readonly panned = { x: 0, y: 0 }
  active: readonly AnnotationId[] = []
  options: EditOptions = {
    automaticBordering: false,
    intelligentCropping: true,
    sharedBorders: false,
  }
  hovered: AnnotationId | null = null
  hoveredJoint: number | null = null
  draft: Draft | null = null
  previews: readonly ShapeChange[] = []
  focused: ImageBox | null = null
  fits = 0
  #at: ImagePoint = { x: 0, y: 0 }
  #matrix: Matrix | null = null
  #keys: Keys = {}

  constructor(...shapes: CanvasShape[]) {
    this.scene.replace(shapes)
    this.machine = new ToolMachine(this)
  }

  use(tool: Tool): this {
    this.machine.setTool(tool)
    return this
  }

  /** Zooms, turns and moves the view; what the hand does from now on is in screen pixels. */
  look(view: Viewport): this {
    this.#matrix = viewMatrix(view, this.imageSize)
    this.pixel = 1 / view.scale
    this.viewAngle = view.angle
    return this
  }

  /** A held key. @param heldMs  until it is released; left out: it stays down */
  key(key: string, heldMs?: number): this {
    this.machine.key({ key, down: true, timeMs: 0 })
    if (heldMs !== undefined) this.machine.key({ key, down: false, timeMs: heldMs })
    return this
  }

  activate(...ids: number[]): this {
    this.active = ids as AnnotationId[]
    return this
  }

  moveTo(x: number, y: number, keys: Keys = {}): this {
    this.#at = { x, y }
    this.machine.move(this.#input({ ...this.#keys, ...keys }))
    return this
  }

  press(x: number, y: number, keys: Keys = {}): this {
    this.#at = { x, y }
    this.#keys = keys
    this.machine.press(this.#input(keys))
    return this
  }

  release(keys: Keys = this.#keys): this {
    this.machine.release(this.#input(keys))
    this.#keys = {}
    return this
  }

  click(x: number, y: number, keys: Keys = {}): this {
    return this.moveTo(x, y).press(x, y, keys).release(keys)
  }

  escape(): boolean {
    return this.machine.cancel()
  }

  /** The payloads of one kind of event. */
  heard<E extends CanvasEventName>(event: E): CanvasEvents[E][] {
    return this.events.filter((one) => one.event === event).map((one) => one.payload) as never
  }

  #input(keys: Keys): PointerInput {
    const { x, y } = this.#at
    const plain = { button: 0, clicks: 1, shift: false, ctrl: false, alt: false }
    const screen = screenPoint(x, y)
    const image = this.#matrix ? toImage(this.#matrix, screen) : { x, y }
    return { ...plain, ...keys, image, screen }
  }

  shape = (id: AnnotationId) => this.scene.get(id)
  hits = (point: ImagePoint) => this.scene.hits(point, 2)
  within = (box: ImageBox) => this.scene.within(box)
  setCursor = () => {}

  panBy(dx: number, dy: number): void {
    this.panned.x += dx
    this.panned.y += dy
  }

  fit(): void {
    this.fits++
  }

  focus(box: ImageBox): void {
    this.focused = box
  }

  setHovered(id: AnnotationId | null, joint: number | null = null): void {
    this.hovered = id
    this.hoveredJoint = joint
  }

  setDraft(draft: Draft | null): void {
    this.draft = draft
  }

  preview(changes: readonly ShapeChange[]): void {
    this.previews = changes
  }

  commit(changes: readonly ShapeChange[], verb: CanvasEvents['edit']['verb']): void {
    this.emit('edit', { changes, verb })
  }

  emit<E extends CanvasEventName>(event: E, payload: CanvasEvents[E]): void {
    this.events.push({ event, payload })
  }
}

/** A shape with nothing special about it. */
export function testShape(id: number, points: number[], more: Partial<CanvasShape> = {}) {
  const shape: CanvasShape = {
    id: id as AnnotationId,
    type: points.length === 4 ? 'rectangle' : 'polygon',
    points,
    rotation: 0,
    zOrder: 0,
    occluded: false,
    elements: [],
    skeleton: null,
    color: '#ff0000',
    locked: false,
    hidden: false,
    pinned: false,
    text: '',
    ...more,
  }
  return shape
}
