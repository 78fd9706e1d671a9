/** Which cells of a gallery are picked, by key; where the keyboard is, and where a stretch with Shift began, by place. */
export interface Picking {
  readonly keys: ReadonlySet<number>
  readonly cursor: number
  readonly anchor: number
}

export const nothingPicked: Picking = { keys: new Set(), cursor: 0, anchor: 0 }

/** `only`: a click. `toggle`: with Ctrl. `extend`: with Shift, from where the last one began. `add`: with both. */
export type PickHow = 'only' | 'toggle' | 'extend' | 'add'

/** @param items  keys in the order shown; `at` is a place among them */
export function pick(
  picking: Picking,
  items: readonly number[],
  at: number,
  how: PickHow,
): Picking {
  const key = items[at]
  if (key === undefined) return picking
  if (how === 'only') return { keys: new Set([key]), cursor: at, anchor: at }
  if (how === 'toggle') {
    const keys = new Set(picking.keys)
    if (!keys.delete(key)) keys.add(key)
    return { keys, cursor: at, anchor: at }
  }
  const [from, to] = [Math.min(picking.anchor, at), Math.max(picking.anchor, at)]
  const stretch = items.slice(from, to + 1)
  const kept = how === 'add' ? picking.keys : []
  return { keys: new Set([...kept, ...stretch]), cursor: at, anchor: picking.anchor }
}

export function pickAll(picking: Picking, items: readonly number[]): Picking {
  return { ...picking, keys: new Set(items) }
}

/** A rubber band: what it holds, beside what was picked before it when it was begun with Ctrl or Shift. */
export function pickBand(
  before: Picking,
  items: readonly number[],
  places: readonly number[],
  isAdded: boolean,
): Picking {
  const inside = places.flatMap((at) => items[at] ?? [])
  const last = places.at(-1) ?? before.cursor
  const kept = isAdded ? before.keys : []
  return { keys: new Set([...kept, ...inside]), cursor: last, anchor: places[0] ?? before.anchor }
}

/** What is still shown stays picked; the cursor stays inside. */
export function keepShown(picking: Picking, items: readonly number[]): Picking {
  const last = Math.max(0, items.length - 1)
  const cursor = Math.min(picking.cursor, last)
  if (picking.keys.size === 0) return { ...picking, cursor, anchor: cursor }
  const shown = new Set(items)
  const keys = new Set([...picking.keys].filter((key) => shown.has(key)))
  return { keys, cursor, anchor: cursor }
}
