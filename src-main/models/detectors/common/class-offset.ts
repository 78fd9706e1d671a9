import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { unnamedClass } from './class-labels.ts'

const BACKGROUND = /^_*background_*$/i

/**
 * Names of classes of nets that count the background as class 0. A manifest may name it, or begin with the first real class.
 * @param first  `options.firstClass`: the class the manifest's first label stands for; left out: 1, or 0 where it is the background
 */
export function namesWithBackground(
  { labels }: ModelManifest,
  first: number | undefined,
): { name(index: number): string; isNothing(index: number): boolean } {
  const begins = first ?? (BACKGROUND.test(labels[0]?.name ?? '') ? 0 : 1)
  const name = (index: number) => labels[index - begins]?.name ?? unnamedClass(index)
  return { name, isNothing: (index) => BACKGROUND.test(name(index)) }
}

/** Real classes as a list, for a proposal of a net with `classes` classes of which the first is nothing. */
export function unnamedBehindBackground(classes: number): string[] {
  return Array.from({ length: Math.max(0, classes - 1) }, (_, index) => unnamedClass(index + 1))
}
