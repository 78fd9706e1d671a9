import { useMemo } from 'react'
import type { Annotation } from '#shared/domain/annotation.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { shownOf } from './shown.ts'

/** The frame's annotations that the filter shows, in no particular order, and how many there are altogether. */
export function useShown(): { readonly shown: readonly Annotation[]; readonly total: number } {
  const bench = useBench()
  const annotations = useDocument((state) => state.annotations)
  const filter = useUi((state) => state.filter)
  const isolated = useUi((state) => state.isolated)
  const labels = useUi((state) => state.labels)
  // biome-ignore lint/correctness/useExhaustiveDependencies: shownOf reads them off the bench
  const shown = useMemo(
    () => shownOf(bench, annotations),
    [annotations, bench, filter, isolated, labels],
  )
  return { shown, total: annotations.size }
}
