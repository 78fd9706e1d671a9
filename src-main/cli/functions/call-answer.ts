import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { imageSize } from 'image-size'
import type { Detection } from '#shared/domain/detection.ts'
import { frameIndexSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { Connection } from '../connect.ts'
import { wrongUsage } from '../options.ts'
import { drawingOf } from './drawing.ts'

interface Place {
  readonly image?: string
  readonly task?: number
  readonly frame?: number
}

/** The frame that is meant. @throws USAGE */
export function frameOf({ task, frame = 0 }: Place) {
  if (task === undefined)
    throw wrongUsage(
      'Say which picture: --task and --frame, or --image for detectors.',
      'function call',
    )
  return { taskId: taskIdSchema.parse(task), frame: frameIndexSchema.parse(frame) }
}

/** `car  rectangle  0.91  10 20 110 90`, one line each. */
export function foundLines(found: readonly Detection[]): string[] {
  return found.map(({ label, type, score, points, elements, attributes }) => {
    const numbers = type === 'skeleton' ? elements.flatMap((joint) => joint.points) : points
    const shown = numbers.slice(0, 12).map((one) => Number(one.toFixed(1)))
    const more = numbers.length > shown.length ? ' …' : ''
    const facts = attributes.map(({ name, value }) => `${name}=${value}`)
    const place = `${shown.join(' ')}${more}`
    return [label, type, score === null ? '-' : score.toFixed(3), place, ...facts]
      .filter((part) => part !== '')
      .join('  ')
  })
}

/** Draws over the picture as the function saw it: the file itself, or the frame. */
export async function drawTo(
  path: string,
  found: readonly Detection[],
  connection: Connection,
  { image, cwd, ...place }: Place & { readonly cwd: string },
): Promise<void> {
  const picture =
    image === undefined ? await frameBytes(connection, place) : await fileBytes(resolve(cwd, image))
  const { width, height } = sizeOf(picture.bytes)
  await writeFile(path, drawingOf({ ...picture, width, height }, found))
}

async function frameBytes(connection: Connection, place: Place) {
  const { taskId, frame } = frameOf(place)
  const { contentType, body } = await connection.frame(taskId, frame, 'compressed')
  return { contentType, bytes: body }
}

async function fileBytes(path: string) {
  const bytes = await readFile(path)
  const { type } = imageSize(bytes)
  return { contentType: type === 'svg' ? 'image/svg+xml' : `image/${type ?? 'jpeg'}`, bytes }
}

/** As people see it: what EXIF lays on its side is turned by whoever shows it. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const { width, height, orientation = 1 } = imageSize(bytes)
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
