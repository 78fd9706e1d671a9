import { createContext, useContext } from 'react'
import type { Label } from '#shared/domain/label.ts'
import type { GroupNode, Place } from './tree.ts'

/** What every row of the builder needs. */
export interface Builder {
  readonly labels: readonly Label[]
  readonly change: (how: (tree: GroupNode) => GroupNode) => void
  /** The node under way by drag, and where it would land. */
  readonly dragged: number | null
  readonly target: Place | null
  readonly drag: (id: number | null) => void
  readonly aim: (target: Place | null) => void
  readonly drop: () => void
}

export const BuilderContext = createContext<Builder | null>(null)

/** @throws outside of the builder: a programming mistake */
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext)
  if (!builder) throw new Error('useBuilder outside of the filter builder')
  return builder
}
