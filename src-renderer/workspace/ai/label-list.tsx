import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys.tsx'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench, useUi } from '../bench/context.ts'
import { chooseDrawLabel } from '../bench/drawing.ts'
import toolClasses from '../tools/tools.module.css'
import classes from './ai.module.css'

/** Which label a new object gets; those that cannot have what the tool makes are greyed out. */
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
  const choose = (id: LabelId) => chooseDrawLabel(bench, id)
  return (
    <div className={classes.labels} role="listbox" aria-label={t('label')}>
      {labels.map((label, at) => (
        <button
          key={label.id}
          type="button"
          role="option"
          aria-selected={label.id === current?.id}
          disabled={!fits(label)}
          className={toolClasses.label}
          onClick={() => choose(label.id)}
        >
          <i style={{ background: label.color }} />
          <span>{label.name}</span>
          {at < 10 && <Keys caps={[String((at + 1) % 10)]} />}
        </button>
      ))}
      {labels.length === 0 && <p className={toolClasses.none}>{t('noLabels')}</p>}
    </div>
  )
}
