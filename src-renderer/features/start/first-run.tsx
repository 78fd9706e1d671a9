import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { keysOfId, runAction } from '#renderer/state/actions.ts'
import { formatKeys } from '#renderer/state/hotkeys.ts'
import { Mark } from '#renderer/ui/mark.tsx'
import classes from './start-page.module.css'

/** No task yet: what to do, and what comes after it. */
export function FirstRun() {
  const { t } = useTranslation('start')
  const keys = keysOfId('app.open-folder')[0]
  return (
    <div className={classes.first}>
      <div className={classes.drop}>
        <Mark size={46} />
        <h1>{t('firstTitle')}</h1>
        <p>{t('firstHint')}</p>
        <div className={classes.buttons}>
          <Button
            size="sm"
            leftSection={<IconFolderOpen size={16} />}
            rightSection={keys && <small style={{ opacity: 0.75 }}>{formatKeys(keys)}</small>}
            onClick={() => runAction('app.open-folder')}
          >
            {t('openFolder')}
          </Button>
          <Button size="sm" variant="default" onClick={() => runAction('app.open-files')}>
            {t('openFiles')}
          </Button>
          <Button size="sm" variant="default" onClick={() => runAction('app.sample')}>
            {t('sample')}
          </Button>
        </div>
      </div>
      <ol className={classes.steps}>
        <li>
          <b>{t('stepOpen')}</b>
          <span>{t('stepOpenHint')}</span>
        </li>
        <li>
          <b>{t('stepLabels')}</b>
          <span>{t('stepLabelsHint')}</span>
        </li>
        <li>
          <b>{t('stepDraw')}</b>
          <span>{t('stepDrawHint')}</span>
        </li>
        <li>
          <b>{t('stepExport')}</b>
          <span>{t('stepExportHint')}</span>
        </li>
      </ol>
    </div>
  )
}
