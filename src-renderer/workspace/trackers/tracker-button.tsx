import { ActionIcon, Button, Group, HoverCard, Select } from '@mantine/core'
import { IconFocusCentered } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { useBench, useUi } from '../bench/context.ts'
import { drawLabel, labelFits } from '../bench/drawing.ts'
import { actionTitle } from '../parts/action-text.ts'
import toolClasses from '../tools/tools.module.css'
import { chooseTracker, useTrackers } from './known-trackers.ts'
import classes from './trackers.module.css'

/** Trackers: mark an object once, and it is found again on the next frames. A click marks; resting on it offers choices. */
export function TrackerButton() {
  const isOn = useUi((state) => state.tool === 'rectangle' && state.draw.tracker !== null)
  const [round, setRound] = useState(0)
  // Asked for before anybody clicks: the tool is to be in hand at once.
  useTrackers()
  const begin = () => {
    setRound(round + 1)
    runAction('modes.follow')
  }
  return (
    <HoverCard
      key={round}
      position="right-end"
      openDelay={320}
      closeDelay={160}
      offset={8}
      width={248}
      shadow="lg"
    >
      <HoverCard.Target>
        <ActionIcon
          size={34}
          className={toolClasses.tool}
          aria-label={actionTitle('modes.follow')}
          aria-pressed={isOn}
          onMouseDown={(event) => event.preventDefault()}
          onClick={begin}
        >
          <IconFocusCentered size={18} stroke={1.5} />
        </ActionIcon>
      </HoverCard.Target>
      <HoverCard.Dropdown className={toolClasses.card ?? ''}>
        <TrackerCard onBegin={begin} />
      </HoverCard.Dropdown>
    </HoverCard>
  )
}

function TrackerCard({ onBegin }: { onBegin: () => void }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const draw = useUi((state) => state.draw)
  const trackers = useTrackers()
  const [tracker, setTracker] = useState<string | null>(null)
  const current = drawLabel(bench, 'rectangle')
  const shown = tracker ?? draw.tracker?.id ?? trackers[0]?.id ?? null
  return (
    <>
      <div className={toolClasses.cardTitle}>{actionTitle('modes.follow')}</div>
      <div className={toolClasses.labels} role="listbox" aria-label={t('label')}>
        {labels
          .filter((label) => labelFits(label, 'rectangle'))
          .map((label) => (
            <button
              key={label.id}
              type="button"
              role="option"
              aria-selected={label.id === current?.id}
              className={toolClasses.label}
              onClick={() => bench.ui.setState({ draw: { ...draw, labelId: label.id } })}
            >
              <i style={{ background: label.color }} />
              <span>{label.name}</span>
            </button>
          ))}
      </div>
      <Select
        label={t('tracker')}
        data={trackers.map(({ id, name }) => ({ value: id, label: name }))}
        value={shown}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(id) => {
          if (id === null) return
          chooseTracker(id)
          setTracker(id)
        }}
      />
      <p className={classes.about}>{trackers.find(({ id }) => id === shown)?.description}</p>
      <Group grow gap={8}>
        <Button onClick={onBegin}>{t('trackObject')}</Button>
      </Group>
    </>
  )
}
