import { HEAD_PX, LANE_PX } from '../layout.ts'
import { type Brush, fitted, measured } from './theme.ts'

export interface HeadLook {
  readonly color: string
  readonly label: string
  readonly number: string
  readonly isLocked: boolean
  readonly isHidden: boolean
  readonly isFocused: boolean
  readonly isActive: boolean
  /** The row's buttons lie over its right end. */
  readonly hasButtons: boolean
}

const LOCK = 'M4 6V4.5a2.5 2.5 0 0 1 5 0V6M3 6h7v5H3z'
const EYE = 'M1 7s2-3.5 5.5-3.5S12 7 12 7s-2 3.5-5.5 3.5S1 7 1 7zM2 12 11 2'

let lock: Path2D | null = null
let eye: Path2D | null = null

/** The head of a lane: colour, label, number, and whether it is locked or hidden. */
export function paintHead(brush: Brush, look: HeadLook, top: number): void {
  const { ctx, theme, snap } = brush
  if (look.isActive) {
    ctx.fillStyle = theme.accentSoft
    ctx.fillRect(0, top, HEAD_PX, LANE_PX)
  }
  if (look.isFocused) {
    ctx.fillStyle = theme.accent
    ctx.fillRect(0, top, 2, LANE_PX)
  }
  const middle = snap(top + LANE_PX / 2)
  ctx.globalAlpha = look.isHidden ? 0.4 : 1
  ctx.fillStyle = look.color
  ctx.beginPath()
  ctx.roundRect(10, middle - 4, 8, 8, 2)
  ctx.fill()
  ctx.globalAlpha = look.isHidden ? 0.55 : 1
  ctx.textBaseline = 'middle'
  ctx.font = `${look.isActive ? 550 : 450} 12px ${theme.font}`
  const flags = (look.isLocked ? 18 : 0) + (look.isHidden ? 18 : 0)
  const right = HEAD_PX - (look.hasButtons ? 104 : 8 + flags)
  ctx.font = `400 11px ${theme.font}`
  const numberWidth = measured(ctx, look.number)
  ctx.font = `${look.isActive ? 550 : 450} 12px ${theme.font}`
  const label = fitted(ctx, look.label, right - 26 - numberWidth - 6)
  ctx.fillStyle = theme.text
  ctx.fillText(label, 26, middle)
  const after = 26 + measured(ctx, label) + 6
  ctx.font = `400 11px ${theme.font}`
  ctx.fillStyle = theme.text3
  ctx.fillText(look.number, after, middle)
  ctx.globalAlpha = 1
  if (!look.hasButtons) paintFlags(brush, look, middle)
}

function paintFlags({ ctx, theme }: Brush, look: HeadLook, middle: number): void {
  lock ??= new Path2D(LOCK)
  eye ??= new Path2D(EYE)
  ctx.strokeStyle = theme.text3
  ctx.lineWidth = 1.2
  let x = HEAD_PX - 20
  for (const path of [look.isHidden ? eye : null, look.isLocked ? lock : null]) {
    if (!path) continue
    ctx.save()
    ctx.translate(x, middle - 7)
    ctx.stroke(path)
    ctx.restore()
    x -= 18
  }
}
