import { Divider, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsDiagonal,
  IconKeyboard,
  IconLayoutBottombar,
  IconLayoutGrid,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconPictureInPictureTop,
  IconSettings,
  IconTimeline,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { RequestsTray } from '#renderer/features/requests/requests-tray.tsx'
import { orpc } from '#renderer/state/queries.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { useBench, useUi } from '../bench/context.ts'
import { useHasContextImages } from '../context-images/related.ts'
import { FilterButton } from '../filter/filter-button.tsx'
import { ModeSwitch } from '../modes/mode-switch.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { BlockButton } from './block-button.tsx'
import { DoneButton } from './done-button.tsx'
import { Player } from './player.tsx'
import { ProblemsBadge } from './problems-badge.tsx'
import { SaveIndicator } from './save-indicator.tsx'
import { TaskMenu } from './task-menu.tsx'
import classes from './top-bar.module.css'

/** Task and saving on the left, the player in the middle, the window's own buttons on the right. */
export function TopBar() {
  const name = useUi((state) => state.task.name)
  return (
    <header className={classes.bar}>
      <div className={classes.left}>
        <TaskMenu />
        <Tooltip label={name} openDelay={800}>
          <span className={classes.name}>{name}</span>
        </Tooltip>
        <SaveIndicator />
        <span className={classes.grow} />
        <BlockButton />
        <DoneButton />
        <UndoButtons />
      </div>
      <Player />
      <div className={classes.right}>
        <ProblemsBadge />
        <RequestsTray />
        <FilterButton />
        <ActionButton action="view.fullscreen" icon={IconArrowsDiagonal} />
        <ActionButton action="app.keys" icon={IconKeyboard} />
        <ActionButton action="app.settings" icon={IconSettings} />
        <PanelButtons />
        <Divider orientation="vertical" my={6} />
        <ModeSwitch />
      </div>
    </header>
  )
}

/** What can be shown beside the picture, or in its place. */
function PanelButtons() {
  const { sideBar, strip, contextImages } = useSettings((settings) => settings.panels)
  const gallery = useUi((state) => state.gallery)
  const hasContextImages = useHasContextImages()
  const { video, images } = useSettings((settings) => settings.timeline)
  const hasTimeline = useUi((state) => state.task.mode === 'interpolation') ? video : images
  return (
    <>
      <ActionButton action="view.gallery" icon={IconLayoutGrid} isOn={gallery !== null} />
      <ActionButton action="view.strip" icon={IconLayoutBottombar} isOn={strip} />
      <ActionButton action="view.timeline" icon={IconTimeline} isOn={hasTimeline} />
      {hasContextImages && (
        <ActionButton
          action="view.context-images"
          icon={IconPictureInPictureTop}
          isOn={contextImages !== 'hidden'}
        />
      )}
      <ActionButton
        action="view.side-bar"
        icon={sideBar === 'left' ? IconLayoutSidebar : IconLayoutSidebarRight}
      />
    </>
  )
}

const NEWEST = 30

/** Grey when there is nothing to take back or to repeat. Edits still on their way to the core count as well. */
function UndoButtons() {
  const { taskId, document } = useBench()
  const { data = [] } = useQuery(
    orpc.annotations.history.queryOptions({
      input: { taskId, limit: NEWEST },
      placeholderData: keepPreviousData,
    }),
  )
  const waiting = useStore(document.outbox.state, (state) => state.waiting > 0)
  const canUndo = waiting || data.length === NEWEST || data.some((entry) => !entry.undone)
  const canRedo = data[0]?.undone === true
  return (
    <>
      <ActionButton action="general.undo" icon={IconArrowBackUp} disabled={!canUndo} />
      <ActionButton action="general.redo" icon={IconArrowForwardUp} disabled={!canRedo} />
    </>
  )
}
