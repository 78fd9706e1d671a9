import type { RasterMessage, RasterPicture } from './raster-messages.ts'
import { ShapeRaster } from './shape-raster.ts'
import { warmUp } from './warm-up.ts'

/**
 * Rasterises the shapes layer off the page's thread. Skia draws 10,000 polygons in 75 ms (drafts) to 250 ms on a CPU;
 * here that costs the page no frame. A picture under way is given up only when it is a fine one and something newer is
 * wanted: drafts are finished, or a steady pan would never show any.
 */
interface WorkerScope {
  onmessage: ((event: MessageEvent<RasterMessage>) => void) | null
  postMessage(picture: RasterPicture, transfer: Transferable[]): void
}

type PaintMessage = Extract<RasterMessage, { kind: 'paint' }>

/** The scope's type cannot be had from lib: DOM and WebWorker do not fit into one program. */
const scope = globalThis as unknown as WorkerScope
const raster = new ShapeRaster()
let wanted: PaintMessage | null = null
let busy = false

scope.onmessage = ({ data }) => {
  if (data.kind !== 'paint') return raster.apply(data)
  wanted = data
  if (!busy) void work()
}

async function work(): Promise<void> {
  busy = true
  while (wanted) {
    const message: PaintMessage = wanted
    wanted = null
    if (await paint(message)) deliver(message.ticket)
  }
  busy = false
}

/** Steps of a fine pass between two looks at the messages: about 40 ms on one CPU core. */
const STEPS_A_LOOK = 8

/** @returns false when given up */
async function paint(message: PaintMessage): Promise<boolean> {
  let steps = 0
  for (const _ of raster.paint(message)) {
    if (!message.fine || ++steps % STEPS_A_LOOK !== 0) continue
    raster.settle()
    await breath()
    if (wanted) return false
  }
  return true
}

function deliver(ticket: number): void {
  const picture = raster.takePicture(ticket)
  if (picture) scope.postMessage(picture, picture.bitmap ? [picture.bitmap] : [])
}

const channel = new MessageChannel()

/** Lets waiting messages in. A timer would be clamped to 4 ms. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve()
    channel.port2.postMessage(null)
  })
}

warmUp()
