import { IconGripVertical } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../filter.module.css'
import { useBuilder } from './context.ts'
import { shift } from './tree.ts'

/** Takes a rule or group along: by drag, or one place at a time with Alt and the arrows. */
export function Grip({ id, kind }: { id: number; kind: 'rule' | 'group' }) {
  const { t } = useTranslation('filter')
  const builder = useBuilder()
  const button = useRef<HTMLButtonElement>(null)
  const title = t(kind === 'rule' ? 'moveRule' : 'moveGroup')
  return (
    <button
      ref={button}
      type="button"
      className={classes.grip}
      draggable
      aria-label={title}
      title={title}
      data-grip={id}
      onDragStart={(event) => {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', String(id))
        const row = button.current?.closest('[data-node]')
        if (row) event.dataTransfer.setDragImage(row, 12, 12)
        // Changing the page within the event would end the drag before it began.
        setTimeout(() => builder.drag(id))
      }}
      onDragEnd={() => {
        builder.drag(null)
        builder.aim(null)
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
        if (!event.altKey || by === 0) return
        event.preventDefault()
        builder.change((tree) => shift(tree, id, by as 1 | -1))
        // It may lie in another group now, as another element; the hand stays on it.
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-grip="${id}"]`)?.focus(),
        )
      }}
    >
      <IconGripVertical size={14} />
    </button>
  )
}
