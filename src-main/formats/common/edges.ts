import type { Label } from '#shared/domain/label.ts'
import { skeletonTemplate } from '#shared/domain/skeleton.ts'

/** Bones of a skeleton as COCO and Datumaro number them: pairs of joints, the first joint being 1. */
export function numberedEdges(label: Label): [number, number][] {
  return skeletonTemplate(label).edges.map(([from, to]) => [from + 1, to + 1])
}

/**
 * Bones a file gives as pairs of joints' numbers, by the joints' names. Pairs of joints there are not are left out: nothing
 * is drawn by them here. Joints count from 1; some writers count from 0.
 */
export function edgesByName(
  joints: readonly string[],
  pairs: unknown,
): (readonly [string, string])[] {
  if (!Array.isArray(pairs)) return []
  const edges = pairs.filter((pair): pair is [number, number] => isPair(pair))
  const first = edges.some((pair) => pair.includes(0)) ? 0 : 1
  return edges.flatMap(([a, b]) => {
    const [from, to] = [joints[a - first], joints[b - first]]
    return from === undefined || to === undefined || from === to ? [] : [[from, to] as const]
  })
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger)
}
