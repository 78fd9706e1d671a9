import {
  type Icon,
  IconChevronDown,
  IconChevronRight,
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconPin,
  IconPinned,
  IconSquareHalf,
} from '@tabler/icons-react'
import { type DragEvent, type MouseEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColorBy, colorOf } from '#renderer/state/coloring.ts'
import type { AnnotationView } from '#renderer/state/journal.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Bench } from '../bench/bench.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { focusOn, toggleOccluded, toggleView } from '../bench/editing.ts'
import { paintOn } from '../masks/paint-on.ts'
import { actionTitle } from '../parts/action-text.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { ShapeIcon } from '../parts/shape-icon.tsx'
import { JointRows } from '../skeletons/joint-rows.tsx'
import { TrackButtons } from '../tracks/track-buttons.tsx'
import { AttributeFields } from './attribute-fields.tsx'
import { canDrop, dropOn, startDrag } from './drag-rows.ts'
import { LabelSelect } from './label-select.tsx'
import classes from './side-bar.module.css'

interface Props {
  readonly annotation: Annotation
  readonly view: AnnotationView
  readonly label: Label | undefined
  readonly labels: readonly Label[]
  readonly colorBy: ColorBy
  readonly isActive: boolean
  readonly isHovered: boolean
  readonly isExpanded: boolean
  /** While rows fly by, only what is seen of one: its switches come when the list rests. */
  readonly isPassing: boolean
}

/** One annotation: what it is, its switches, and, opened, its attributes. */
export const ObjectRow = memo(function ObjectRow(props: Props) {
  const { annotation, view, label, labels, isActive, isExpanded, isPassing } = props
  const bench = useBench()
  const color = colorOf(annotation, props.colorBy, new Map(label ? [[label.id, label]] : []))
  // White reads on a picture, not on a white list.
  const isUngrouped = props.colorBy === 'group' && annotation.group === 0
  const shown = isUngrouped ? 'var(--fm-text-3)' : color
  const hasAttributes = (label?.attributes.length ?? 0) > 0
  const hasJoints = label?.type === 'skeleton'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Tab and Shift+Tab walk annotations with the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: an item of a list with switches in it, which an option may not have
    <div
      className={`${classes.object} fm-row`}
      tabIndex={-1}
      aria-current={isActive}
      data-hovered={props.isHovered}
      data-hidden={view.hidden}
      data-ungrouped={isUngrouped}
      style={{ '--color': color } as React.CSSProperties}
      onMouseEnter={() => bench.ui.setState({ hovered: annotation.id })}
      onClick={(event) => select(bench, annotation, event)}
      onContextMenu={(event) => openMenu(bench, annotation, event)}
      {...useRowDrag(bench, annotation)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; Enter does the same */}
      <div className={classes.objectLine} onDoubleClick={() => focusOn(bench, annotation.id)}>
        <ShapeIcon annotation={annotation} color={shown} />
        {isPassing ? (
          <span className={classes.labelSelect}>{label?.name}</span>
        ) : (
          <LabelSelect annotation={annotation} labels={labels} isLocked={view.locked} />
        )}
        <span className={classes.id}>{annotation.id}</span>
        {annotation.group !== 0 && <GroupChip annotation={annotation} />}
        <span className={classes.grow} />
        <Flags annotation={annotation} view={view} onlyOn={isPassing} />
        {hasAttributes || hasJoints ? (
          <Expander annotation={annotation} isExpanded={isExpanded} />
        ) : (
          <span className={classes.noExpander} />
        )}
      </div>
      {annotation.kind === 'track' && <TrackButtons track={annotation} isPassing={isPassing} />}
      {hasAttributes && isExpanded && label && (
        <AttributeFields annotation={annotation} specs={label.attributes} isLocked={view.locked} />
      )}
      {hasJoints && isExpanded && (
        <JointRows annotation={annotation} label={label} isLocked={view.locked} />
      )}
    </div>
  )
})

interface FlagsProps {
  readonly annotation: Annotation
  readonly view: AnnotationView
  /** Leave out those that are off: they are not seen until the pointer comes. */
  readonly onlyOn: boolean
}

function Flags({ annotation, view, onlyOn }: FlagsProps) {
  const flags = useFlags(annotation, view)
  return (
    <span className={classes.flags}>
      {flags.map(({ at, isMeant, ...flag }) =>
        isMeant && (flag.isOn || !onlyOn) ? (
          <span key={at} style={{ gridColumn: at }}>
            <FlagButton {...flag} />
          </span>
        ) : null,
      )}
    </span>
  )
}

