import { type PointerEvent, useEffect, useRef } from 'react'
import { useSettings } from '#renderer/state/settings.ts'
import classes from './context-images.module.css'
import { ContextImages } from './context-images.tsx'
import { useHasContextImages } from './related.ts'

const PLACE_KEY = 'fieldmark.context-images'

/** The context images over the picture, at its top right until they are moved or resized by hand. */
export function FloatingContextImages() {
  const isFloating = useSettings((settings) => settings.panels.contextImages === 'floating')
  const hasAny = useHasContextImages()
  return isFloating && hasAny ? <Window /> : null
}

function Window() {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const target = element.current
    if (!target) return
    Object.assign(target.style, readPlace())
    // The corner is dragged by the browser itself (CSS resize), which tells nobody else.
    const observer = new ResizeObserver(() => writePlace(target))
    observer.observe(target)
    return () => observer.disconnect()
  }, [])
  const onHeadPointerDown = (event: PointerEvent) => {
    const target = element.current
    if (!target || event.button !== 0) return
    const parent = target.offsetParent?.getBoundingClientRect()
    const box = target.getBoundingClientRect()
    const grip = { x: event.clientX - box.left, y: event.clientY - box.top }
    const move = (now: globalThis.PointerEvent) => {
      const room = { x: (parent?.width ?? 0) - 80, y: (parent?.height ?? 0) - 30 }
      const x = now.clientX - grip.x - (parent?.left ?? 0)
      const y = now.clientY - grip.y - (parent?.top ?? 0)
      target.style.left = `${Math.max(0, Math.min(room.x, x))}px`
      target.style.top = `${Math.max(0, Math.min(room.y, y))}px`
      target.style.right = 'auto'
    }
    const stop = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', stop)
      writePlace(target)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', stop)
  }
  return (
    <div ref={element} className={classes.floating}>
      <ContextImages place="floating" onHeadPointerDown={onHeadPointerDown} />
    </div>
  )
}

const KEPT = ['left', 'top', 'right', 'width', 'height'] as const

function readPlace(): Partial<Record<(typeof KEPT)[number], string>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PLACE_KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return {}
    const entries = Object.entries(stored).filter(
      ([key, value]) => KEPT.some((one) => one === key) && typeof value === 'string',
    )
    return Object.fromEntries(entries)
  } catch {
    // Damaged or blocked storage: it begins at the top right.
    return {}
  }
}

function writePlace({ style }: HTMLElement): void {
  try {
    const place = Object.fromEntries(KEPT.map((key) => [key, style[key]]))
    localStorage.setItem(PLACE_KEY, JSON.stringify(place))
  } catch {
    // Storage full or blocked: the next visit begins at the top right.
  }
}
