import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import classes from './gallery.module.css'
import { layOut, rowOf, verticalNeighbour } from './grid-layout.ts'
import { type PickHow, type Picking, pick, pickAll } from './picking.ts'
import { useRubberBand } from './use-rubber-band.ts'

export interface GridSection {
  /** null: no title. */
  readonly title: ReactNode
  readonly items: readonly number[]
}

interface Props {
  readonly label: string
  readonly sections: readonly GridSection[]
  /** CSS pixels a cell should have; the cells of a row share what is left over. */
  readonly cellWidth: number
  readonly heightOf: (width: number) => number
  readonly picking: Picking
  /** The cell to begin with, by place. */
  readonly startAt: number
  readonly onPicking: (picking: Picking) => void
  readonly onOpen: (key: number) => void
  readonly onDelete: () => void
  readonly onEscape: () => void
  readonly render: (key: number) => ReactNode
  readonly nameOf: (key: number) => string
}

const TITLE_PX = 34

/** Cells that can be picked one by one, in stretches, by a rubber band or by keys. Only the rows in sight exist. */
export function CellGrid(props: Props) {
  const { sections, heightOf, picking, startAt, onPicking } = props
  const id = useId()
  const viewport = useRef<HTMLDivElement>(null)
  const width = useWidth(viewport)
  const cell = { width: stretched(width, props.cellWidth) }
  const height = heightOf(cell.width)
  const items = useMemo(() => sections.flatMap((section) => section.items), [sections])
  const layout = useMemo(() => {
    const counted = sections.map(({ title, items }) => ({
      count: items.length,
      hasTitle: title !== null,
    }))
    const sizes = { width, cellWidth: cell.width, cellHeight: height, titleHeight: TITLE_PX }
    return layOut(counted, sizes)
  }, [sections, width, cell.width, height])
  const virtualizer = useVirtualizer({
    count: layout.rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: (at) => layout.rows[at]?.height ?? height,
    overscan: 2,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout measures every row anew
  useLayoutEffect(() => virtualizer.measure(), [layout, virtualizer])
  const show = (place: number, align: 'auto' | 'center' = 'auto') => {
    const row = rowOf(layout, place)
    if (row >= 0) virtualizer.scrollToIndex(row, { align })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the width is known
  useEffect(() => {
    if (width > 0) show(startAt, 'center')
  }, [width > 0])
  useEffect(() => viewport.current?.focus({ preventScroll: true }), [])
  const band = useRubberBand({ viewport, layout, cellWidth: cell.width, items, picking, onPicking })
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyed(event, props, items, layout)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    if (next === 'done') return
    onPicking(next)
    show(next.cursor)
  }
  return (
    <div
      ref={viewport}
      className={classes.grid}
      role="listbox"
      aria-label={props.label}
      aria-multiselectable
      aria-activedescendant={`${id}-${picking.cursor}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...band.handlers}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = layout.rows[item.index]
          if (!row) return null
          const style = { transform: `translateY(${item.start}px)`, height: row.height }
          if (row.first < 0)
            return (
              <div key={`title ${row.section}`} className={classes.title} style={style}>
                {sections[row.section]?.title}
              </div>
            )
          return (
            <div key={row.first} className={classes.row} style={style}>
              {Array.from({ length: row.count }, (_, column) => {
                const place = row.first + column
                const key = items[place]
                if (key === undefined) return null
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and names this one as active
                  <div
                    key={key}
                    id={`${id}-${place}`}
                    className={classes.cell}
                    style={{ width: cell.width }}
                    role="option"
                    aria-selected={picking.keys.has(key)}
                    aria-label={props.nameOf(key)}
                    data-cursor={place === picking.cursor}
                    data-place={place}
                    onDoubleClick={() => props.onOpen(key)}
                  >
                    {props.render(key)}
                  </div>
                )
              })}
            </div>
          )
        })}
        {band.box && <div className={classes.band} style={band.box} />}
      </div>
    </div>
  )
}

/** As many cells as fit, each as wide as the row then allows. */
function stretched(width: number, wanted: number): number {
  const columns = Math.max(1, Math.floor(width / wanted))
  return width > 0 ? Math.floor(width / columns) : wanted
}

/** What a key does: a new picking, something else that is `done`, or null when it is not for the grid. */
function keyed(
  event: KeyboardEvent,
  props: Props,
  items: readonly number[],
  layout: ReturnType<typeof layOut>,
): Picking | 'done' | null {
  const { picking, onOpen, onDelete, onEscape } = props
  const isControl = event.ctrlKey || event.metaKey
  const key = items[picking.cursor]
  if (isControl && event.code === 'KeyA') return pickAll(picking, items)
  if (event.altKey) return null
  if (event.key === 'Escape') {
    onEscape()
    return 'done'
  }
  if (event.key === 'Delete' || event.key === 'Backspace') {
    onDelete()
    return 'done'
  }
  if (event.key === 'Enter' && !isControl && key !== undefined) {
    onOpen(key)
    return 'done'
  }
  if (event.key === ' ') return pick(picking, items, picking.cursor, 'toggle')
  const to = moved(event.key, picking.cursor, items.length, layout)
  if (to === null) return null
  if (isControl) return { ...picking, cursor: to }
  const how: PickHow = event.shiftKey ? 'extend' : 'only'
  return pick(picking, items, to, how)
}

const PAGE_ROWS = 4

function moved(
  key: string,
  from: number,
  count: number,
  layout: ReturnType<typeof layOut>,
): number | null {
  const rows = (way: 1 | -1, times: number) => {
    let at = from
    for (let turn = 0; turn < times; turn += 1) at = verticalNeighbour(layout, at, way)
    return at
  }
  const moves: Record<string, () => number> = {
    ArrowLeft: () => Math.max(0, from - 1),
    ArrowRight: () => Math.min(count - 1, from + 1),
    ArrowUp: () => rows(-1, 1),
    ArrowDown: () => rows(1, 1),
    PageUp: () => rows(-1, PAGE_ROWS),
    PageDown: () => rows(1, PAGE_ROWS),
    Home: () => 0,
    End: () => count - 1,
  }
  return moves[key]?.() ?? null
}

/** Of the content, the padding and the scroll bar left out. */
function useWidth(element: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
