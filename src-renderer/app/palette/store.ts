import { create } from 'zustand'

/** Open or not; apart from the palette itself, which is its own chunk and is loaded when it is first wanted. */
export const usePalette = create<{ readonly opened: boolean }>(() => ({ opened: false }))

export function openPalette(): void {
  usePalette.setState({ opened: true })
}

export function closePalette(): void {
  usePalette.setState({ opened: false })
}
