import { IconFilterFilled, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { printFilter } from '#shared/filter/print.ts'
import { useBench, useUi } from '../bench/context.ts'
import classes from './filter.module.css'
import { applyFilter } from './filter-verbs.ts'
import { useShown } from './use-shown.ts'

/** The filter in force, on the picture: why something is not to be seen must never be a riddle. */
export function FilterChip() {
  const { t } = useTranslation('filter')
  const bench = useBench()
  const filter = useUi((state) => state.filter)
  const { shown, total } = useShown()
  if (!filter) return null
  const text = printFilter(filter)
  return (
    <div className={classes.chip}>
      <button
        type="button"
        className={classes.chipText}
        aria-label={t('chip', { text })}
        title={t('edit')}
        onClick={() => bench.ui.setState({ isFilterOpen: true })}
      >
        <IconFilterFilled size={13} />
        <code>{text}</code>
        <span>
          {t('shownOf', { shown: formatNumber(shown.length), total: formatNumber(total) })}
        </span>
      </button>
      <button
        type="button"
        className={classes.chipClear}
        aria-label={t('clear')}
        title={t('clear')}
        onClick={() => applyFilter(bench, null)}
      >
        <IconX size={14} />
      </button>
    </div>
  )
}
