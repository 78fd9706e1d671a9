import { Tabs } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import type { AiSettings } from '#renderer/state/ai-settings.ts'
import { askAgain, isOpenCv, setAi, useAi, useFunctions } from '#renderer/state/known-functions.ts'
import { useBench, useUi } from '../bench/context.ts'
import { TrackersTab } from '../trackers/trackers-tab.tsx'
import classes from './ai.module.css'
import { DetectorsTab } from './detectors-tab.tsx'
import { InteractorsTab } from './interactors-tab.tsx'
import { ToolPopover } from './tool-popover.tsx'

/** CVAT's magic wand: a click points with the interactor used last; the card has interactors, detectors and trackers. */
export function AiButton() {
  // Asked for before anybody clicks: the tool is to be in hand at once.
  useFunctions('interactor')
  const isOn = useUi(({ interaction }) => interaction !== null && !isOpenCv(interaction.info))
  return (
    <ToolPopover
      name="ai"
      action="modes.interact"
      icon={IconWand}
      isOn={isOn}
      width={348}
      onClick={() => runAction('modes.interact')}
    >
      <AiCard />
    </ToolPopover>
  )
}

const tabs = ['interactors', 'detectors', 'trackers'] as const

function AiCard() {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const tab = useAi((ai) => ai.tab)
  // Models may have come since.
  useEffect(askAgain, [])
  const close = () => bench.ui.setState({ toolCard: null })
  return (
    <Tabs value={tab} onChange={(value) => value && setAi({ tab: value as AiSettings['tab'] })}>
      <Tabs.List className={classes.tabs ?? ''} grow>
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tab-${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="interactors" className={classes.body ?? ''}>
        <InteractorsTab of="models" onBegin={close} />
      </Tabs.Panel>
      <Tabs.Panel value="detectors" className={classes.body ?? ''}>
        <DetectorsTab onBegin={close} />
      </Tabs.Panel>
      <Tabs.Panel value="trackers" className={classes.body ?? ''}>
        <TrackersTab of="all" onBegin={close} />
      </Tabs.Panel>
    </Tabs>
  )
}
