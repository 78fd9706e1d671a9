import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './skeleton.module.css'
import { EdgeMark, JointMark } from './skeleton-marks.tsx'
import { type Chosen, moveJoint, type Place, type SkeletonModel } from './skeleton-model.ts'
import type { BuilderHand } from './use-hand.ts'

interface Props {
  readonly model: SkeletonModel
  readonly chosen: Chosen | null
  readonly hand: BuilderHand
  /** Address of a picture to draw over; null for none. */
  readonly backdrop: string | null
  readonly onMenu: (what: Chosen, at: Place) => void
}

/** A press that has moved less than this, in the box's units, is a click. */
const STILL = 0.7

/**
 * Where a skeleton is drawn. Points: a click puts one, a drag moves one. Edges: from one point to another, by a drag or two
 * clicks. What is on it is made of numbers and names alone, never of the text of a file.
 */
export function SkeletonCanvas({ model, chosen, hand, backdrop, onMenu }: Props) {
  const { t } = useTranslation('labels')
  const { tool, from } = hand
  const svg = useRef<SVGSVGElement>(null)
  const [drag, setDrag] = useState<{ joint: number; start: Place; at: Place } | null>(null)
  const [pointer, setPointer] = useState<Place | null>(null)
  const shown = drag && tool === 'points' ? moveJoint(model, drag.joint, drag.at) : model

  const placeOf = (event: PointerEvent): Place => {
    const box = svg.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    const x = (100 * (event.clientX - box.left)) / box.width
    const y = (100 * (event.clientY - box.top)) / box.height
    return { x, y }
  }
  const press = (event: PointerEvent) => {
    // Out of the name field, or Ctrl+Z and Del would mean its letters.
    svg.current?.focus()
    if (event.button !== 0) return
    const at = placeOf(event)
    const joint = jointAt(model, at)
    if (joint === null) hand.pressEmpty(at)
    else if (hand.pressJoint(joint)) {
      svg.current?.setPointerCapture(event.pointerId)
      setDrag({ joint, start: at, at })
    }
  }
  const move = (event: PointerEvent) => {
    const at = placeOf(event)
    setPointer(at)
    if (drag) setDrag({ ...drag, at })
  }
  const release = (event: PointerEvent) => {
    if (!drag) return
    const at = placeOf(event)
    const isStill = Math.hypot(at.x - drag.start.x, at.y - drag.start.y) < STILL
    if (!isStill) hand.drop(drag.joint, at, jointAt(model, at))
    setDrag(null)
  }
  const menu = (event: React.MouseEvent, what: Chosen) => {
    event.preventDefault()
    hand.choose(what)
    onMenu(what, { x: event.clientX, y: event.clientY })
  }
  const isChosen = (kind: Chosen['kind'], index: number) =>
    chosen?.kind === kind && chosen.index === index
  const begun = from === null ? undefined : shown.joints[from]

  return (
    <div className={classes.board} data-tool={tool}>
      {backdrop && <img className={classes.backdrop} src={backdrop} alt="" draggable={false} />}
      <svg
        ref={svg}
        viewBox="0 0 100 100"
        className={classes.canvas}
        tabIndex={-1}
        role="img"
        aria-label={t('skeletonBoard')}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setPointer(null)}
        onContextMenu={(event) => event.preventDefault()}
      >
        {shown.edges.map(([a, b], index) => (
          <EdgeMark
            key={`${a}-${b}`}
            from={shown.joints[a]}
            to={shown.joints[b]}
            isChosen={isChosen('edge', index)}
            onPress={tool === 'points' ? null : () => hand.pressEdge(index)}
            onMenu={(event) => menu(event, { kind: 'edge', index })}
          />
        ))}
        {begun && pointer && (
          <line className={classes.begun} x1={begun.x} y1={begun.y} x2={pointer.x} y2={pointer.y} />
        )}
        {shown.joints.map((joint, index) => (
          <JointMark
            // biome-ignore lint/suspicious/noArrayIndexKey: names may be twins while they are typed
            key={index}
            joint={joint}
            neighbours={neighboursOf(shown, index)}
            isChosen={isChosen('joint', index) || from === index}
            onMenu={(event) => menu(event, { kind: 'joint', index })}
          />
        ))}
      </svg>
      {model.joints.length === 0 && <p className={classes.first}>{t('skeletonFirst')}</p>}
    </div>
  )
}

function neighboursOf({ joints, edges }: SkeletonModel, index: number) {
  return edges.flatMap(([a, b]) => {
    const other = a === index ? joints[b] : b === index ? joints[a] : undefined
    return other ? [other] : []
  })
}

/** How near a press must be, in the box's units. */
const REACH = 3.4

function jointAt({ joints }: SkeletonModel, at: Place): number | null {
  const distance = ({ x, y }: Place) => Math.hypot(x - at.x, y - at.y)
  let best: number | null = null
  joints.forEach((joint, index) => {
    const nearest = best === null ? undefined : joints[best]
    if (distance(joint) <= REACH && (!nearest || distance(joint) <= distance(nearest))) best = index
  })
  return best
}
