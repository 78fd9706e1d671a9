import { useTranslation } from 'react-i18next'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench, useUi } from '../bench/context.ts'
import { chooseDrawLabel } from '../bench/drawing.ts'
import maskClasses from '../masks/masks.module.css'

/** The label of what is in hand. The browser's own select: it opens over everything and knows every key. */
export function BarLabel({ labelId, fits }: { labelId: LabelId; fits(label: Label): boolean }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const color = labels.find((label) => label.id === labelId)?.color
  return (
    <span className={maskClasses.label}>
      <i style={{ background: color }} />
      <select
        aria-label={t('label')}
        value={labelId}
        onChange={(event) => {
          chooseDrawLabel(bench, Number(event.currentTarget.value) as LabelId)
          event.currentTarget.blur()
        }}
      >
        {labels
          .filter((label) => label.id === labelId || fits(label))
          .map((label) => (
            <option key={label.id} value={label.id}>
              {label.name}
            </option>
          ))}
      </select>
    </span>
  )
}
