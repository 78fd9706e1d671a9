import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PickRequest } from '#renderer/state/dialogs.ts'
import { formatKeys } from '#renderer/state/hotkeys.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { type Folder, joinPath } from './entries.ts'
import classes from './picker.module.css'

interface Props {
  readonly request: PickRequest
  readonly folder: Folder | null
  readonly chosen: readonly string[]
  /** A whole path in the filter field means that very place, listed or not. */
  readonly typed: string | null
  readonly fileName: string
  readonly finish: (paths: readonly string[]) => void
  readonly children: ReactNode
}

/** The button that chooses; Ctrl+Enter presses it from anywhere in the dialog. */
export function PickerFoot(props: Props) {
  const { request, folder, finish, children } = props
  const { t } = useTranslation('common')
  const paths = answerOf(props)
  const choose = () => {
    if (paths.length > 0) finish(paths)
  }
  useHotkeys([['mod+Enter', choose]], [])
  const pictures = folder?.entries.filter((entry) => entry.kind === 'image').length ?? 0
  const text = {
    folder: t('pickThisFolder'),
    files: t('pickSelected', { count: paths.length }),
    save: t('save'),
  }[request.mode]
  return (
    <div className={classes.foot}>
      {request.mode === 'folder' && pictures > 0 && (
        <span className={classes.count}>
          {t('pickPictures', { count: pictures, formatted: formatNumber(pictures) })}
        </span>
      )}
      <span style={{ flex: 1 }} />
      {children}
      <Button
        onClick={choose}
        disabled={paths.length === 0}
        rightSection={<small className={classes.hint}>{formatKeys('Ctrl+Enter')}</small>}
      >
        {text}
      </Button>
    </div>
  )
}

function answerOf({ request, folder, chosen, typed, fileName }: Props): readonly string[] {
  if (request.mode === 'files') return typed && chosen.length === 0 ? [typed] : chosen
  if (request.mode === 'folder' && typed) return [typed]
  if (!folder) return []
  if (request.mode === 'folder') return [folder.path]
  return fileName.trim() === '' ? [] : [joinPath(folder.path, fileName.trim())]
}
