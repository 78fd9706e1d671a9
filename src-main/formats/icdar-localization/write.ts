import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { onOneLine, textOf } from '../common/icdar.ts'
import { createPicturePaths } from '../common/picture-paths.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { type LocalizationRow, rowText } from './rows.ts'

/**
 * ICDAR Localization 1.0 as CVAT writes it: `<subset>/[folders/]gt_<name>.txt` for every frame, a line for each rectangle and
 * polygon; pictures in `<subset>/images/`.
 */
export async function writeLocalization(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  const paths = createPicturePaths()
  for (const { frame, annotations } of progressOf(source, context)) {
    const path = withoutExtension(paths(frame, frame.subset))
    const slash = path.lastIndexOf('/') + 1
    const rows = annotations.flatMap((one) => toRow(one, labels.get(one.labelId)) ?? [])
    const name = `${path.slice(0, slash)}gt_${path.slice(slash)}.txt`
    await output.text(name, rows.map(rowText))
  }
  if (!withImages) return
  await writeImages(source, output, context, (frame) => {
    return `${frame.subset}/images/${paths(frame, frame.subset).slice(frame.subset.length + 1)}`
  })
}

/** Null for what is neither a rectangle nor a polygon. */
function toRow(annotation: Tag | WovenShape, label: Label | undefined): LocalizationRow | null {
  if (annotation.kind === 'tag') return null
  const { type, points } = annotation
  if (type !== 'rectangle' && type !== 'polygon') return null
  const text = textOf(annotation, label)
  return { type, points, text: text === null ? null : onOneLine(text).replaceAll('"', "'") }
}
