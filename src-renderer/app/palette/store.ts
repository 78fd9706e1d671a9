import { create } from 'zustand'
import { isTyping } from '#renderer/state/key-focus.ts'

interface PaletteState {
  readonly opened: boolean
  /** What was typed between the key that opens it and the field being there. */
  readonly typed: string
}

/** Open or not; apart from the palette itself, which is its own chunk and is loaded when it is first wanted. */
export const usePalette = create<PaletteState>(() => ({ opened: false, typed: '' }))

let stopCatching: () => void = () => undefined

export function openPalette(): void {
  usePalette.setState({ opened: true, typed: '' })
  catchTyping()
}

export function closePalette(): void {
  stopCatching()
  usePalette.setState({ opened: false, typed: '' })
}

/** Fast hands type on while the palette is still on its way: those letters are for its field, and no shortcuts. */
function catchTyping(): void {
  stopCatching()
  const stop = new AbortController()
  stopCatching = () => stop.abort()
  const listen = (event: KeyboardEvent) => {
    if (isTyping(event.target)) {
      stop.abort()
      return
    }
    if (event.key === 'Escape' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.key.length === 1) usePalette.setState(({ typed }) => ({ typed: typed + event.key }))
  }
  window.addEventListener('keydown', listen, { capture: true, signal: stop.signal })
}
