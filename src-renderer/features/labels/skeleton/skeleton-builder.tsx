import { Menu } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf as problemOfError } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { parseSkeletonFile, writeSkeletonFile } from '#shared/domain/skeleton-file.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { JointPanel } from './joint-panel.tsx'
import classes from './skeleton.module.css'
import { SkeletonCanvas } from './skeleton-canvas.tsx'
import {
  type Chosen,
  copyOf,
  fileOf,
  modelOfFile,
  modelOfLabel,
  type Place,
} from './skeleton-model.ts'
import { SkeletonTools } from './skeleton-tools.tsx'
import type { Builder } from './use-builder.ts'
import { type BuilderHand, type BuilderTool, useHand } from './use-hand.ts'

interface Props {
  readonly builder: Builder
  /** What a downloaded file is called. */
  readonly name: string
  /** Other skeleton labels, to begin from. */
  readonly others: readonly RawLabel[]
  /** Escape, with nothing of the drawing left to leave. */
  readonly onEscape: () => void
}

/** Tools, board and list of joints; and the keys of all three. */
export function SkeletonBuilder({ builder, name, others, onEscape }: Props) {
  const { t } = useTranslation('labels')
  const hand = useHand(builder)
  const backdrop = useBackdrop()
  const [menu, setMenu] = useState<{ what: Chosen; at: Place } | null>(null)
  const [refusal, setRefusal] = useState<ErrorBody | null>(null)
  const upload = async (file: File) => {
    try {
      builder.load(modelOfFile(parseSkeletonFile(await file.text())))
      setRefusal(null)
    } catch (error) {
      setRefusal(problemOfError(error))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (menu) setMenu(null)
      else if (!hand.cancel()) onEscape()
    } else if (!(event.target instanceof HTMLInputElement) && runKey(event, builder, hand)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of whatever inside has the focus
    <div className={classes.builder} onKeyDown={onKeyDown}>
      <p className={classes.toolHint}>{t(`tool-${hand.tool}-hint`)}</p>
      <div className={classes.work}>
        <SkeletonTools
          builder={builder}
          hand={hand}
          others={others}
          hasBackdrop={backdrop.url !== null}
          onBackdrop={backdrop.set}
          onUpload={(file) => void upload(file)}
          onDownload={() => download(`${name}.svg`, writeSkeletonFile(fileOf(builder.model)))}
          onCopy={(other) => builder.load(copyOf(modelOfLabel(other)))}
        />
        <SkeletonCanvas
          model={builder.model}
          chosen={builder.chosen}
          hand={hand}
          backdrop={backdrop.url}
          onMenu={(what, at) => setMenu({ what, at })}
        />
        <JointPanel builder={builder} onPick={hand.pressJoint} />
      </div>
      {refusal && <ErrorNotice problem={refusal} />}
      {menu && <BoardMenu {...menu} hand={hand} close={() => setMenu(null)} />}
    </div>
  )
}

interface MenuProps {
  readonly what: Chosen
  readonly at: Place
  readonly hand: BuilderHand
  readonly close: () => void
}

function BoardMenu({ what, at, hand, close }: MenuProps) {
  const { t } = useTranslation('labels')
  return (
    <Menu opened onChange={close} position="bottom-start" offset={2}>
      <Menu.Target>
        <div className={classes.menuAnchor} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {what.kind === 'joint' && (
          <Menu.Item onClick={() => hand.beginEdge(what.index)}>{t('edgeFromHere')}</Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => hand.remove(what)}>
          {t(what.kind === 'edge' ? 'removeEdge' : 'removeJoint')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const TOOL_KEYS: Readonly<Record<string, BuilderTool>> = { p: 'points', e: 'edges', r: 'remove' }
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  arrowleft: [-1, 0],
  arrowright: [1, 0],
  arrowup: [0, -1],
  arrowdown: [0, 1],
}

/** @returns false for a key that means nothing here */
function runKey(event: KeyboardEvent, builder: Builder, hand: BuilderHand): boolean {
  const key = event.key.toLowerCase()
  const { chosen, model } = builder
  if (event.ctrlKey || event.metaKey) {
    if (key === 'y' || (key === 'z' && event.shiftKey)) builder.redo()
    else if (key === 'z') builder.undo()
    else return false
    return true
  }
  const [tool, arrow] = [TOOL_KEYS[key], ARROWS[key]]
  const joint = chosen?.kind === 'joint' ? model.joints[chosen.index] : undefined
  if (tool) hand.take(tool)
  else if (key === 'insert') builder.add({ x: 50, y: 50 })
  else if ((key === 'delete' || key === 'backspace') && chosen) hand.remove(chosen)
  else if (arrow && joint && chosen) {
    const step = event.shiftKey ? 5 : 1
    builder.move(chosen.index, { x: joint.x + step * arrow[0], y: joint.y + step * arrow[1] })
  } else return false
  return true
}

/** A picture of the person's own, only to draw over: it is shown from memory and kept nowhere. */
function useBackdrop() {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (url !== null) return () => URL.revokeObjectURL(url)
    return undefined
  }, [url])
  return { url, set: (file: File | null) => setUrl(file && URL.createObjectURL(file)) }
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
