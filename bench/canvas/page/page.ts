import { createCanvas2d } from '#renderer/canvas/2d/index.ts'
import type { Canvas2d, CanvasShape } from '#renderer/canvas/canvas-api.ts'
import { shapeBox } from '#renderer/canvas/geometry/shape-box.ts'
import type { ImageSize } from '#renderer/canvas/geometry/space.ts'
import { MaskSession } from '#renderer/canvas/tools/mask-session.ts'
import { measureFrames, nextFrame, painted, type Smoothness } from './frames.ts'
import { makeMasks, SIZE_4K } from './masks.ts'
import { asRectangles, makeBoxes, makeImage, makeShapes, polygon, SIZE } from './scene.ts'
import { SvgCanvas } from './svg-canvas.ts'

export interface Figures {
  readonly firstPaintMs: number
  readonly crispMs: number
  readonly frameSwitchMs: number
  readonly zoom: Smoothness
  readonly zoomCrispMs: number
  readonly pan: Smoothness
  readonly drag: Smoothness
  /** From the last click of a drawing until the shape is painted. */
  readonly createMs: number
  /** Ours only: the pointer over the picture, shapes lighting up. */
  readonly hover?: Smoothness
  /** Masks only: a brush 60 pixels across on its way over all of them. */
  readonly brush?: Smoothness
}

const host = document.querySelector('#host') as HTMLElement
const GESTURE_MS = 1500

/** Settles in the frame after the shapes layer showed a picture (`settled`: at true stroke widths). */
async function shown(settled: boolean): Promise<void> {
  for (;;) {
    const state = host.dataset.settled
    if (state === 'true' || (!settled && state === 'false')) break
    await nextFrame()
  }
  await nextFrame()
}

