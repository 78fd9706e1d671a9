import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { afterPaint, onceAfterPaint } from '#renderer/state/after-paint.ts'
import type { DocumentState } from '#renderer/state/document.ts'
import type { Bench, BenchState } from './bench.ts'

export const BenchContext = createContext<Bench | null>(null)

/** The bench of the workspace around. @throws when there is none: a programming mistake */
export function useBench(): Bench {
  const bench = useContext(BenchContext)
  if (!bench) throw new Error('useBench outside of <Workspace>')
  return bench
}

/** A part of the screen's state; renders again only when that part changes. */
export function useUi<T>(select: (state: BenchState) => T): T {
  return useStore(useBench().ui, select)
}

type Told = ReturnType<typeof afterPaint<DocumentState>>

/** While a video plays, panels follow four times a second; the canvas shows every frame and needs the time. */
const PLAYING_MS = 250
/** What says where one is (slider, number) follows more often. */
const PLACE_MS = 80

const told = new WeakMap<Bench, Told>()
const toldPlace = new WeakMap<Bench, Told>()

/** A part of the document's state, as of the last painted frame. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(toldOf(told, useBench(), PLAYING_MS), select)
}

/** The same for what shows the place in the film, and must not lag behind it while it plays. */
export function usePlace<T>(select: (state: DocumentState) => T): T {
  return useStore(toldOf(toldPlace, useBench(), PLACE_MS), select)
}

function toldOf(stores: WeakMap<Bench, Told>, bench: Bench, playingMs: number): Told {
  const store = stores.get(bench) ?? afterPaint(bench.document.state, lazily(bench, playingMs))
  stores.set(bench, store)
  return store
}

/** After the next paint; while it plays after `playingMs`, or as soon as it pauses. */
function lazily(bench: Bench, playingMs: number): (run: () => void) => void {
  return (run) => {
    if (!bench.ui.getState().isPlaying) {
      onceAfterPaint(run)
      return
    }
    const go = () => {
      clearTimeout(timer)
      stop()
      run()
    }
    const timer = setTimeout(go, playingMs)
    const stop = bench.ui.subscribe(({ isPlaying }) => {
      if (!isPlaying) go()
    })
  }
}
