import { useState } from 'react'
import { type History, record, redo, startHistory, undo } from './history.ts'
import {
  addJoint,
  type Chosen,
  changeSublabel,
  connect,
  moveJoint,
  type Place,
  remove,
  type SkeletonModel,
} from './skeleton-model.ts'

type Sublabel = SkeletonModel['joints'][number]['sublabel']

/** The skeleton that is built, its undo, and what of it is chosen. */
export function useBuilder(start: SkeletonModel) {
  const [history, setHistory] = useState<History<SkeletonModel>>(() => startHistory(start))
  const [chosen, choose] = useState<Chosen | null>(null)
  const model = history.now
  const set = (next: SkeletonModel, about: string | null = null) =>
    setHistory((now) => record(now, next, about))
  const travel = (step: typeof undo) => {
    setHistory((now) => step(now) ?? now)
    choose(null)
  }
  return {
    model,
    chosen,
    choose,
    isChanged: model !== start,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => travel(undo),
    redo: () => travel(redo),
    load: (next: SkeletonModel) => {
      set(next)
      choose(null)
    },
    add: (place: Place) => {
      set(addJoint(model, place))
      choose({ kind: 'joint', index: model.joints.length })
    },
    move: (joint: number, place: Place) => set(moveJoint(model, joint, place)),
    connect: (from: number, to: number) => set(connect(model, from, to)),
    remove: (what: Chosen) => {
      set(remove(model, what))
      choose(null)
    },
    /** `about` joins what is typed at one go into one step. */
    change: (joint: number, sublabel: Partial<Sublabel>, about: string) =>
      set(changeSublabel(model, joint, sublabel), `${about} ${joint}`),
  }
}

export type Builder = ReturnType<typeof useBuilder>
