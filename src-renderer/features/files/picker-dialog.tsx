import { Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PickRequest } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type Entry, orderEntries, typedPath } from './entries.ts'
import { FileList } from './file-list.tsx'
import { PathBar } from './path-bar.tsx'
import classes from './picker.module.css'
import { PickerFoot } from './picker-foot.tsx'
import { Places } from './places.tsx'
import { lastFolder, rememberFolder } from './recent-folders.ts'

interface Props {
  readonly request: PickRequest
  readonly done: (paths: readonly string[] | null) => void
  readonly close: () => void
}

/**
 * The folder and file picker of the web shell, where no native dialog exists. Keyboard first: type to filter, arrows to
 * move, Enter to go in or choose, Backspace to go up.
 */
export function PickerDialog({ request, done, close }: Props) {
  const { t } = useTranslation('common')
  const [path, setPath] = useState<string | undefined>(lastFolder)
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [fileName, setFileName] = useState(request.fileName ?? '')
  const typed = typedPath(filter)
  const shown = typed ? typed.folder : path
  const { data: folder, error, refetch } = useQuery({ ...queries.browse(shown), staleTime: 0 })

  const finish = (paths: readonly string[] | null) => {
    if (paths && folder) rememberFolder(request.mode === 'folder' ? (paths[0] ?? '') : folder.path)
    close()
    done(paths)
  }
  const go = (to: string | undefined) => {
    setPath(to)
    setFilter('')
    setChosen([])
  }
  const toggle = (entry: Entry) =>
    setChosen((now) =>
      now.includes(entry.path) ? now.filter((p) => p !== entry.path) : [...now, entry.path],
    )
  const activate = (entry: Entry) => {
    if (entry.kind === 'folder') return go(entry.path)
    if (request.mode === 'save') return setFileName(entry.name)
    finish(chosen.includes(entry.path) ? chosen : [...chosen, entry.path])
  }
  const entries = orderEntries(folder?.entries ?? [], request, typed ? typed.rest : filter)

  return (
    <Modal
      opened
      onClose={() => finish(null)}
      title={request.title}
      size={780}
      classNames={{ body: classes.body }}
    >
      <div className={classes.picker}>
        <Places current={folder?.path ?? ''} go={go} />
        <div className={classes.main}>
          <PathBar path={folder?.path ?? path ?? ''} parent={folder?.parent ?? null} go={go} />
          {error && (
            <ErrorNotice
              problem={problemOf(error)}
              onRetry={() => (path ? go(undefined) : void refetch())}
            />
          )}
          <FileList
            entries={entries}
            filter={filter}
            onFilter={setFilter}
            chosen={chosen}
            multiple={request.mode === 'files'}
            onToggle={toggle}
            onActivate={activate}
            onUp={() => folder?.parent && go(folder.parent)}
          />
          {folder && entries.length === 0 && (
            <EmptyState
              title={filter ? t('pickNoneMatch', { text: filter }) : t('pickEmpty')}
              hint={filter ? t('pickNoneMatchHint') : t('pickEmptyHint')}
            />
          )}
          {request.mode === 'save' && (
            <TextInput
              label={t('pickFileName')}
              value={fileName}
              onChange={(event) => setFileName(event.currentTarget.value)}
            />
          )}
        </div>
      </div>
      <PickerFoot
        request={request}
        folder={folder ?? null}
        chosen={chosen}
        typed={typed?.path ?? null}
        fileName={fileName}
        finish={finish}
      >
        <Button variant="default" onClick={() => finish(null)}>
          {t('cancel')}
        </Button>
      </PickerFoot>
    </Modal>
  )
}
