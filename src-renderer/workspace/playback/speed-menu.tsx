import { Menu, Tooltip } from '@mantine/core'
import { IconPlayerPlayFilled, IconRepeat } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { playerSpeeds } from '#renderer/state/settings-schema.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { useUi } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import { ActionItem } from '../parts/action-item.tsx'
import { releaseFocus } from '../parts/release-focus.ts'
import classes from './playback.module.css'

type Speed = (typeof playerSpeeds)[number]

/** How fast it plays, which way, and what it repeats. The button says the speed. */
export function SpeedMenu() {
  const { t } = useTranslation('workspace')
  const speed = useSettings((settings) => settings.playerSpeed)
  const loop = useUi((state) => state.loop)
  const name = useSpeedName()
  const [isOpen, setOpen] = useState(false)
  return (
    <Menu
      position="bottom"
      width={288}
      opened={isOpen}
      onChange={setOpen}
      // Space and the number keys go on meaning the film.
      returnFocus={false}
      onClose={releaseFocus}
    >
      <Menu.Target>
        <Tooltip label={<SpeedHint />} disabled={isOpen}>
          <button
            type="button"
            className={classes.speed}
            aria-label={`${t('speed')}: ${name(speed)}`}
            data-own={speed === '1'}
            onMouseDown={(event) => event.preventDefault()}
          >
            {speed === 'every' ? <IconPlayerPlayFilled size={10} /> : null}
            {speed === 'every' ? t('speed-every') : name(speed)}
            {loop && <IconRepeat size={12} stroke={1.75} />}
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('speed')}</Menu.Label>
        <SpeedChoices name={name} />
        <Menu.Divider />
        <ActionItem id="player.slower" />
        <ActionItem id="player.faster" />
        <ActionItem id="player.play-backward" />
        <Menu.Divider />
        {loop && <Menu.Label>{t('loopRange', { start: loop.start, stop: loop.stop })}</Menu.Label>}
        {['player.loop', 'player.loop-from', 'player.loop-to'].map((id) => (
          <ActionItem key={id} id={id} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Both keys; the menu is for the mouse. */
function SpeedHint() {
  return (
    <span className={classes.hint}>
      <ActionHint action="player.slower" />
      <ActionHint action="player.faster" />
    </span>
  )
}

function SpeedChoices({ name }: { name: (speed: Speed) => string }) {
  const { t } = useTranslation('workspace')
  const { playerSpeed, playerFps } = useSettings()
  const isVideo = useUi((state) => state.task.video !== null)
  const own = isVideo ? t('playsOwn') : t('playsFps', { fps: formatNumber(playerFps) })
  return (
    <Menu.RadioGroup
      value={playerSpeed}
      onChange={(picked) => setSettings({ playerSpeed: picked as Speed })}
    >
      {playerSpeeds
        .filter((speed) => isVideo || speed !== 'every')
        .map((speed) => (
          <Menu.RadioItem key={speed} value={speed} closeMenuOnClick>
            <span className={classes.choice}>
              {name(speed)}
              <small>
                {speed === '1' && own}
                {speed === 'every' && t('speed-every-note')}
              </small>
            </span>
          </Menu.RadioItem>
        ))}
    </Menu.RadioGroup>
  )
}

function useSpeedName() {
  const { t } = useTranslation('workspace')
  return (speed: Speed) =>
    speed === 'every' ? t('speed-every') : t('speedTimes', { times: formatNumber(Number(speed)) })
}
