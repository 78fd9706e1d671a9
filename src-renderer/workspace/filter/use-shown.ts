import { useMemo } from 'react'
import type { Annotation } from '#shared/domain/annotation.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { isShown } from './shown.ts'

/** The frame's annotations that the filter shows, in no particular order, and how many there are altogether. */
export function useShown(): { readonly shown: readonly Annotation[]; readonly total: number } {
  const bench = useBench()
  const annotations = useDocument((state) => state.annotations)
  const filter = useUi((state) => state.filter)
  const isolated = useUi((state) => state.isolated)
  const labels = useUi((state) => state.labels)
  // biome-ignore lint/correctness/useExhaustiveDependencies: isShown reads them off the bench
  const shown = useMemo(
    () => [...annotations.values()].filter((annotation) => isShown(bench, annotation)),
    [annotations, bench, filter, isolated, labels],
  )
  return { shown, total: annotations.size }
}
