/** The sample video's frames, and where its things are: a MOT file that holds boxes of the visible parts. */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { composeCore } from '#main/core/compose.ts'
import type { FunctionPicture } from '#main/core/ports.ts'
import { frameIndexSchema } from '#shared/domain/ids.ts'

export interface TruthBox {
  readonly thing: number
  /** `[x1, y1, x2, y2]` */
  readonly box: readonly [number, number, number, number]
  /** 0 … 1 */
  readonly visible: number
}

/** By frame, from 0. */
export function readTracks(path: string): TruthBox[][] {
  const frames: TruthBox[][] = []
  for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
    const [frame = 1, thing = 0, x = 0, y = 0, w = 0, h = 0, , , visible = 0] = line
      .split(',')
      .map(Number)
    frames[frame - 1] ??= []
    frames[frame - 1]?.push({ thing, box: [x, y, x + w, y + h], visible })
  }
  return frames
}

/** The frames as everybody gets them: decoded by the core, exact. */
export async function readFrames(video: string, dataDir: string): Promise<FunctionPicture[]> {
  const core = await composeCore({ dataDir })
  try {
    const { task, requestId } = await core.client.tasks.create({ name: 'video', paths: [video] })
    await settled(requestId)
    const { size } = await core.client.tasks.get({ id: task.id })
    const pictures: FunctionPicture[] = []
    for (let index = 0; index < size; index += 1) {
      const { body } = await core.frameBytes(task.id, frameIndexSchema.parse(index), 'upright')
      const raw = sharp(body).removeAlpha().raw()
      const { data, info } = await raw.toBuffer({ resolveWithObject: true })
      const picture = { width: info.width, height: info.height, rgb: new Uint8Array(data) }
      pictures.push({
        key: `${video} ${index}`,
        pixels: async () => picture,
        encoded: () => Promise.reject(new Error('nobody needs a file')),
      })
    }
    return pictures
  } finally {
    await core.close()
  }

  async function settled(id: Parameters<typeof core.client.requests.get>[0]['id']): Promise<void> {
    for (;;) {
      const { state } = await core.client.requests.get({ id })
      if (state === 'finished') return
      if (state === 'failed' || state === 'cancelled') throw new Error('the video was not read')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
