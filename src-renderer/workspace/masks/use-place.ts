import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'

interface Place {
  readonly left: number
  readonly top: number
}

/**
 * Where something floats over the stage, CSS pixels from its corner: it is dragged by its grip, stays inside, and is
 * there again the next time.
 * @param key  of localStorage
 * @returns null for where CSS puts it at first
 */
export function usePlace(key: string): {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly place: Place | null
  onGrip(event: ReactPointerEvent<HTMLElement>): void
} {
  const ref = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<Place | null>(() => readPlace(key))
  useEffect(() => {
    const field = ref.current?.parentElement
    if (!field) return
    // The window may have become smaller since it was put there.
    const observer = new ResizeObserver(() => setPlace((now) => now && inside(ref.current, now)))
    observer.observe(field)
    return () => observer.disconnect()
  }, [])
  const onGrip = (event: ReactPointerEvent<HTMLElement>) => {
    const box = ref.current
    if (!box || event.button !== 0) return
    event.preventDefault()
    const grip = event.currentTarget
    const [dx, dy] = fromPointer(box, event)
    const stop = new AbortController()
    let last: Place | null = null
    grip.setPointerCapture(event.pointerId)
    grip.addEventListener(
      'pointermove',
      ({ clientX, clientY }: PointerEvent) => {
        last = inside(box, { left: clientX + dx, top: clientY + dy })
        setPlace(last)
      },
      { signal: stop.signal },
    )
    const end = () => {
      stop.abort()
      if (last) writePlace(key, last)
    }
    grip.addEventListener('pointerup', end, { signal: stop.signal })
    grip.addEventListener('pointercancel', end, { signal: stop.signal })
  }
  return { ref, place, onGrip }
}

/** From the pointer to the corner as it is seen: CSS may have moved it away from where it is laid out. */
function fromPointer(
  box: HTMLElement,
  { clientX, clientY }: ReactPointerEvent,
): readonly [number, number] {
  const { left, top } = box.getBoundingClientRect()
  const field = box.parentElement?.getBoundingClientRect()
  return [left - (field?.left ?? 0) - clientX, top - (field?.top ?? 0) - clientY]
}

function inside(box: HTMLElement | null, { left, top }: Place): Place {
  const field = box?.parentElement
  if (!box || !field) return { left, top }
  return {
    left: Math.max(0, Math.min(left, field.clientWidth - box.offsetWidth)),
    top: Math.max(0, Math.min(top, field.clientHeight - box.offsetHeight)),
  }
}

function readPlace(key: string): Place | null {
  try {
    const { left, top } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Place>
    return typeof left === 'number' && typeof top === 'number' ? { left, top } : null
  } catch {
    // Damaged or blocked storage: where CSS puts it.
    return null
  }
}

function writePlace(key: string, place: Place): void {
  try {
    localStorage.setItem(key, JSON.stringify(place))
  } catch {
    // Storage full or blocked: it is remembered until the page closes.
  }
}
