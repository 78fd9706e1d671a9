import { Button, Tooltip } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { useUi } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import classes from './top-bar.module.css'

/** CVAT's Block: lit while requests wait (Ctrl is held), and a click keeps it so. Only where there is anything to postpone. */
export function BlockButton() {
  const session = useUi(
    ({ interaction, scissoring }) => interaction?.session ?? scissoring?.session,
  )
  return session ? <Block session={session} /> : null
}

interface Postponing {
  readonly isPostponed: boolean
  subscribe(listener: () => void): () => void
}

function Block({ session }: { session: Postponing }) {
  const { t } = useTranslation('ai')
  const isOn = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.isPostponed,
  )
  return (
    <Tooltip label={<ActionHint action="ai.block" />}>
      <Button
        size="compact-sm"
        px={7}
        mr={4}
        className={classes.block ?? ''}
        variant="default"
        aria-pressed={isOn}
        aria-label={t('block')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => runAction('ai.block')}
      >
        <IconHandStop size={14} />
        <span className={classes.done}>{t('block')}</span>
      </Button>
    </Tooltip>
  )
}
