import { useTranslation } from 'react-i18next'
import type { Label } from '#shared/domain/label.ts'
import classes from './label-chips.module.css'

type Shown = Pick<Label, 'id' | 'name' | 'color' | 'type' | 'attributes'>

/** Labels to look at: colour, name, the shape they are for, how many attributes. */
export function LabelChips({ labels }: { labels: readonly Shown[] }) {
  const { t } = useTranslation('labels')
  return (
    <div className={classes.chips}>
      {labels.map((label) => (
        <span key={label.id} className={classes.chip}>
          <i style={{ background: label.color }} />
          {label.name}
          {label.type !== 'any' && <small>{t(`type-${label.type}`)}</small>}
          {label.attributes.length > 0 && (
            <small title={label.attributes.map(({ name }) => name).join(', ')}>
              +{label.attributes.length}
            </small>
          )}
        </span>
      ))}
    </div>
  )
}
