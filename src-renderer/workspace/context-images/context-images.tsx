import { ActionIcon, Tooltip } from '@mantine/core'
import {
  type Icon,
  IconChevronLeft,
  IconChevronRight,
  IconLayoutSidebarRightExpand,
  IconMaximize,
  IconPictureInPicture,
  IconRotate2,
  IconRotateClockwise2,
  IconX,
} from '@tabler/icons-react'
import { type PointerEventHandler, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { useBench, useDocument } from '../bench/context.ts'
import classes from './context-images.module.css'
import { ImageView } from './image-view.tsx'
import { Maximised } from './maximised.tsx'
import { useContextNames } from './related.ts'
import { plainView, turned } from './view.ts'

interface Props {
  readonly place: 'docked' | 'floating'
  /** Floating: its head is what it is moved by. */
  readonly onHeadPointerDown?: PointerEventHandler
}

/** The pictures that came with the frame, one at a time. */
export function ContextImages({ place, onHeadPointerDown }: Props) {
  const { t } = useTranslation('frames')
  const { taskId } = useBench()
  const frame = useDocument((state) => state.frame)
  const names = useContextNames()
  // The same camera stays in sight from frame to frame, as long as there is one.
  const [wanted, setWanted] = useState(0)
  const [view, setView] = useState(plainView)
  const [isMaximised, setMaximised] = useState(false)
  const at = Math.min(wanted, Math.max(0, names.length - 1))
  const name = names[at]
  const go = (by: number) => {
    setWanted((at + by + names.length) % names.length)
    setView((now) => ({ ...plainView, turn: now.turn }))
  }
  const address = `/frames/${taskId}/${frame}/related/${at}`
  const tools = (
    <>
      {names.length > 1 && (
        <span className={classes.pager}>
          <Tool icon={IconChevronLeft} label={t('contextPrevious')} onClick={() => go(-1)} />
          {at + 1} / {names.length}
          <Tool icon={IconChevronRight} label={t('contextNext')} onClick={() => go(1)} />
        </span>
      )}
      <Tool
        icon={IconRotate2}
        label={t('contextTurnBack')}
        onClick={() => setView(turned(view, -1))}
      />
      <Tool
        icon={IconRotateClockwise2}
        label={t('contextTurn')}
        onClick={() => setView(turned(view, 1))}
      />
    </>
  )
  return (
    <section className={classes.panel} aria-label={t('context')} data-testid="context-images">
      <header className={classes.head} data-place={place} onPointerDown={onHeadPointerDown}>
        <span className={classes.name} title={name}>
          {name ?? t('context')}
        </span>
        {name !== undefined && tools}
        {name !== undefined && (
          <Tool
            icon={IconMaximize}
            label={t('contextMaximise')}
            onClick={() => setMaximised(true)}
          />
        )}
        <Tool
          icon={place === 'docked' ? IconPictureInPicture : IconLayoutSidebarRightExpand}
          label={t(place === 'docked' ? 'contextFloat' : 'contextDock')}
          onClick={() => runAction('view.context-images-place')}
        />
        <Tool
          icon={IconX}
          label={t('contextHide')}
          onClick={() => runAction('view.context-images')}
        />
      </header>
      {name === undefined ? (
        <p className={classes.none}>{t('contextNone')}</p>
      ) : (
        <ImageView
          address={address}
          name={name}
          view={view}
          onView={setView}
          onClick={() => setMaximised(true)}
        />
      )}
      {isMaximised && name !== undefined && (
        <Maximised
          address={address}
          name={name}
          tools={tools}
          turn={view.turn}
          onClose={() => setMaximised(false)}
        />
      )}
    </section>
  )
}

interface ToolProps {
  readonly icon: Icon
  readonly label: string
  readonly onClick: () => void
}

/** A small button of the panel's head. */
export function Tool({ icon: Glyph, label, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={22}
        aria-label={label}
        // The focus stays on the picture, so that keys go on stepping frames.
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={onClick}
      >
        <Glyph size={15} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}
