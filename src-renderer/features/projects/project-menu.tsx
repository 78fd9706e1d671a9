import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconDotsVertical,
  IconDownload,
  IconPencil,
  IconPlus,
  IconTags,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import type { Project } from '#shared/domain/task.ts'

export function ProjectMenu({ project }: { project: Project }) {
  const { t } = useTranslation('tasks')
  const { id, name, taskCount } = project
  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <ActionIcon size={26} aria-label={t('menu', { name })}>
          <IconDotsVertical size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlus size={15} />}
          onClick={() => openDialog({ kind: 'create-task', projectId: id })}
        >
          {t('new')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUpload size={15} />}
          disabled={taskCount === 0}
          onClick={() => openDialog({ kind: 'export-project', projectId: id })}
        >
          {t('menuExport')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={15} />}
          onClick={() => openDialog({ kind: 'import-project', projectId: id })}
        >
          {t('menuImportDataset')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArchive size={15} />}
          onClick={() => openDialog({ kind: 'backup', what: 'project', id, name })}
        >
          {t('menuBackup')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTags size={15} />}
          onClick={() => openDialog({ kind: 'labels', owner: { projectId: id } })}
        >
          {t('menuLabels')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={15} />}
          onClick={() => openDialog({ kind: 'rename', what: 'project', id, name })}
        >
          {t('menuRename')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => openDialog({ kind: 'delete', what: 'project', id, name, taskCount })}
        >
          {t('menuDelete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
