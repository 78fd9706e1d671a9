import { useState } from 'react'
import type { Chosen, Place } from './skeleton-model.ts'
import type { Builder } from './use-builder.ts'

export type BuilderTool = 'points' | 'edges' | 'remove'

/** What presses on the board, and on the list of joints, mean: it depends on the tool. */
export function useHand(builder: Builder) {
  const [tool, setTool] = useState<BuilderTool>('points')
  /** The joint an edge has been begun at. */
  const [from, setFrom] = useState<number | null>(null)
  const finishEdge = (to: number) => {
    if (from !== null && from !== to) builder.connect(from, to)
    setFrom(null)
  }
  return {
    tool,
    from,
    choose: builder.choose,
    take(next: BuilderTool) {
      setTool(next)
      setFrom(null)
    },
    beginEdge(joint: number) {
      setTool('edges')
      setFrom(joint)
    },
    /** @returns false when there was no edge to leave */
    cancel(): boolean {
      setFrom(null)
      return from !== null
    },
    remove(what: Chosen) {
      builder.remove(what)
      setFrom(null)
    },
    pressEmpty(at: Place) {
      if (tool === 'points') builder.add(at)
      else builder.choose(null)
      setFrom(null)
    },
    pressEdge(index: number) {
      const what = { kind: 'edge', index } as const
      if (tool === 'remove') builder.remove(what)
      else builder.choose(what)
    },
    /** @returns true when the press may become a drag */
    pressJoint(index: number): boolean {
      const what = { kind: 'joint', index } as const
      if (tool === 'remove') {
        builder.remove(what)
        return false
      }
      builder.choose(what)
      if (tool === 'points') return true
      if (from === null) setFrom(index)
      else finishEdge(index)
      return from === null
    },
    drop(joint: number, at: Place, over: number | null) {
      if (tool === 'points') builder.move(joint, at)
      else if (over !== null) finishEdge(over)
      else setFrom(null)
    },
  }
}

export type BuilderHand = ReturnType<typeof useHand>
