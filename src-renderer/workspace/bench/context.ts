import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
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

/** A part of the document's state. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useBench().document.state, select)
}
