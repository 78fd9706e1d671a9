import {
  IconCopyPlus,
  IconLink,
  IconListDetails,
  IconShape,
  IconStack2,
  IconTag,
  IconTimeline,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BulkKind } from '#shared/domain/bulk.ts'
import classes from './dialogs.module.css'

const kinds = [
  ['remove', IconTrash],
  ['propagate', IconCopyPlus],
  ['convert', IconShape],
  ['change-label', IconTag],
  ['change-attribute', IconListDetails],
  ['tracks-to-shapes', IconStack2],
  ['link-shapes', IconTimeline],
  ['join-tracks', IconLink],
] as const

/** Which action; the arrow keys walk it, as any group of radio buttons. */
export function ActionList(props: { kind: BulkKind; onChange: (kind: BulkKind) => void }) {
  const { t } = useTranslation('operations')
  return (
    <div className={classes.actions} role="radiogroup" aria-label={t('action')}>
      {kinds.map(([kind, Glyph]) => (
        <label key={kind} data-on={kind === props.kind}>
          <input
            type="radio"
            name="bulk-action"
            checked={kind === props.kind}
            onChange={() => props.onChange(kind)}
          />
          <Glyph size={16} stroke={1.5} />
          <span>{t(`action-${kind}`)}</span>
        </label>
      ))}
    </div>
  )
}
