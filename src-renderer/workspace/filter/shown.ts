import type { Annotations } from '#renderer/state/document.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { annotationMatcher } from '#shared/filter/annotation-facts.ts'
import type { Filter } from '#shared/filter/filter.ts'
import type { Bench, BenchState } from '../bench/bench.ts'

/** One filter with what it said of annotations so far. They are values, so a verdict holds until one is replaced. */
interface Judge {
  readonly filter: Filter
  readonly labels: BenchState['labels']
  readonly matches: (annotation: Annotation, frame: FrameIndex) => boolean
  readonly verdicts: WeakMap<Annotation, boolean>
  /** Tracks look different on every frame, so theirs hold for one. */
  frame: FrameIndex
  tracks: WeakMap<Annotation, boolean>
}

const judges = new WeakMap<Bench, Judge>()

/**
 * Is an annotation of the shown frame to be seen, on the canvas and in lists? All are while no filter is applied. Asking
 * again costs a look into a map: only what changed is judged anew.
 */
export function isShown(bench: Bench, annotation: Annotation): boolean {
  const { filter, labels, isolated } = bench.ui.getState()
  if (isolated && !isolated.has(annotation.id)) return false
  if (!filter) return true
  const { frame } = bench.document.state.getState()
  const judge = judgeOf(bench, filter, labels)
  if (annotation.kind === 'track' && judge.frame !== frame) {
    judge.frame = frame
    judge.tracks = new WeakMap()
  }
  const verdicts = annotation.kind === 'track' ? judge.tracks : judge.verdicts
  const known = verdicts.get(annotation)
  if (known !== undefined) return known
  const verdict = judge.matches(annotation, frame)
  verdicts.set(annotation, verdict)
  return verdict
}

interface Shown {
  readonly annotations: Annotations
  readonly state: Pick<BenchState, 'filter' | 'labels' | 'isolated'>
  readonly frame: FrameIndex
  readonly shown: readonly Annotation[]
}

const lastShown = new WeakMap<Bench, Shown>()

/** Those of `annotations` that are shown, in no particular order; worked out once however many panels ask. */
export function shownOf(bench: Bench, annotations: Annotations): readonly Annotation[] {
  const state = bench.ui.getState()
  const { frame } = bench.document.state.getState()
  const known = lastShown.get(bench)
  const isKnown =
    known?.annotations === annotations &&
    known.frame === frame &&
    known.state.filter === state.filter &&
    known.state.labels === state.labels &&
    known.state.isolated === state.isolated
  if (isKnown) return known.shown
  const shown = [...annotations.values()].filter((annotation) => isShown(bench, annotation))
  lastShown.set(bench, { annotations, state, frame, shown })
  return shown
}

function judgeOf(bench: Bench, filter: Filter, labels: BenchState['labels']): Judge {
  const known = judges.get(bench)
  if (known?.filter === filter && known.labels === labels) return known
  const judge: Judge = {
    filter,
    labels,
    matches: annotationMatcher(filter, labels),
    verdicts: new WeakMap(),
    frame: -1,
    tracks: new WeakMap(),
  }
  judges.set(bench, judge)
  return judge
}
