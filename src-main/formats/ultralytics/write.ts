import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { createPicturePaths } from '../common/picture-paths.ts'
import { hasSize } from '../common/relative-numbers.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { nameBySubset, yoloSubsets } from '../common/yolo-subsets.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { RESERVED } from './config.ts'
import { mostJoints } from './pose.ts'
import type { Variant } from './variant.ts'
import { yamlText } from './yaml-text.ts'

/**
 * A data set of the family as CVAT writes it, Classification apart: `data.yaml`, a list of pictures for each subset,
 * `labels/<subset>/` with a text file for each frame that has a line, `images/<subset>/` on wish.
 * @throws CANCELLED; INPUT_INVALID for a subset that is called as a key of data.yaml
 */
export async function writeUltralytics(
  variant: Variant,
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const subsets = yoloSubsets(source.subsets, { reserved: RESERVED, format: variant.format })
  const labels = variant.labelsOf(source.labels)
  await output.text('data.yaml', [dataYaml(variant, labels, [...subsets.keys()])])
  const nameOf = nameBySubset(subsets)
  const paths = createPicturePaths()
  const picture = (frame: DatasetFrame): string =>
    paths(frame, `images/${nameOf.get(frame.subset) ?? frame.subset}`)
  const linesOf = createLines(variant, labels, context)
  for (const { frame, annotations } of progressOf(source, context)) {
    const path = `labels${withoutExtension(picture(frame)).slice('images'.length)}.txt`
    const lines = annotations.flatMap((one) => (one.kind === 'shape' ? linesOf(one, frame) : []))
    if (lines.length > 0) await output.text(path, lines)
  }
  for (const [name, parts] of subsets) {
    await output.text(`${name}.txt`, pictureList(source, parts, picture))
  }
  if (withImages) await writeImages(source, output, context, picture)
}

function createLines(
  variant: Variant,
  labels: readonly Label[],
  context: WorkContext,
): (shape: WovenShape, frame: DatasetFrame) => string[] {
  const numbers = new Map(labels.map(({ id }, number) => [id, number]))
  return (shape, frame) => {
    const number = numbers.get(shape.labelId)
    if (number === undefined) return []
    if (hasSize(frame)) {
      return variant.lines(shape, frame, labels).map((text) => `${number} ${text}\n`)
    }
    // As if it had one, to know whether anything is lost.
    const lost = variant.lines(shape, { ...frame, width: 1, height: 1 }, labels).length
    if (lost > 0) context.note?.('annotations on pictures whose size is unknown were left out')
    return []
  }
}

function* pictureList(
  source: DatasetSource,
  subsets: readonly string[],
  picture: (frame: DatasetFrame) => string,
): Generator<string> {
  for (const subset of subsets) {
    for (const frame of source.framesOnly(subset)) yield `data/${picture(frame)}\n`
  }
}

/** Keys in order of code points, as PyYAML writes them. */
function dataYaml(
  { hasJoints }: Variant,
  labels: readonly Label[],
  subsets: readonly string[],
): string {
  const names = labels.map(({ name }, number) => `  ${number}: ${yamlText(name)}\n`)
  const settings: [key: string, text: string][] = [
    ['names', labels.length > 0 ? `names:\n${names.join('')}` : 'names: {}\n'],
    ['path', 'path: .\n'],
    ...subsets.map((name): [string, string] => [
      name,
      `${yamlText(name)}: ${yamlText(`${name}.txt`)}\n`,
    ]),
  ]
  if (hasJoints) settings.push(['kpt_shape', `kpt_shape:\n- ${mostJoints(labels)}\n- 3\n`])
  return settings
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([, text]) => text)
    .join('')
}
