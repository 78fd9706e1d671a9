import type { FunctionLabel } from '#shared/domain/function.ts'
import type { LabelType } from '#shared/domain/label.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { misfit } from './refuse.ts'

/** The name of a class nobody named. */
export function unnamedClass(index: number): string {
  return `class_${index}`
}

/**
 * Names by class index: the manifest's, and `class_3` of classes it does not name.
 * @param classes  as many as the outputs have
 * @throws MODEL_MISFIT when the manifest names more than there are
 */
export function classNames(manifest: ModelManifest, classes: number): string[] {
  if (manifest.labels.length > classes)
    throw misfit(
      manifest.id,
      `its outputs have ${classes} classes, and the manifest names ${manifest.labels.length} labels`,
    )
  return Array.from(
    { length: classes },
    (_, index) => manifest.labels[index]?.name ?? unnamedClass(index),
  )
}

/** Labels of a proposal: by their names, all of one type. */
export function labelsOf(
  names: readonly string[],
  type: LabelType,
  joints: readonly string[] = [],
): FunctionLabel[] {
  const sublabels = joints.map((name) => ({ name, type: 'points' as const, attributes: [] }))
  return unique(names).map((name) => ({ name, type, attributes: [], sublabels, svg: null }))
}

/** Two classes of one name would be one label: the later gets its index. */
function unique(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, index) => {
    const own = seen.has(name) ? `${name} (${index})` : name
    seen.add(own)
    return own
  })
}
