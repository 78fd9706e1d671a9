import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../bench/context.ts'
import classes from './side-bar.module.css'

/** Looks something up in the list: by label, id, type or attribute value. The canvas goes on showing all. */
export function ObjectsSearch() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const field = useRef<HTMLInputElement>(null)
  const text = useUi((state) => state.listSearch)
  const set = (listSearch: string) => bench.ui.setState({ listSearch })
  useEffect(() => {
    bench.focusListSearch = () => field.current?.select()
    return () => {
      bench.focusListSearch = () => undefined
    }
  }, [bench])
  return (
    <div className={classes.search}>
      <IconSearch size={14} stroke={1.5} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label={t('searchObjects')}
        placeholder={t('searchObjects')}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') set('')
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
        }}
      />
      {text !== '' && (
        <button type="button" aria-label={t('clearSearch')} onClick={() => set('')}>
          <IconX size={14} />
        </button>
      )}
    </div>
  )
}
