import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { afterPaint } from '#renderer/state/after-paint.ts'
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

const told = new WeakMap<Bench, ReturnType<typeof afterPaint<DocumentState>>>()

/** A part of the document's state, as of the last painted frame. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  const bench = useBench()
  const store = told.get(bench) ?? afterPaint(bench.document.state)
  told.set(bench, store)
  return useStore(store, select)
}
