import type { MouseEvent, PointerEvent } from 'react'
import classes from './skeleton.module.css'
import type { ModelJoint } from './skeleton-model.ts'

interface EdgeProps {
  readonly from: ModelJoint | undefined
  readonly to: ModelJoint | undefined
  readonly isChosen: boolean
  /** null: a press goes through to the board, where it puts a point. */
  readonly onPress: (() => void) | null
  readonly onMenu: (event: MouseEvent) => void
}

/** A line between two joints, easier to hit than it is wide. */
export function EdgeMark({ from, to, isChosen, onPress, onMenu }: EdgeProps) {
  if (!from || !to) return null
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y }
  const press = (event: PointerEvent) => {
    if (!onPress || event.button !== 0) return
    event.stopPropagation()
    onPress()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a part of a drawing; Del takes the chosen one away
    <g className={classes.edge} data-chosen={isChosen} onPointerDown={press} onContextMenu={onMenu}>
      <line {...ends} className={classes.reach} />
      <line {...ends} />
    </g>
  )
}

interface JointProps {
  readonly joint: ModelJoint
  /** The joints it hangs on: its name goes to the other side. */
  readonly neighbours: readonly ModelJoint[]
  readonly isChosen: boolean
  readonly onMenu: (event: MouseEvent) => void
}

/** A joint and its name; the board itself finds out which one a press is on. */
export function JointMark({ joint, neighbours, isChosen, onMenu }: JointProps) {
  const { x, y, sublabel } = joint
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a part of a drawing; the list of joints is its keyboard way
    <g className={classes.joint} data-chosen={isChosen} onContextMenu={onMenu}>
      <circle cx={x} cy={y} r={3.4} className={classes.reach} />
      <circle cx={x} cy={y} r={1.5} fill={sublabel.color} />
      <text {...nameAt(joint, neighbours)}>{sublabel.name}</text>
    </g>
  )
}

/** Beside the joint, away from its edges and inside the board. */
function nameAt({ x, y }: ModelJoint, neighbours: readonly ModelJoint[]) {
  const away = neighbours.reduce(
    (sum, other) => ({ x: sum.x + x - other.x, y: sum.y + y - other.y }),
    { x: 0, y: 0 },
  )
  const isLeft = x > 85 || (x > 15 && away.x < 0)
  const isBelow = y < 6 || (y < 94 && away.y > 0)
  return {
    x: x + (isLeft ? -2.4 : 2.4),
    y: y + (isBelow ? 3.8 : -1.6),
    textAnchor: isLeft ? ('end' as const) : ('start' as const),
  }
}
