import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './key-editor.module.css'

interface Props {
  readonly text: string
  /** The first is what most people want; it has the focus. */
  readonly answers: readonly { readonly label: string; readonly run: () => void }[]
  readonly cancel: () => void
}

/** Asks where the change happens, instead of a dialog over the dialog. */
export function Question({ text, answers, cancel }: Props) {
  const { t } = useTranslation('common')
  return (
    <div
      className={classes.question}
      role="alertdialog"
      aria-label={text}
      // A dialog around it would close on Escape, which only answers the question.
      data-mantine-stop-propagation="true"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        cancel()
      }}
    >
      <span>{text}</span>
      <Group gap={6} wrap="nowrap">
        {answers.map(({ label, run }, at) => (
          <Button
            key={label}
            variant={at === 0 ? 'filled' : 'default'}
            onClick={run}
            autoFocus={at === 0}
          >
            {label}
          </Button>
        ))}
        <Button variant="subtle" color="gray" onClick={cancel}>
          {t('cancel')}
        </Button>
      </Group>
    </div>
  )
}
