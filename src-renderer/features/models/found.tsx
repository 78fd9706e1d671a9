import { useQuery } from '@tanstack/react-query'
import { orpc } from '#renderer/state/queries.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { maskToPolygons } from '#shared/geometry/mask-contours.ts'
import classes from './models.module.css'

interface Props {
  readonly taskId: TaskId
  readonly frame: number
  readonly detections: readonly Detection[]
}

/** A picture with what was found on it drawn over it. */
export function Found({ taskId, frame, detections }: Props) {
  const input = { taskId, from: frame, count: 1 }
  const { data } = useQuery(orpc.frames.list.queryOptions({ input }))
  const [shown] = data ?? []
  if (!shown?.width || !shown.height) return null
  const { width, height, name } = shown
  const unit = Math.max(width, height) / 400
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={name}
    >
      <image href={`/frames/${taskId}/${frame}`} width={width} height={height} />
      {detections.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: detections have no ids, and the list is only ever replaced
        <g key={at}>
          <g className={classes.halo} strokeWidth={unit * 2.6}>
            <Outline detection={one} unit={unit} />
          </g>
          <g className={classes.outline} strokeWidth={unit * 1.2}>
            <Outline detection={one} unit={unit} />
          </g>
          <Caption
            detection={one}
            unit={unit}
            line={one.type === 'tag' ? detections.slice(0, at + 1).filter(isTag).length : 1}
          />
        </g>
      ))}
    </svg>
  )
}

function Outline({ detection, unit }: { detection: Detection; unit: number }) {
  const { type, points, rotation, elements } = detection
  const pairs = points.join(' ')
  switch (type) {
    case 'rectangle': {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
      const turn = `rotate(${rotation} ${(x1 + x2) / 2} ${(y1 + y2) / 2})`
      return <rect x={x1} y={y1} width={x2 - x1} height={y2 - y1} transform={turn} />
    }
    case 'ellipse': {
      const [cx = 0, cy = 0, right = 0, top = 0] = points
      const turn = `rotate(${rotation} ${cx} ${cy})`
      return <ellipse cx={cx} cy={cy} rx={right - cx} ry={cy - top} transform={turn} />
    }
    case 'mask':
      return maskToPolygons(points).map(({ outer }) => (
        <polygon
          key={outer.slice(0, 4).join(' ')}
          points={outer.join(' ')}
          className={classes.filled}
        />
      ))
    case 'skeleton':
      return elements.map(({ label, outside, points: at }) => (
        <Dot key={label} at={outside ? [] : at} unit={unit} />
      ))
    case 'points':
      return <Dot at={points} unit={unit} />
    case 'polyline':
      return <polyline points={pairs} />
    default:
      return points.length > 0 && <polygon points={pairs} />
  }
}

/** A dot at each `x, y`. */
function Dot({ at, unit }: { at: readonly number[]; unit: number }) {
  return at.map((x, index) =>
    index % 2 === 0 ? (
      <circle
        key={`${x} ${at[index + 1]}`}
        cx={x}
        cy={at[index + 1] ?? 0}
        r={unit * 2}
        className={classes.dot}
      />
    ) : null,
  )
}

const isTag = ({ type }: Detection) => type === 'tag'

interface CaptionProps {
  readonly detection: Detection
  readonly unit: number
  /** From the top, where it has no place of its own. */
  readonly line: number
}

function Caption({ detection, unit, line }: CaptionProps) {
  const { label, score } = detection
  const [x = 0, y = 0] = cornerOf(detection)
  return (
    <text
      className={classes.caption}
      x={x}
      y={Math.max(unit * 11 * line, y - unit * 2)}
      fontSize={unit * 10}
      strokeWidth={unit * 3}
    >
      {score === null ? label : `${label} ${Math.round(score * 100)} %`}
    </text>
  )
}

/** Where its name is written: its first point, of a mask the corner of its box (the last four numbers). */
function cornerOf({ type, points, elements }: Detection): readonly number[] {
  if (type === 'mask') return points.slice(-4)
  return type === 'skeleton' ? (elements[0]?.points ?? []) : points
}
