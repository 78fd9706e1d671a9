import { ActionIcon, Button, Input } from '@mantine/core'
import { IconFiles, IconFolderPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { pickPaths } from '#renderer/state/pick.ts'
import classes from './tasks.module.css'

interface Props {
  readonly paths: readonly string[]
  readonly onChange: (paths: readonly string[]) => void
  readonly problem: string | null
}

/** The pictures of a task: any number of folders, files and archives. */
export function MediaField({ paths, onChange, problem }: Props) {
  const { t } = useTranslation('tasks')
  const add = async (mode: 'folder' | 'files') => {
    const picked = await pickPaths({
      mode,
      title: t(mode === 'folder' ? 'addFolder' : 'addFiles'),
    })
    if (picked) onChange([...new Set([...paths, ...picked])])
  }
  return (
    <Input.Wrapper label={t('data')} error={problem}>
      <div className={classes.media}>
        {paths.length === 0 && <span className={classes.mediaEmpty}>{t('dataEmpty')}</span>}
        {paths.map((path) => (
          <div key={path} className={classes.mediaPath}>
            <span title={path}>{path}</span>
            <ActionIcon
              size={20}
              aria-label={t('removePath', { path })}
              onClick={() => onChange(paths.filter((other) => other !== path))}
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.mediaButtons}>
          <Button
            variant="default"
            leftSection={<IconFolderPlus size={14} />}
            onClick={() => void add('folder')}
          >
            {t('addFolder')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFiles size={14} />}
            onClick={() => void add('files')}
          >
            {t('addFiles')}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  )
}
