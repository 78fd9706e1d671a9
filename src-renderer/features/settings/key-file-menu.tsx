import { ActionIcon, FileButton, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#renderer/state/actions.ts'
import type { Keymap } from '#renderer/state/keymap.ts'
import { type KeymapProblem, readKeymap, writeKeymap } from '#renderer/state/keymap-file.ts'
import { notifyDone } from '#renderer/ui/notify.tsx'
import classes from './key-editor.module.css'
import { Question } from './question.tsx'
import { saveKeymap } from './use-keymap.ts'

const FILE_NAME = 'fieldmark-keys.json'

interface Props {
  readonly map: Keymap
  readonly actions: readonly Action[]
}

/** Export, import, forget: what happens to all keys at once. */
export function KeyFileMenu({ map, actions }: Props) {
  const { t } = useTranslation('settings')
  const reset = useRef<(() => void) | null>(null)
  const [asks, setAsks] = useState(false)
  const [problems, setProblems] = useState<readonly KeymapProblem[]>([])
  const count = Object.keys(map.keys).length
  const take = async (file: File | null) => {
    if (!file) return
    const read = readKeymap(await file.text(), new Set(actions.map(({ id }) => id)))
    setProblems(read.ok ? [] : read.problems)
    if (read.ok) {
      saveKeymap(read.map)
      notifyDone(t('keysImported', { count: Object.keys(read.map.keys).length }))
    }
    // The same file, mended, must be a new choice.
    reset.current?.()
  }
  return (
    <>
      <FileButton
        accept="application/json,.json"
        resetRef={reset}
        onChange={(file) => void take(file)}
      >
        {({ onClick }) => (
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon variant="default" aria-label={t('keysMore')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => download(writeKeymap(map))}>{t('keysExport')}</Menu.Item>
              <Menu.Item onClick={onClick}>{t('keysImport')}</Menu.Item>
              <Menu.Divider />
              <Menu.Item disabled={count === 0} onClick={() => setAsks(true)}>
                {t('keysResetAll')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      {asks && (
        <div className={classes.wide}>
          <Question
            text={t('keysResetAllSure', { count })}
            answers={[
              {
                label: t('keysResetAll'),
                run: () => {
                  saveKeymap({ ...map, keys: {} })
                  setAsks(false)
                },
              },
            ]}
            cancel={() => setAsks(false)}
          />
        </div>
      )}
      <Problems problems={problems} />
    </>
  )
}

function Problems({ problems }: { problems: readonly KeymapProblem[] }) {
  const { t } = useTranslation('settings')
  if (problems.length === 0) return null
  return (
    <div className={classes.problems} role="alert">
      <b>{t('keysRefused')}</b>
      <ul>
        {problems.map(({ kind, at }) => (
          <li key={`${kind} ${at}`}>{t(`keysProblem-${kind}`, { at })}</li>
        ))}
      </ul>
    </div>
  )
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = FILE_NAME
  link.click()
  URL.revokeObjectURL(url)
}
