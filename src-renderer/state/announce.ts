import { create } from 'zustand'

/** What a screen reader says next. The number makes the same sentence twice two sentences. */
export const useAnnouncement = create<{ readonly text: string; readonly turn: number }>(() => ({
  text: '',
  turn: 0,
}))

/** Say what happened to people who cannot see it. Short and whole: the newest takes the place of one not yet said. */
export function announce(text: string): void {
  useAnnouncement.setState(({ turn }) => ({ text, turn: turn + 1 }))
}
