import { HelperStrips } from './helper-strips.ts'
import type { RasterPicture, StripAnswer, StripMessage, WorkerMessage } from './raster-messages.ts'
import { ShapeRaster } from './shape-raster.ts'
import { warmUp } from './warm-up.ts'
import { loadFont } from './worker-font.ts'

/**
 * Rasterises a strip of the shapes layer off the page's thread. Skia draws 10,000 polygons in 75 ms (drafts) to 250 ms on a
 * CPU; here that costs the page no frame, and several workers share it. The first of them puts the strips together: the
 * page gets one picture, without seams when it is scaled. A picture under way is given up only when it is a fine one and
 * something newer is wanted: drafts are finished, or a steady pan would never show any.
 */
interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null
  postMessage(picture: RasterPicture, transfer: Transferable[]): void
}

/** The scope's type cannot be had from lib: DOM and WebWorker do not fit into one program. */
const scope = globalThis as unknown as WorkerScope
const raster = new ShapeRaster()
let helpers: HelperStrips | null = null
let leader: MessagePort | null = null
let wanted: StripMessage | null = null
let busy = false

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'lead':
      helpers = new HelperStrips(data.helpers)
      return
    case 'help':
      leader = data.leader
      return
    case 'paint':
      if (wanted) answer({ kind: 'given-up', ticket: wanted.ticket })
      wanted = data
      if (!busy) void work()
      return
    default:
      raster.apply(data)
  }
}

async function work(): Promise<void> {
  busy = true
  while (wanted) {
    const message: StripMessage = wanted
    wanted = null
    if (!(await paint(message))) answer({ kind: 'given-up', ticket: message.ticket })
    else if (leader) deliverStrip(message.ticket)
    else await deliverPicture(message)
  }
  busy = false
}

/** Steps of a fine pass between two looks at the messages: about 40 ms on one CPU core. */
const STEPS_A_LOOK = 8

/** @returns false when given up */
async function paint(message: StripMessage): Promise<boolean> {
  let steps = 0
  for (const _ of raster.paint(message, message.strip)) {
    if (!message.fine || ++steps % STEPS_A_LOOK !== 0) continue
    raster.settle()
    await breath()
    if (wanted) return false
  }
  return true
}

/** Helpers tell the leader of every ticket what became of it. */
function answer(message: StripAnswer): void {
  leader?.postMessage(message)
}

function deliverStrip(ticket: number): void {
  const picture = raster.takeStrip()
  if (picture === null || picture === 'same') answer({ kind: 'same', ticket })
  else leader?.postMessage({ kind: 'painted', ticket, picture }, [picture.bitmap])
}

async function deliverPicture({ ticket, others }: StripMessage): Promise<void> {
  // Rasterise the own strip now, while the others are still at theirs.
  raster.settle()
  const strips = helpers ? await helpers.of(ticket, others) : []
  const picture = strips && raster.takePicture(ticket, strips)
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

void loadFont()
warmUp()
