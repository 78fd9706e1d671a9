import { IconFiles, IconFolderOpen, IconPlus, IconSparkles } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOfId, runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from './start-page.module.css'

/** The ways to begin, as large as they are likely. */
export function OpenRow() {
  const { t } = useTranslation('start')
  return (
    <div className={classes.tiles}>
      <Tile
        primary
        icon={<IconFolderOpen stroke={1.7} />}
        title={t('openFolder')}
        hint={t('openFolderHint')}
        action="app.open-folder"
      />
      <Tile
        icon={<IconFiles stroke={1.7} />}
        title={t('openFiles')}
        hint={t('openFilesHint')}
        action="app.open-files"
      />
      <Tile
        icon={<IconPlus stroke={1.7} />}
        title={t('newTask')}
        hint={t('newTaskHint')}
        action="app.new-task"
      />
      <Tile
        icon={<IconSparkles stroke={1.7} />}
        title={t('sample')}
        hint={t('sampleHint')}
        action="app.sample"
      />
    </div>
  )
}

interface TileProps {
  readonly icon: ReactNode
  readonly title: string
  readonly hint: string
  /** Id of the action it runs; its keys are shown. */
  readonly action: string
  readonly primary?: boolean
}

function Tile({ icon, title, hint, action, primary }: TileProps) {
  const keys = keysOfId(action)[0]
  return (
    <button
      type="button"
      className={`${classes.tile} ${primary ? classes.primary : ''}`}
      onClick={() => runAction(action)}
    >
      {icon}
      <b>{title}</b>
      {keys ? <Keys caps={keyCaps(keys)} /> : <span />}
      <small>{hint}</small>
    </button>
  )
}
