import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib'

/** One of FFmpeg's filters for single pictures, made for the first one's kind and made again when that changes. */
export interface PictureFilter {
  /** Good until the next call. The frame itself when FFmpeg refuses the filter. */
  apply(frame: Frame): Frame
  close(): void
}

export function createPictureFilter(description: string): PictureFilter {
  const result = new Frame()
  result.alloc()
  return {
    apply(frame) {
      result.unref()
      return filtered(frame, description, result) ? result : frame
    },
    close: () => result.free(),
  }
}

/** A graph for each picture: mirrored videos are rare, and a fresh graph holds nothing back. */
function filtered(frame: Frame, description: string, result: Frame): boolean {
  using graph = new FilterGraph()
  graph.alloc()
  const [name = '', ...rest] = description.split('=')
  const source = made(graph, 'buffer', sourceOf(frame))
  const middle = made(graph, name, rest.join('='))
  const sink = made(graph, 'buffersink', null)
  if (!source || !middle || !sink) return false
  if (source.link(0, middle, 0) < 0 || middle.link(0, sink, 0) < 0 || graph.configSync() < 0)
    return false
  using copy = frame.clone()
  if (!copy || source.buffersrcAddFrameSync(copy) < 0) return false
  return sink.buffersinkGetFrameSync(result) >= 0
}

function made(graph: FilterGraph, name: string, options: string | null): FilterContext | null {
  const filter = Filter.getByName(name)
  return filter && graph.createFilter(filter, name, options)
}

function sourceOf({ width, height, format, colorSpace, colorRange }: Frame): string {
  return `video_size=${width}x${height}:pix_fmt=${format}:time_base=1/1:colorspace=${colorSpace}:range=${colorRange}`
}
