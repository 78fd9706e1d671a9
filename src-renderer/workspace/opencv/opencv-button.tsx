import { Button, Tabs } from '@mantine/core'
import { IconCircles, IconScissors } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import type { AiSettings } from '#renderer/state/ai-settings.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { isOpenCv, setAi, useAi } from '#renderer/state/known-functions.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from '../ai/ai.module.css'
import { InteractorsTab } from '../ai/interactors-tab.tsx'
import { LabelList } from '../ai/label-list.tsx'
import { ToolPopover } from '../ai/tool-popover.tsx'
import { useBench, useUi } from '../bench/context.ts'
import { actionTitle, useKeys } from '../parts/action-text.ts'
import { EqualizeSettings } from '../stage/tone-settings.tsx'
import { TrackersTab } from '../trackers/trackers-tab.tsx'
import { fitsScissors, scissorsLabel } from './scissoring.ts'

/** CVAT's OpenCV tools, which need no model: a click takes the scissors, the card has the rest. */
export function OpenCvButton() {
  const isOn = useUi(
    ({ interaction, scissoring }) =>
      scissoring !== null || (interaction !== null && isOpenCv(interaction.info)),
  )
  return (
    <ToolPopover
      name="opencv"
      action="modes.scissors"
      icon={IconCircles}
      isOn={isOn}
      width={312}
      onClick={() => runAction('modes.scissors')}
    >
      <OpenCvCard />
    </ToolPopover>
  )
}

const tabs = ['drawing', 'image', 'trackers'] as const

function OpenCvCard() {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const tab = useAi((ai) => ai.openCvTab)
  const close = () => bench.ui.setState({ toolCard: null })
  return (
    <Tabs
      value={tab}
      onChange={(value) => value && setAi({ openCvTab: value as AiSettings['openCvTab'] })}
    >
      <Tabs.List className={classes.tabs ?? ''} grow>
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`openCv-${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="drawing" className={classes.body ?? ''}>
        <Drawing onBegin={close} />
      </Tabs.Panel>
      <Tabs.Panel value="image" className={classes.body ?? ''}>
        <Image />
      </Tabs.Panel>
      <Tabs.Panel value="trackers" className={classes.body ?? ''}>
        <TrackersTab of="opencv" onBegin={close} />
      </Tabs.Panel>
    </Tabs>
  )
}

function Drawing({ onBegin }: { onBegin: () => void }) {
  const bench = useBench()
  useUi((state) => state.draw.labelId)
  const [key] = useKeys('modes.scissors')
  return (
    <>
      <LabelList current={scissorsLabel(bench)} fits={fitsScissors} />
      <Button
        leftSection={<IconScissors size={15} />}
        rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
        onClick={() => {
          onBegin()
          runAction('modes.scissors')
        }}
      >
        {actionTitle('modes.scissors')}
      </Button>
      <hr className={classes.rule} />
      <InteractorsTab of="opencv" onBegin={onBegin} />
    </>
  )
}

/** Histogram equalisation, for this and every other frame until it is switched off. */
function Image() {
  const { t } = useTranslation('ai')
  return (
    <>
      <p className={classes.quiet}>{t('equalizeHint')}</p>
      <EqualizeSettings />
    </>
  )
}
