import { Menu } from '@mantine/core'
import {
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconCut,
  IconEyeX,
  IconFocusCentered,
  IconKeyframe,
  IconKeyframes,
  IconPlayerSkipForward,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { allActions, runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { useBench } from '../bench/context.ts'
import { actionTitle, useKeys } from '../parts/action-text.ts'
import classes from '../stage/stage.module.css'
import { addKeyframe, deleteChosen, splitAt, trimHere } from './edits.ts'
import { hasKeyframe, keyframeBefore } from './lane.ts'
import { goAndSelect } from './pointer.ts'
import type { LaneMenu as Place } from './timeline-state.ts'
import { useTimeline, useTimelineState } from './use-timeline.ts'

/** Verbs of tracks and objects that mean the same here as on the picture; those that are not registered are left out. */
const verbs = [
  ['modes.merge', 'objects.join-tracks'],
  ['objects.propagate', 'objects.tracks-to-shapes'],
  ['objects.lock', 'objects.hide', 'objects.delete'],
] as const

/** The menu of a lane, at the pointer: what can be done on the frame pointed at. */
export function LaneMenu() {
  const timeline = useTimeline()
  const menu = useTimelineState(timeline, (state) => state.menu)
  if (!menu) return null
  const close = () => timeline.state.setState({ menu: null })
  return (
    <Menu key={`${menu.x}/${menu.y}`} opened onChange={close} position="bottom-start" offset={2}>
      <Menu.Target>
        <div className={classes.menuAnchor} style={{ left: menu.x, top: menu.y }} />
      </Menu.Target>
      <Menu.Dropdown miw={256}>
        {menu.id === null ? <Beside menu={menu} /> : <OnLane menu={menu} id={menu.id} />}
      </Menu.Dropdown>
    </Menu>
  )
}

function Beside({ menu }: { menu: Place }) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  return (
    <>
      <Item
        icon={IconPlayerSkipForward}
        text={t('goToFrame', { frame: menu.frame })}
        run={() => void goAndSelect(timeline, null, menu.frame)}
      />
      <Item icon={IconFocusCentered} action="timeline.fit" />
    </>
  )
}

function OnLane({ menu: { frame }, id }: { menu: Place; id: AnnotationId }) {
  const { t } = useTranslation('timeline')
  const bench = useBench()
  const timeline = useTimeline()
  const chosen = useTimelineState(timeline, (state) => state.chosen)
  const lane = timeline.lane(id)
  if (!lane) return null
  const isKeyframe = hasKeyframe(lane, frame)
  const hasBegun = keyframeBefore(lane, frame) >= 0
  const isAmong = chosen?.ids.has(id) && frame >= chosen.start && frame <= chosen.stop
  const removeHere = () => {
    if (!isAmong) timeline.choose({ ids: new Set([id]), start: frame, stop: frame })
    void deleteChosen(timeline)
  }
  return (
    <>
      <Item
        icon={IconPlayerSkipForward}
        text={t('goToFrame', { frame })}
        run={() => void goAndSelect(timeline, id, frame)}
      />
      <Menu.Divider />
      {isKeyframe || isAmong ? (
        <Item
          icon={IconKeyframes}
          text={t(isAmong ? 'deleteChosen' : 'deleteHere')}
          run={removeHere}
        />
      ) : (
        hasBegun && (
          <Item
            icon={IconKeyframe}
            text={t('keyframeHere')}
            run={() => void addKeyframe(bench, id, frame)}
          />
        )
      )}
      {isAmong && <Item icon={IconEyeX} action="timeline.drop-outside" text={t('dropOutside')} />}
      <Item
        icon={IconArrowBarToRight}
        text={t('startHere')}
        run={() => void trimHere(bench, [id], 'start', frame)}
      />
      <Item
        icon={IconArrowBarToLeft}
        text={t('endHere')}
        run={() => void trimHere(bench, [id], 'end', frame)}
      />
      {hasBegun && (
        <Item icon={IconCut} text={t('splitHere')} run={() => void splitAt(bench, id, frame)} />
      )}
      <Verbs id={id} frame={frame} />
    </>
  )
}

/** Run on the frame pointed at, with the track in hand there. */
function Verbs({ id, frame }: { id: AnnotationId; frame: number }) {
  const timeline = useTimeline()
  const known = new Set(allActions().map((action) => action.id))
  const run = async (action: string) => {
    const { annotations, active } = timeline.bench.document.state.getState()
    if (!annotations.has(id) || !active.includes(id)) await goAndSelect(timeline, id, frame)
    runAction(action)
  }
  return verbs.map((group) => {
    const there = group.filter((action) => known.has(action))
    if (there.length === 0) return null
    return (
      <div key={group[0]}>
        <Menu.Divider />
        {there.map((action) => (
          <Item key={action} action={action} run={() => void run(action)} />
        ))}
      </div>
    )
  })
}

interface ItemProps {
  readonly icon?: ComponentType<{ size: number; stroke: number }>
  /** Title, keys and what happens come from it unless they are said here. */
  readonly action?: string
  readonly text?: string
  readonly run?: () => void
}

function Item({ icon: Glyph, action = '', text, run }: ItemProps) {
  const [key] = useKeys(action)
  return (
    <Menu.Item
      leftSection={Glyph ? <Glyph size={16} stroke={1.5} /> : <span style={{ width: 16 }} />}
      rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
      {...(action === 'objects.delete' && { color: 'red' })}
      onClick={run ?? (() => runAction(action))}
    >
      {text ?? actionTitle(action)}
    </Menu.Item>
  )
}
