import i18next from 'i18next'
import { announce } from '#renderer/state/announce.ts'
import type { Bench } from '../bench/bench.ts'
import { stepText } from './step-text.ts'

/** Tells people who cannot see the canvas what happened on it. Returns how to stop. */
export function announceBench({ document, ui }: Bench): () => void {
  const stops = [
    document.onStep((verb, title) => {
      const text = stepText(title)
      announce(verb === 'do' ? text : i18next.t(`workspace:say-${verb}`, { title: text }))
    }),
    document.state.subscribe((now, before) => {
      if (now.frame === before.frame || ui.getState().isPlaying) return
      const items = i18next.t('workspace:items', {
        count: now.annotations.size,
        formatted: now.annotations.size,
      })
      announce(
        i18next.t('workspace:say-frame', { frame: now.frame, stop: document.range.stop, items }),
      )
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
