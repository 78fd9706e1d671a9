import { Button } from '@mantine/core'
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { useBench, useDocument } from '../bench/context.ts'
import { useKeys } from '../parts/action-text.ts'
import { restoreShownFrame } from './frame-verbs.ts'
import classes from './frames.module.css'

/** Over a deleted frame: its picture stays in sight, nothing on it can be changed, and the way back is one click. */
export function DeletedVeil() {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const isDeleted = useDocument(({ frame, marks }) => marks.isDeleted(frame))
  const [key] = useKeys('frame.restore')
  if (!isDeleted) return null
  return (
    <div className={classes.veil} data-testid="deleted-veil">
      <div className={classes.veilCard} role="alert">
        <IconTrash size={28} stroke={1.25} />
        <strong>{t('deleted')}</strong>
        <p>{t('deletedHint')}</p>
        <Button
          leftSection={<IconArrowBackUp size={14} />}
          rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
          onClick={() => restoreShownFrame(bench)}
        >
          {t('restore')}
        </Button>
      </div>
    </div>
  )
}
