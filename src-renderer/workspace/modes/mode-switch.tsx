import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { WorkspaceMode } from '../bench/bench.ts'
import { useUi } from '../bench/context.ts'
import { useKeys } from '../parts/action-text.ts'
import { releaseFocus } from '../parts/release-focus.ts'
import classes from './modes.module.css'
import { workspaceModes } from './modes.ts'

/** The workspace in force, in the top bar's corner as CVAT has it. */
export function ModeSwitch() {
  const { t } = useTranslation('workspace')
  const mode = useUi((state) => state.mode)
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button
          type="button"
          className={classes.modeSwitch}
          aria-label={`${t('workspaceMode')}: ${t(`mode-${mode}`)}`}
          // The pointer must not take the focus along: Tab has to mean the next object after a click here.
          onMouseDown={(event) => event.preventDefault()}
        >
          {t(`mode-${mode}`)}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaceModes.map((name) => (
          <ModeItem key={name} name={name} isOn={name === mode} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function ModeItem({ name, isOn }: { name: WorkspaceMode; isOn: boolean }) {
  const { t } = useTranslation('workspace')
  const id = `view.workspace-${name}`
  const [key] = useKeys(id)
  return (
    <Menu.Item
      leftSection={isOn ? <IconCheck size={14} /> : <span className={classes.noCheck} />}
      rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
      onClick={() => {
        releaseFocus()
        runAction(id)
      }}
    >
      {t(`mode-${name}`)}
    </Menu.Item>
  )
}
