import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import classes from './context-images.module.css'
import { type ContextView, panned, plainView, shownSize, zoomAt } from './view.ts'

interface Props {
  readonly address: string
  readonly name: string
  readonly view: ContextView
  readonly onView: (view: ContextView) => void
  /** A click that was no drag. */
  readonly onClick?: () => void
}

const CLICK_PX = 4

/** One context image: the wheel zooms at the pointer, dragging moves it, a double click fits it again. */
export function ImageView({ address, name, view, onView, onClick }: Props) {
  const panel = useRef<HTMLDivElement>(null)
  const size = useSize(panel)
  const image = useDecoded(address)
  const drag = useRef<{ x: number; y: number; moved: number } | null>(null)
  useWheel(panel, (event) => {
    const rect = panel.current?.getBoundingClientRect()
    if (!rect) return
    const at = {
      x: event.clientX - rect.left - rect.width / 2,
      y: event.clientY - rect.top - rect.height / 2,
    }
    onView(zoomAt(view, at, Math.exp(-event.deltaY / 400)))
  })
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, y: event.clientY, moved: 0 }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const from = drag.current
    if (!from) return
    const by = { x: event.clientX - from.x, y: event.clientY - from.y }
    const moved = from.moved + Math.hypot(by.x, by.y)
    drag.current = { x: event.clientX, y: event.clientY, moved }
    if (moved > CLICK_PX) onView(panned(view, by, size))
  }
  const onPointerUp = () => {
    const was = drag.current
    drag.current = null
    if (was && was.moved <= CLICK_PX) onClick?.()
  }
  const shown = image && image !== 'broken' ? shownSize(image, size, view) : null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the hand does here has a button in the head above
    <div
      ref={panel}
      className={classes.view}
      data-zoomed={view.scale > 1}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = null
      }}
      onDoubleClick={() => onView({ ...plainView, turn: view.turn })}
    >
      {image === 'broken' && <p>{name}</p>}
      {image && image !== 'broken' && shown && (
        <img
          src={image.address}
          alt={name}
          draggable={false}
          data-testid="context-image"
          style={{
            width: shown.width,
            height: shown.height,
            transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg)`,
          }}
        />
      )}
    </div>
  )
}

interface Decoded {
  readonly address: string
  readonly width: number
  readonly height: number
}

/** The newest image that is decoded: the one before stays until then, so stepping does not flicker. */
function useDecoded(address: string): Decoded | 'broken' | null {
  const [shown, setShown] = useState<Decoded | 'broken' | null>(null)
  useEffect(() => {
    let isWanted = true
    const image = new Image()
    image.src = address
    image.decode().then(
      () => {
        const { naturalWidth: width, naturalHeight: height } = image
        if (isWanted) setShown({ address, width, height })
      },
      () => {
        if (isWanted) setShown('broken')
      },
    )
    return () => {
      isWanted = false
    }
  }, [address])
  return shown
}

function useSize(element: RefObject<HTMLDivElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}

/** React listens to wheels passively, and the page must not scroll or zoom along. */
function useWheel(
  element: RefObject<HTMLDivElement | null>,
  onWheel: (event: WheelEvent) => void,
): void {
  const latest = useRef(onWheel)
  useLayoutEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const target = element.current
    if (!target) return
    const listener = (event: WheelEvent) => {
      event.preventDefault()
      latest.current(event)
    }
    target.addEventListener('wheel', listener, { passive: false })
    return () => target.removeEventListener('wheel', listener)
  }, [element])
}
