import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconDotsVertical,
  IconDownload,
  IconFiles,
  IconFolderSymlink,
  IconInfoCircle,
  IconPencil,
  IconPlayerPlay,
  IconTags,
  IconTrash,
  IconUpload,
  IconWand,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { openDialog } from '#renderer/state/dialogs.ts'
import type { Task } from '#shared/domain/task.ts'

/** Everything one can do with a task, wherever it is shown. */
export function TaskMenu({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const { id, name } = task
  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <ActionIcon size={26} aria-label={t('menu', { name })}>
          <IconDotsVertical size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          href={`/tasks/${id}/annotate`}
          leftSection={<IconPlayerPlay size={15} />}
        >
          {t('menuOpen')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          href={`/tasks/${id}`}
          leftSection={<IconInfoCircle size={15} />}
        >
          {t('menuDetails')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUpload size={15} />}
          onClick={() => openDialog({ kind: 'export', taskId: id })}
        >
          {t('menuExport')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={15} />}
          onClick={() => openDialog({ kind: 'import', taskId: id })}
        >
          {t('menuImport')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArchive size={15} />}
          onClick={() => openDialog({ kind: 'backup', what: 'task', id, name })}
        >
          {t('menuBackup')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconWand size={15} />}
          onClick={() => openDialog({ kind: 'automatic-annotation', taskId: id })}
        >
          {t('menuAutomaticAnnotation')}
        </Menu.Item>
        {task.video === null && (
          <Menu.Item
            leftSection={<IconFiles size={15} />}
            onClick={() => openDialog({ kind: 'sidecar', taskId: id })}
          >
            {t('menuSidecar')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTags size={15} />}
          onClick={() => openDialog({ kind: 'labels', owner: labelOwner(task) })}
        >
          {t(task.projectId === null ? 'menuLabels' : 'menuProjectLabels')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFolderSymlink size={15} />}
          onClick={() => openDialog({ kind: 'relink', taskId: id })}
        >
          {t('menuRelink')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={15} />}
          onClick={() => openDialog({ kind: 'rename', what: 'task', id, name })}
        >
          {t('menuRename')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => openDialog({ kind: 'delete', what: 'task', id, name })}
        >
          {t('menuDelete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Labels belong to the project where there is one. */
export function labelOwner(task: Pick<Task, 'id' | 'projectId'>) {
  return task.projectId === null ? { taskId: task.id } : { projectId: task.projectId }
}
