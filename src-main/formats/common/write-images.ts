import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { throwIfCancelled } from './cancel.ts'

type FrameOfSource = ReturnType<DatasetSource['frames']> extends Iterable<infer F> ? F : never

/** The frames of a source, telling progress on the way. @throws CANCELLED */
export function* progressOf(
  source: DatasetSource,
  context: WorkContext,
  tracks: Parameters<DatasetSource['frames']>[0] = 'woven',
  subset?: string,
): Generator<FrameOfSource> {
  const total = source.frameCount
  let done = 0
  for (const frame of source.frames(tracks, subset)) {
    throwIfCancelled(context.signal, 'The export')
    yield frame
    done++
    if (done % 50 === 0 || done === total) {
      context.progress(
        done,
        total,
        `${done.toLocaleString('en')} of ${total.toLocaleString('en')} frames`,
      )
    }
  }
}

/** The pictures, stored as they are: packing what is packed already costs time and gains nothing. */
export async function writeImages(
  source: DatasetSource,
  output: DatasetOutput,
  context: WorkContext,
  nameOf: (frame: DatasetFrame) => string,
): Promise<void> {
  const total = source.frameCount
  let done = 0
  for (const frame of source.framesOnly()) {
    throwIfCancelled(context.signal, 'The export')
    const picture = await source.image(frame)
    if (picture !== null) await output.bytes(nameOf(frame), picture, false)
    done++
    context.progress(
      done,
      total,
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} pictures`,
    )
  }
}
