import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench } from '../bench/context.ts'
import { labelFits } from '../bench/drawing.ts'
import { changeLabel } from '../bench/editing.ts'
import classes from './side-bar.module.css'

interface Props {
  readonly annotation: Annotation
  readonly labels: readonly Label[]
  readonly isLocked: boolean
}

/** The label as plain text until touched. The browser's own select, its choices made when one comes near. */
export function LabelSelect({ annotation, labels, isLocked }: Props) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const [isNear, setNear] = useState(false)
  const type = annotation.kind === 'tag' ? 'tag' : annotation.type
  const fitting = labels.filter(
    (label) => label.id === annotation.labelId || (isNear && labelFits(label, type)),
  )
  const near = () => setNear(true)
  return (
    <select
      className={classes.labelSelect}
      aria-label={t('label')}
      tabIndex={-1}
      disabled={isLocked}
      value={annotation.labelId}
      onPointerEnter={near}
      onFocus={near}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => {
        changeLabel(bench, [annotation.id], Number(event.currentTarget.value) as LabelId)
        event.currentTarget.blur()
      }}
    >
      {fitting.map((label) => (
        <option key={label.id} value={label.id}>
          {label.name}
        </option>
      ))}
    </select>
  )
}
