import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { AttributeControls } from './controls.ts'
import { imageConfig, UsedLabels } from './label-config.ts'
import { localUrl } from './picture-url.ts'
import { type ResultContext, shapeResults, tagResults } from './results-out.ts'
import { isVideoBox, videosOf, writeVideos } from './videos-out.ts'

interface Writing {
  readonly source: DatasetSource
  readonly labels: ReadonlyMap<number, Label>
  readonly attributes: AttributeControls
  readonly used: UsedLabels
}

/**
 * Label Studio: `tasks.json`, a task for each picture, and `label_config.xml`, the interface of the project they go to;
 * `images/` on wish. Boxes on videos are `videos.json` for a project of `video_config.xml`, and pictures of a video are
 * tasks only where they have anything else.
 */
export async function writeLabelStudio(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const writing: Writing = {
    source,
    labels: new Map(source.labels.map((label) => [label.id as number, label])),
    attributes: new AttributeControls(source.labels),
    used: new UsedLabels(),
  }
  await output.text('tasks.json', tasks(writing, context))
  // After the tasks, which say what is drawn with what.
  const config = imageConfig(source.labels, writing.attributes, writing.used)
  await output.text('label_config.xml', [config])
  await writeVideos(source, output, writing.attributes, context)
  if (withImages) {
    await writeImages(source, output, context, (frame) => `images/${picturePath(frame)}`)
  }
}

function picturePath({ fileName, subset }: DatasetFrame): string {
  return subset === 'default' ? fileName : `${subset}/${fileName}`
}

function* tasks(writing: Writing, context: WorkContext): Generator<string> {
  const { source } = writing
  const videos = videosOf(source)
  let id = 0
  for (const { frame, annotations } of progressOf(source, context)) {
    const isVideo = videos.some(({ first, last }) => frame.index >= first && frame.index <= last)
    const kept = isVideo ? annotations.filter((one) => !isVideoBox(one)) : annotations
    if (isVideo && kept.length === 0) continue
    id += 1
    yield `${id === 1 ? '[' : ','}\n${JSON.stringify(taskOf(id, frame, kept, writing))}`
  }
  yield id === 0 ? '[]\n' : '\n]\n'
}

function taskOf(
  id: number,
  frame: DatasetFrame,
  annotations: readonly (Tag | WovenShape)[],
  { labels, attributes, used }: Writing,
): object {
  const shapes = annotations.filter((one) => one.kind === 'shape')
  const [height, width] = canvasSize(shapes, frame)
  let regions = 0
  const context: ResultContext = {
    frame,
    size: { width: Math.max(1, width), height: Math.max(1, height) },
    attributes,
    used,
    newId: () => `r${++regions}`,
  }
  const tags = annotations.filter((one) => one.kind === 'tag')
  const result = [
    ...tagResults(tags, labels, context),
    ...shapes.flatMap((shape) => {
      const label = labels.get(shape.labelId)
      return label ? shapeResults(shape, label, context) : []
    }),
  ]
  const data = {
    image: localUrl(`images/${picturePath(frame)}`),
    ...(frame.subset === 'default' ? {} : { subset: frame.subset }),
  }
  // Without anything on it, it is a picture nobody has annotated yet.
  return { id, data, annotations: result.length > 0 ? [{ result }] : [] }
}
