import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib'

/**
 * Run one picture through FFmpeg filters, each `name=options`. A graph for each picture: turned and mirrored pictures are rare
 * where speed counts (the screen turns them itself), and a fresh graph holds nothing back.
 * @returns a picture of the caller's, to be freed; null when FFmpeg refuses
 */
export function filtered(frame: Frame, chain: readonly string[]): Frame | null {
  using graph = new FilterGraph()
  graph.alloc()
  // What the ffmpeg program gives the scalers it puts in between by itself.
  graph.scaleSwsOpts = 'flags=bicubic'
  const source = made(graph, `buffer=${sourceOf(frame)}`)
  const sink = made(graph, 'buffersink')
  if (!source || !sink) return null
  let last = source
  for (const step of [...chain.map((filter) => made(graph, filter)), sink]) {
    if (!step || last.link(0, step, 0) < 0) return null
    last = step
  }
  return graph.configSync() < 0 ? null : through(frame, source, sink)
}

function through(frame: Frame, source: FilterContext, sink: FilterContext): Frame | null {
  using copy = frame.clone()
  if (!copy || source.buffersrcAddFrameSync(copy) < 0) return null
  const result = new Frame()
  result.alloc()
  if (sink.buffersinkGetFrameSync(result) >= 0) return result
  result.free()
  return null
}

function made(graph: FilterGraph, step: string): FilterContext | null {
  const [name = '', ...options] = step.split('=')
  const filter = Filter.getByName(name)
  const known = graph.filters?.length ?? 0
  return filter && graph.createFilter(filter, `${name}${known}`, options.join('=') || null)
}

function sourceOf({ width, height, format, colorSpace, colorRange }: Frame): string {
  const size = `video_size=${width}x${height}:pix_fmt=${format}`
  return `${size}:time_base=1/1:colorspace=${colorSpace}:range=${colorRange}`
}
