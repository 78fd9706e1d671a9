import { useMemo } from 'react'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import classes from './skeleton.module.css'
import { modelOfLabel } from './skeleton-model.ts'

/** A skeleton as a small picture. */
export function SkeletonPreview({ label }: { label: RawLabel }) {
  const { joints, edges } = useMemo(() => modelOfLabel(label), [label])
  return (
    <svg viewBox="-6 -6 112 112" className={classes.preview} aria-hidden="true">
      {edges.map(([a, b]) => {
        const [from, to] = [joints[a], joints[b]]
        if (!from || !to) return null
        return <line key={`${a}-${b}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      })}
      {joints.map(({ x, y, sublabel }) => (
        <circle key={sublabel.name} cx={x} cy={y} r={5} fill={sublabel.color ?? '#b3b3b3'} />
      ))}
    </svg>
  )
}