/** Each with its column, counted from the right, which it keeps whatever the others are. */
function useFlags(annotation: Annotation, view: AnnotationView) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const ids = [annotation.id]
  const shape = useShapeNow(annotation)
  const flag = (which: keyof AnnotationView, on: Icon, off: Icon) => ({
    label: t(which),
    icon: view[which] ? on : off,
    isOn: view[which],
    onToggle: () => toggleView(bench, ids, which),
  })
  return [
    {
      at: -6,
      isMeant: shape?.type === 'mask' && !view.locked,
      label: actionTitle('objects.paint-on'),
      icon: IconPencil,
      isOn: false,
      onToggle: () => paintOn(bench, annotation.id),
    },
    {
      at: -5,
      isMeant: shape !== null,
      label: t('occluded'),
      icon: IconSquareHalf,
      isOn: shape?.occluded ?? false,
      onToggle: () => toggleOccluded(bench, ids),
    },
    { at: -4, isMeant: shape !== null, ...flag('pinned', IconPinned, IconPin) },
    { at: -3, isMeant: true, ...flag('locked', IconLock, IconLockOpen) },
    { at: -2, isMeant: true, ...flag('hidden', IconEyeOff, IconEye) },
  ]
}

/** Which group it belongs to, in that group's colour. */
function GroupChip({ annotation }: { annotation: Annotation }) {
  const { t } = useTranslation('workspace')
  const { group } = annotation
  return (
    <span
      className={classes.group}
      style={{ '--group': colorOf(annotation, 'group', new Map()) } as React.CSSProperties}
      title={t('inGroup', { group })}
    >
      {t('groupChip', { group })}
    </span>
  )
}

/** How it looks on the frame shown; null for tags, and for tracks that are not seen there. */
function useShapeNow(annotation: Annotation) {
  const frame = useDocument((state) => state.frame)
  const marks = useDocument((state) => state.marks)
  return shapeOn(annotation, frame, marks)
}

function Expander({ annotation, isExpanded }: { annotation: Annotation; isExpanded: boolean }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const toggle = (event: MouseEvent) => {
    event.stopPropagation()
    const expanded = new Map(bench.ui.getState().expanded)
    bench.ui.setState({ expanded: expanded.set(annotation.id, !isExpanded) })
  }
  const Glyph = isExpanded ? IconChevronDown : IconChevronRight
  return (
    <button
      type="button"
      className={classes.headButton}
      aria-label={t('attributes')}
      aria-expanded={isExpanded}
      tabIndex={-1}
      onClick={toggle}
    >
      <Glyph size={15} stroke={1.5} />
    </button>
  )
}

/** A row can be dragged onto another one; see `dropOn`. */
function useRowDrag(bench: Bench, annotation: Annotation) {
  const [isTarget, setTarget] = useState(false)
  return {
    draggable: true,
    'data-drop': isTarget,
    onDragStart: (event: DragEvent) => startDrag(bench, annotation, event),
    onDragOver: (event: DragEvent) => {
      if (!canDrop(bench, event)) return
      event.preventDefault()
      setTarget(true)
    },
    onDragLeave: () => setTarget(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setTarget(false)
      dropOn(bench, annotation)
    },
  }
}

function select(bench: Bench, { id }: Annotation, event: MouseEvent): void {
  const { active } = bench.document.state.getState()
  const from = active.at(-1)
  if (event.shiftKey && from !== undefined) {
    bench.document.activate([...new Set([...active, ...rowsBetween(bench, from, id)])])
    return
  }
  const adds = event.ctrlKey || event.metaKey
  const others = active.filter((other) => other !== id)
  const isTaken = others.length < active.length
  if (adds) bench.document.activate(isTaken ? others : [...active, id])
  else bench.document.activate([id])
}

/** The rows from one to another as the list shows them, both included; the second one last, to go on from. */
function rowsBetween(bench: Bench, from: AnnotationId, to: AnnotationId): AnnotationId[] {
  const order = bench.listOrder()
  const [a, b] = [order.indexOf(from), order.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  const between = order.slice(Math.min(a, b), Math.max(a, b) + 1)
  return [...between.filter((id) => id !== to), to]
}

function openMenu(bench: Bench, { id }: Annotation, event: MouseEvent): void {
  event.preventDefault()
  if (!bench.document.state.getState().active.includes(id)) bench.document.activate([id])
  bench.ui.setState({ menu: { id, vertex: null, x: event.clientX, y: event.clientY } })
}
