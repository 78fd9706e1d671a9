import type { FrameReader, FrameRecord } from '../../core/ports.ts'
import type { VideoReader } from '../video/service/video-reader.ts'
import { STRIP_HEIGHT, toStrip } from './strip.ts'

/** Frames of videos go to their own reader, which decodes ahead by itself; everything else to the pictures'. */
export function withVideos(pictures: FrameReader, videos: VideoReader): FrameReader {
  const readerOf = (frame: FrameRecord) => (isVideo(frame) ? videos : pictures)
  return {
    read: (frame, quality, signal) => readerOf(frame).read(frame, quality, signal),
    pixels: (frame, signal) => readerOf(frame).pixels(frame, signal),
    encode: pictures.encode,
    crop: (frame, box, signal) => readerOf(frame).crop(frame, box, signal),
    async strip(frames, signal) {
      if (!frames.some(isVideo)) return pictures.strip(frames, signal)
      return toStrip(await videos.tiles(frames, STRIP_HEIGHT, signal))
    },
    prefetch: (frames) => pictures.prefetch(frames.filter((frame) => !isVideo(frame))),
    readLocation: (location, name, as) =>
      location.source.kind === 'video' && as !== 'file'
        ? videos.firstPicture(location)
        : pictures.readLocation(location, name, as),
    indexStored: videos.indexStored,
    close() {
      pictures.close()
      videos.close()
    },
  }
}

const isVideo = ({ location }: FrameRecord) => location.source.kind === 'video'
