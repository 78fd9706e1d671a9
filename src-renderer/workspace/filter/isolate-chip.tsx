import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../bench/context.ts'
import classes from './filter.module.css'
import { showAll } from './isolate.ts'

/** Says that most things are out of sight on purpose, and shows them again. */
export function IsolateChip() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const count = useUi((state) => state.isolated?.size ?? 0)
  if (count === 0) return null
  return (
    <div className={classes.isolated}>
      {t('isolated', { count })}
      <button
        type="button"
        aria-label={t('showAll')}
        title={t('showAll')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => showAll(bench)}
      >
        <IconX size={14} />
      </button>
    </div>
  )
}
