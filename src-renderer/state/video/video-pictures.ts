import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameLoaderDeps } from '../frames.ts'
import type { Tone } from '../picture/tone.ts'
import type { PictureWorkers } from './picture-workers.ts'

/** Loads a video's frames from the core's `/frames` door: its planes, made into pictures beside the page's thread. */
export function videoPictures(
  taskId: TaskId,
  workers: Pick<PictureWorkers, 'load'>,
  toneNow: () => Tone,
): FrameLoaderDeps {
  return {
    load(frame, signal, pace) {
      const quality = { exact: 'display', quick: 'proxy', play: 'play' }[pace]
      const url = `/frames/${taskId}/${frame}?quality=${quality}`
      return workers.load({ url, frame, tone: toneNow() }, signal)
    },
  }
}
