import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench } from '../bench/context.ts'
import classes from './filter.module.css'
import { applyFilter } from './filter-verbs.ts'

/** In the place of the list, when the filter hides everything that is on the frame. */
export function NoneShown({ total }: { total: number }) {
  const { t } = useTranslation('filter')
  const bench = useBench()
  return (
    <div className={classes.noneShown}>
      <strong>{t('noneShown')}</strong>
      <p>{t('noneShownHint', { count: total, formatted: formatNumber(total) })}</p>
      <Button variant="default" onClick={() => applyFilter(bench, null)}>
        {t('clear')}
      </Button>
    </div>
  )
}
