import { IconArrowRight, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { Label } from '#shared/domain/label.ts'
import type { MappedTo } from '#shared/domain/label-mapping.ts'
import { isCompatible } from '#shared/functions/compatible.ts'
import { defaultAttributes, defaultSublabels } from '#shared/functions/default-mapping.ts'
import classes from './functions.module.css'

interface Props {
  readonly label: FunctionLabel
  /** The task's. */
  readonly labels: readonly Label[]
  readonly mapped: MappedTo | null
  readonly onChange: (mapped: MappedTo | null) => void
  readonly onCreate: () => void
}

/** No label can be called so: names are never empty, and never only a space. */
const CREATE = ' '

/** One label of the model; unfolded, its attributes and joints likewise. */
export function MappingRow({ label, labels, mapped, onChange, onCreate }: Props) {
  const { t } = useTranslation('ai')
  const [isOpen, setOpen] = useState(false)
  const to = mapped ? labels.find(({ name }) => name === mapped.name) : undefined
  const fitting = labels.filter(({ type }) => isCompatible(label.type, type))
  const canCreate = label.type !== 'skeleton' && !labels.some(({ name }) => name === label.name)
  const hasMore = to !== undefined && (label.attributes.length > 0 || label.sublabels.length > 0)
  const choose = (value: string) => {
    if (value === CREATE) onCreate()
    else onChange(value === '' ? null : { name: value })
  }
  return (
    <>
      <div className={classes.row} data-mapped={mapped !== null}>
        {hasMore ? (
          <Unfold isOpen={isOpen} name={label.name} onToggle={() => setOpen(!isOpen)} />
        ) : (
          <span />
        )}
        <span className={classes.from} title={label.name}>
          {label.name}
        </span>
        <IconArrowRight size={13} className={classes.arrow} />
        <span className={classes.to}>
          {to && <i style={{ background: to.color }} />}
          <select
            aria-label={t('becomes', { name: label.name })}
            value={mapped?.name ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{t('notUsed')}</option>
            {mapped && !to && <option value={mapped.name}>{mapped.name}</option>}
            {fitting.map(({ id, name }) => (
              <option key={id} value={name}>
                {name}
              </option>
            ))}
            {canCreate && <option value={CREATE}>{t('createLabel', { name: label.name })}</option>}
          </select>
        </span>
      </div>
      {isOpen && to && mapped && (
        <Inside label={label} to={to} mapped={mapped} onChange={onChange} />
      )}
    </>
  )
}

function Unfold(props: { isOpen: boolean; name: string; onToggle: () => void }) {
  const { t } = useTranslation('ai')
  return (
    <button
      type="button"
      className={classes.expand}
      aria-expanded={props.isOpen}
      aria-label={t('unfold', { name: props.name })}
      onClick={props.onToggle}
    >
      <IconChevronRight size={14} />
    </button>
  )
}

interface InsideProps {
  readonly label: FunctionLabel
  readonly to: Label
  readonly mapped: MappedTo
  readonly onChange: (mapped: MappedTo) => void
}

/** What is left out goes by name: shown as what it comes to. */
function Inside({ label, to, mapped, onChange }: InsideProps) {
  const attributes = mapped.attributes ?? defaultAttributes(label, to)
  const sublabels = mapped.sublabels ?? defaultSublabels(label, to)
  return (
    <>
      <Attributes
        depth={1}
        from={label.attributes.map(({ name }) => name)}
        to={to.attributes.map(({ name }) => name)}
        chosen={attributes}
        onChange={(next) => onChange({ ...mapped, attributes: next })}
      />
      {label.sublabels.map((joint) => {
        const chosen = sublabels[joint.name]
        const target = to.sublabels.find(({ name }) => name === chosen?.name)
        const set = (next: typeof chosen) => {
          const { [joint.name]: _, ...rest } = sublabels
          onChange({ ...mapped, sublabels: next ? { ...rest, [joint.name]: next } : rest })
        }
        return (
          <div key={joint.name}>
            <Choice
              depth={1}
              from={joint.name}
              to={to.sublabels.map(({ name }) => name)}
              chosen={chosen?.name ?? ''}
              onChange={(name) => set(name === '' ? undefined : { name })}
            />
            {chosen && target && (
              <Attributes
                depth={2}
                from={joint.attributes.map(({ name }) => name)}
                to={target.attributes.map(({ name }) => name)}
                chosen={chosen.attributes ?? defaultAttributes(joint, target)}
                onChange={(next) => set({ ...chosen, attributes: next })}
              />
            )}
          </div>
        )
      })}
    </>
  )
}

interface AttributesProps {
  readonly depth: number
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly chosen: Readonly<Record<string, string>>
  readonly onChange: (chosen: Record<string, string>) => void
}

function Attributes({ depth, from, to, chosen, onChange }: AttributesProps) {
  return from.map((name) => (
    <Choice
      key={name}
      depth={depth}
      from={name}
      to={to}
      chosen={chosen[name] ?? ''}
      onChange={(value) => {
        const { [name]: _, ...rest } = chosen
        onChange(value === '' ? rest : { ...rest, [name]: value })
      }}
    />
  ))
}

interface ChoiceProps {
  readonly depth: number
  readonly from: string
  readonly to: readonly string[]
  readonly chosen: string
  readonly onChange: (value: string) => void
}

function Choice({ depth, from, to, chosen, onChange }: ChoiceProps) {
  const { t } = useTranslation('ai')
  return (
    <div className={classes.row} data-depth={depth} data-mapped={chosen !== ''}>
      <span />
      <span className={classes.from} title={from}>
        {from}
      </span>
      <IconArrowRight size={13} className={classes.arrow} />
      <span className={classes.to}>
        <select
          aria-label={t('becomes', { name: from })}
          value={chosen}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{t('notUsed')}</option>
          {to.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </div>
  )
}
