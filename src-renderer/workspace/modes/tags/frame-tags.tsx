import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useBench, useDocument, useUi } from '../../bench/context.ts'
import classes from '../modes.module.css'
import { removeTag, tagsOf } from './tags.ts'

/** The frame's tags over its top-left corner; nothing at all where there are none. */
export function FrameTags() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const annotations = useDocument((state) => state.annotations)
  const labelsById = useUi((state) => state.labelsById)
  const tags = useMemo(() => tagsOf(annotations.values()), [annotations])
  if (tags.length === 0) return null
  return (
    <ul className={classes.frameTags} aria-label={t('frameTags')}>
      {tags.map((tag) => {
        const label = labelsById.get(tag.labelId)
        const name = label?.name ?? ''
        return (
          <li key={tag.id} className={classes.tag}>
            <i style={{ background: label?.color }} />
            {name}
            <button
              type="button"
              aria-label={t('removeTag', { name })}
              title={t('removeTag', { name })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => removeTag(bench, tag)}
            >
              <IconX size={12} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
