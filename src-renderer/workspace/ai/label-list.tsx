import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from '#renderer/state/key-focus.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench, useUi } from '../bench/context.ts'
import { chooseDrawLabel } from '../bench/drawing.ts'
import { type Digit, digitsOf } from '../modes/digits.ts'
import { labelOfDigit } from '../modes/label-digits.ts'
import toolClasses from '../tools/tools.module.css'
import classes from './ai.module.css'

/** Which label a new object gets; those that cannot have what the tool makes are greyed out. One stop of Tab: arrows and digits choose. */
export function LabelList({
  current,
  fits,
}: {
  current: Label | null
  fits(label: Label): boolean
}) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const chosen = useSettings((settings) => settings.labelDigits)
  const list = useRef<HTMLDivElement>(null)
  const digits = new Map([...digitsOf(labels, chosen)].map(([digit, { id }]) => [id, digit]))
  const choose = (id: LabelId) => chooseDrawLabel(bench, id)
  /** The focus goes with the choice, where it is in the list at all. */
  const take = (id: LabelId) => {
    choose(id)
    if (!list.current?.contains(document.activeElement)) return
    list.current.querySelector<HTMLElement>(`[data-label="${id}"]`)?.focus()
  }
  useDigits(list, (digit) => {
    const label = labelOfDigit(labels, digit)
    if (label && fits(label)) take(label.id)
  })
  const onArrow = (event: ReactKeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way === undefined) return
    event.preventDefault()
    const fitting = labels.filter(fits)
    const at = fitting.findIndex(({ id }) => id === current?.id)
    const next = fitting.at((at + way) % fitting.length)
    if (next) take(next.id)
  }
  return (
    <div
      ref={list}
      className={classes.labels}
      role="listbox"
      aria-label={t('label')}
      onKeyDown={onArrow}
    >
      {labels.map((label) => (
        <button
          key={label.id}
          type="button"
          role="option"
          aria-selected={label.id === current?.id}
          tabIndex={label.id === current?.id ? 0 : -1}
          data-label={label.id}
          disabled={!fits(label)}
          className={toolClasses.label}
          onClick={() => choose(label.id)}
        >
          <i style={{ background: label.color }} />
          <span>{label.name}</span>
          {digits.has(label.id) && <Keys caps={[digits.get(label.id) ?? '']} />}
        </button>
      ))}
      {labels.length === 0 && <p className={toolClasses.none}>{t('noLabels')}</p>}
    </div>
  )
}

/** While the keyboard is in the card the list is in, digits mean its labels, not those of what is selected. */
function useDigits(list: RefObject<HTMLElement | null>, onDigit: (digit: Digit) => void): void {
  const latest = useRef(onDigit)
  latest.current = onDigit
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key } = event
      if (!/^[0-9]$/.test(key) || event.ctrlKey || event.altKey || event.metaKey) return
      const card = list.current?.closest('[role="dialog"]')
      if (isTyping(target) || !(target instanceof Node) || !card?.contains(target)) return
      event.preventDefault()
      latest.current(key as Digit)
    }
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [list])
}
