import { type Key, useEffect, useRef, useState } from 'react'

/** Without scrolling and without another list. */
const REST_MS = 150

interface Item {
  readonly key: Key
}

/**
 * The keys of rows that have all their parts: those in sight when the list rests; while it moves or has just become
 * another one, those that had them before. A new frame and a dragged thumb bring forty rows at once, and their switches
 * would keep the picture waiting.
 */
export function useComplete(
  items: readonly Item[],
  list: unknown,
  isScrolling: boolean,
): ReadonlySet<Key> {
  const complete = useRef<ReadonlySet<Key>>(new Set())
  const [rested, setRested] = useState<unknown>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRested(list), REST_MS)
    return () => clearTimeout(timer)
  }, [list])
  if (!isScrolling && rested === list) complete.current = new Set(items.map(({ key }) => key))
  return complete.current
}

/**
 * Whether a row's height has to be measured: those that may be higher than the others, and those that once were.
 * Measuring all would lay out the page in the middle of rendering it.
 */
export function useMeasured(): (key: Key, mayBeHigh: boolean) => boolean {
  const measured = useRef(new Set<Key>())
  return (key, mayBeHigh) => {
    if (mayBeHigh) measured.current.add(key)
    return measured.current.has(key)
  }
}
