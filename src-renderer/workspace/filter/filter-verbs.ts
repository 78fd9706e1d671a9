import { client } from '#renderer/state/client.ts'
import { changedBetween } from '#renderer/state/lineage.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { printFilter } from '#shared/filter/print.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { searchAnnotated, stopPlaying } from '../bench/player.ts'
import { showFirst } from '../modes/attributes/attributes.ts'
import { isShown } from './shown.ts'

/** The manual: "Maximum length of the list is 10". */
export const MOST_RECENT = 10

/** Show only what matches, and search by it; null shows everything again. An applied filter heads the recent list. */
export function applyFilter(bench: Bench, filter: Filter | null): void {
  bench.ui.setState({ filter, hint: null })
  if (filter) remember(printFilter(filter))
  dropUnseen(bench)
  if (bench.ui.getState().mode === 'attributes') showFirst(bench)
}

function remember(text: string): void {
  const others = useSettings.getState().recentFilters.filter((known) => known !== text)
  setSettings({ recentFilters: [text, ...others].slice(0, MOST_RECENT) })
}

/** What is not seen is neither selected nor under the hand: no key may change it by surprise. */
export function dropUnseen(bench: Bench): void {
  const { active } = bench.document.state.getState()
  const seen = annotationsOf(bench, active).filter((one) => isShown(bench, one))
  if (seen.length < active.length) bench.document.activate(seen.map(({ id }) => id))
  const { hovered } = bench.ui.getState()
  const [under] = hovered === null ? [] : annotationsOf(bench, [hovered])
  if (under && !isShown(bench, under)) bench.ui.setState({ hovered: null })
}

/**
 * Keeps that true while things change: an edit may take an object out of the filter, as when its label is changed. Tells
 * the person once, since it vanishes under their hand. Returns how to stop.
 */
export function watchUnseen(bench: Bench): () => void {
  return bench.document.state.subscribe((now, before) => {
    if (bench.ui.getState().filter === null) return
    if (now.annotations === before.annotations || now.frame !== before.frame) return
    const changed = changedBetween(before.annotations, now.annotations) ?? now.annotations.keys()
    const vanished = [...changed].some((id) => {
      const one = now.annotations.get(id)
      return one && before.annotations.get(id) !== one && !isShown(bench, one)
    })
    if (!vanished) return
    dropUnseen(bench)
    bench.ui.setState({ hint: 'hiddenByFilter' })
  })
}

type Direction = 'forward' | 'backward'

/** Searches under way: a key held down asks once, and the newest answer is the one that counts. */
let newest = 0

/** Left and Right. */
export function search(bench: Bench, direction: Direction): Promise<void> {
  const { filter } = bench.ui.getState()
  return filter ? searchByFilter(bench, filter, direction) : searchAnnotated(bench, direction)
}

/**
 * Left and Right while a filter is applied: the next frame with an object that matches. Where no object of the job
 * matches, the next with any object, as in CVAT.
 */
export async function searchByFilter(
  bench: Bench,
  filter: Filter,
  direction: Direction,
): Promise<void> {
  stopPlaying(bench)
  newest += 1
  const search = newest
  const { frame, by } = await told(
    bench,
    client.frames.searchMatching({ ...searchOf(bench, direction), filter: printFilter(filter) }),
  )
  if (search !== newest) return
  if (frame !== null) await bench.document.goTo(frame)
  if (frame === null)
    bench.ui.setState({ hint: by === 'filter' ? 'noMatchingFrame' : 'noAnnotatedFrame' })
  else if (by === 'annotations') bench.ui.setState({ hint: 'nothingMatches' })
}

/** The next frame nothing is drawn on. */
export async function searchEmpty(bench: Bench, direction: Direction): Promise<void> {
  stopPlaying(bench)
  newest += 1
  const search = newest
  const frame = await nextEmptyFrame(bench, direction)
  if (search !== newest) return
  if (frame !== null) await bench.document.goTo(frame)
  else bench.ui.setState({ hint: 'noEmptyFrame' })
}

/** The next frame nothing is drawn on, what was drawn a moment ago counted; null when there is none that way. */
export async function nextEmptyFrame(bench: Bench, direction: Direction): Promise<number | null> {
  await bench.document.outbox.flush()
  const { frame } = await client.frames.searchEmpty(searchOf(bench, direction))
  return frame
}

/** Say that a search goes on, where it takes long enough to wonder. */
async function told<T>(bench: Bench, answer: Promise<T>): Promise<T> {
  const timer = setTimeout(() => bench.ui.setState({ hint: 'searching' }), WONDER_MS)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
    if (bench.ui.getState().hint === 'searching') bench.ui.setState({ hint: null })
  }
}

const WONDER_MS = 300

function searchOf(bench: Bench, direction: Direction) {
  const { taskId, document } = bench
  return {
    taskId,
    direction,
    from: document.state.getState().wanted,
    start: document.range.start,
    stop: document.range.stop,
    deleted: useSettings.getState().showDeletedFrames ? ('show' as const) : ('skip' as const),
  }
}