function pointer(type: string, x: number, y: number, button = 0): void {
  const init = { clientX: x, clientY: y, button, pointerId: 1, bubbles: true }
  host.dispatchEvent(new PointerEvent(type, init))
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function put(
  canvas: Canvas2d,
  image: ImageBitmap,
  size: ImageSize,
  shapes: readonly CanvasShape[],
): void {
  delete host.dataset.settled
  canvas.setImage(image, size, false)
  canvas.setShapes(shapes)
}

/** Two frames of one size: what is measured first, and what is switched to. */
interface Scene {
  readonly size: ImageSize
  readonly images: readonly [ImageBitmap, ImageBitmap]
  readonly shapes: readonly [readonly CanvasShape[], readonly CanvasShape[]]
}

async function ours(count: number): Promise<Figures> {
  return measure({
    size: SIZE,
    images: [await makeImage(3), await makeImage(4)],
    shapes: [makeShapes(count), makeShapes(count, 11)],
  })
}

async function boxes(count: number): Promise<Figures> {
  return measure({
    size: SIZE,
    images: [await makeImage(3), await makeImage(4)],
    shapes: [asRectangles(makeBoxes(count)), asRectangles(makeBoxes(count, 11))],
  })
}

/** Masks of mixed sizes on a 4K frame. */
async function masks(count: number): Promise<Figures> {
  return measure({
    size: SIZE_4K,
    images: [await makeImage(3, SIZE_4K), await makeImage(4, SIZE_4K)],
    shapes: [makeMasks(count), makeMasks(count, 11)],
  })
}

async function measure({ size, images, shapes: frames }: Scene): Promise<Figures> {
  const [image, other] = images
  const [shapes, otherShapes] = frames
  const canvas = createCanvas2d(host)
  host.setPointerCapture = () => {}
  canvas.setImage(image, size, false)
  await nextFrame()
  await shown(true)
  const first = performance.now()
  put(canvas, image, size, shapes)
  await shown(false)
  const firstPaintMs = performance.now() - first
  await shown(true)
  const crispMs = performance.now() - first
  const frameSwitchMs = await timed(async () => {
    put(canvas, other, size, otherShapes)
    await shown(false)
  })
  await shown(true)
  const zoom = await measureFrames(GESTURE_MS, (i) =>
    canvas.zoomBy(Math.floor(i / 12) % 2 ? 1 / 1.08 : 1.08, { x: 700, y: 400 }),
  )
  delete host.dataset.settled
  const zoomCrispMs = await timed(async () => {
    canvas.zoomBy(1.2)
    await shown(true)
  })
  canvas.fit()
  await shown(true)
  const pan = await measurePan()
  canvas.fit()
  await shown(true)
  const drag = await measureDrag(canvas, otherShapes)
  const hover = await measureHover()
  const createMs = await measureCreate(canvas)
  const times = { firstPaintMs, crispMs, frameSwitchMs, zoomCrispMs, createMs }
  const figures = { ...times, zoom, pan, drag, hover }
  const isMasks = shapes[0]?.type === 'mask'
  const brush = isMasks ? { brush: await measureBrush(canvas, size) } : {}
  canvas.destroy()
  return { ...figures, ...brush }
}

async function measurePan(): Promise<Smoothness> {
  pointer('pointerdown', 800, 450, 1)
  const result = await measureFrames(GESTURE_MS, (i) => {
    pointer('pointermove', 800 + 200 * Math.sin(i / 9), 450 + 120 * Math.cos(i / 7), 1)
  })
  pointer('pointerup', 800, 450, 1)
  return result
}

async function measureDrag(canvas: Canvas2d, shapes: readonly CanvasShape[]): Promise<Smoothness> {
  const shape = shapes[0]
  if (!shape) throw new Error('no shape')
  canvas.setActive([shape.id])
  const { scale, x, y } = canvas.viewport
  const box = shapeBox(shape)
  const [sx, sy] = [x + ((box.x1 + box.x2) / 2) * scale, y + ((box.y1 + box.y2) / 2) * scale]
  pointer('pointermove', sx, sy)
  pointer('pointerdown', sx, sy)
  let edits = 0
  canvas.on('edit', () => edits++)
  const result = await measureFrames(GESTURE_MS, (i) => {
    pointer('pointermove', sx + 200 * Math.sin(i / 9), sy + 120 * Math.cos(i / 7))
  })
  pointer('pointerup', sx + 50, sy + 50)
  if (edits !== 1) throw new Error(`the drag gave ${edits} edits instead of 1`)
  return result
}

function measureHover(): Promise<Smoothness> {
  return measureFrames(GESTURE_MS, (i) => {
    pointer('pointermove', 800 + 500 * Math.sin(i / 9), 450 + 250 * Math.cos(i / 7))
  })
}

/** A rectangle among the others, by its two clicks; the median of several. */
async function measureCreate(canvas: Canvas2d): Promise<number> {
  let id = 10_000_000
  const stop = canvas.on('draw', ({ shape }) => {
    id += 1
    canvas.patchShapes([{ ...polygon(id, shape.points, '#ff0000'), type: 'rectangle' }], [])
  })
  const times: number[] = []
  for (let i = 0; i < 5; i += 1) {
    canvas.setTool({ kind: 'draw', shape: 'rectangle', color: '#ff0000', method: 'corners' })
    const [x, y] = [500 + 60 * i, 400]
    pointer('pointermove', x, y)
    pointer('pointerdown', x, y)
    pointer('pointermove', x + 50, y + 40)
    await shown(true)
    await nextFrame()
    const before = id
    times.push(
      await timed(async () => {
        pointer('pointerup', x + 50, y + 40)
        await painted()
      }),
    )
    if (id !== before + 1) throw new Error('nothing was drawn')
  }
  stop()
  return times.sort((a, b) => a - b)[2] ?? Number.NaN
}

async function measureBrush(canvas: Canvas2d, size: ImageSize): Promise<Smoothness> {
  const session = new MaskSession(size, { kind: 'brush', form: 'round', size: 60 })
  canvas.setTool({ kind: 'draw', shape: 'mask', color: '#ff0000', session, edited: null })
  pointer('pointermove', 800, 450)
  pointer('pointerdown', 800, 450)
  const result = await measureFrames(GESTURE_MS, (i) => {
    pointer('pointermove', 800 + 600 * Math.sin(i / 9), 450 + 350 * Math.cos(i / 7))
  })
  pointer('pointerup', 800, 450)
  canvas.cancel()
  if (session.points() === null) throw new Error('the brush painted nothing')
  return result
}

const peer = (count: number) => svgPage(makeShapes(count), makeShapes(count, 11))
const peerBoxes = (count: number) => svgPage(makeBoxes(count), makeBoxes(count, 11))

async function svgPage(
  shapes: readonly CanvasShape[],
  otherShapes: readonly CanvasShape[],
): Promise<Figures> {
  const [image, other] = [await makeImage(3), await makeImage(4)]
  const svg = new SvgCanvas(host)
  svg.setImage(image)
  await nextFrame()
  await nextFrame()
  const show = (bitmap: ImageBitmap, list: readonly CanvasShape[]) =>
    timed(async () => {
      svg.setImage(bitmap)
      svg.setShapes(list)
      await nextFrame()
      await nextFrame()
    })
  const firstPaintMs = await show(image, shapes)
  const frameSwitchMs = await show(other, otherShapes)
  const zoom = await measureFrames(GESTURE_MS, (i) =>
    svg.setView(0.8 * 1.08 ** (i % 24 < 12 ? i % 12 : 12 - (i % 12)), 0, 0),
  )
  const zoomCrispMs = await timed(async () => {
    svg.setView(1, 0, 0)
    await nextFrame()
    await nextFrame()
  })
  const pan = await measureFrames(GESTURE_MS, (i) =>
    svg.setView(0.82, 200 * Math.sin(i / 9), 120 * Math.cos(i / 7)),
  )
  svg.setView(0.82, 0, 0)
  const drag = await measureFrames(GESTURE_MS, (i) =>
    svg.drag(0, 200 * Math.sin(i / 9), 120 * Math.cos(i / 7)),
  )
  await nextFrame()
  const createMs = await timed(async () => {
    svg.add(polygon(0, [700, 400, 760, 400, 760, 460], '#ff0000'))
    await painted()
  })
  svg.destroy()
  const times = { firstPaintMs, crispMs: firstPaintMs, frameSwitchMs, zoomCrispMs, createMs }
  return { ...times, zoom, pan, drag }
}

/** What the Node side of the bench, and whoever wants to look, calls. */
Object.assign(window, {
  bench: { ours, masks, boxes, peer, peerBoxes, createCanvas2d, makeShapes, makeImage, host, SIZE },
})
