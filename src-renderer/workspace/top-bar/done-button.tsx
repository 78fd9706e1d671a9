import { Button, Tooltip } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import type { ToolName } from '../bench/bench.ts'
import { useUi } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import classes from './top-bar.module.css'

/** Tools that have nothing to finish; masks have a button of their own beside their brushes. */
const WITHOUT: ReadonlySet<ToolName> = new Set([
  'select',
  'pan',
  'zoom-area',
  'paste',
  'preview',
  'mask',
])

/** CVAT's Done: what N does to the drawing under way, for the hand on the mouse. */
export function DoneButton() {
  const { t } = useTranslation('workspace')
  const tool = useUi((state) => state.tool)
  if (WITHOUT.has(tool)) return null
  return (
    <Tooltip label={<ActionHint action="modes.draw-again" />}>
      <Button
        size="compact-sm"
        px={7}
        aria-label={t('done')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => runAction('modes.finish')}
      >
        <IconCheck size={14} />
        <span className={classes.done}>{t('done')}</span>
      </Button>
    </Tooltip>
  )
}
