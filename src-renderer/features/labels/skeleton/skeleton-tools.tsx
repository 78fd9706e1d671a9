import { ActionIcon, FileButton, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCopy,
  IconDownload,
  IconLine,
  IconPhoto,
  IconPhotoOff,
  IconPointFilled,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import classes from './skeleton.module.css'
import type { Builder } from './use-builder.ts'
import type { BuilderHand } from './use-hand.ts'

interface Props {
  readonly builder: Builder
  readonly hand: BuilderHand
  /** Other skeleton labels, to begin from. */
  readonly others: readonly RawLabel[]
  readonly hasBackdrop: boolean
  readonly onBackdrop: (file: File | null) => void
  readonly onUpload: (file: File) => void
  readonly onDownload: () => void
  readonly onCopy: (label: RawLabel) => void
}

const tools = [
  ['points', IconPointFilled, 'P'],
  ['edges', IconLine, 'E'],
  ['remove', IconTrash, 'R'],
] as const

/** Beside the canvas, in CVAT's order: picture, points, edges, remove; undo; the SVG file. */
export function SkeletonTools(props: Props) {
  const { t } = useTranslation('labels')
  const { builder, hand } = props
  return (
    <div className={classes.tools} role="toolbar" aria-orientation="vertical">
      {props.hasBackdrop ? (
        <Tool label={t('backdropRemove')} onClick={() => props.onBackdrop(null)}>
          <IconPhotoOff size={17} stroke={1.5} />
        </Tool>
      ) : (
        <FileButton accept="image/*" onChange={(file) => file && props.onBackdrop(file)}>
          {(button) => (
            <Tool label={t('backdrop')} {...button}>
              <IconPhoto size={17} stroke={1.5} />
            </Tool>
          )}
        </FileButton>
      )}
      <hr />
      {tools.map(([tool, Glyph, key]) => (
        <Tool
          key={tool}
          label={`${t(`tool-${tool}`)} (${key})`}
          aria-pressed={tool === hand.tool}
          onClick={() => hand.take(tool)}
        >
          <Glyph size={17} stroke={1.5} />
        </Tool>
      ))}
      <hr />
      <Tool label={t('undo')} disabled={!builder.canUndo} onClick={builder.undo}>
        <IconArrowBackUp size={17} stroke={1.5} />
      </Tool>
      <Tool label={t('redo')} disabled={!builder.canRedo} onClick={builder.redo}>
        <IconArrowForwardUp size={17} stroke={1.5} />
      </Tool>
      <hr />
      <Tool
        label={t('svgDownload')}
        disabled={builder.model.joints.length === 0}
        onClick={props.onDownload}
      >
        <IconDownload size={17} stroke={1.5} />
      </Tool>
      <FileButton accept=".svg,image/svg+xml" onChange={(file) => file && props.onUpload(file)}>
        {(button) => (
          <Tool label={t('svgUpload')} {...button}>
            <IconUpload size={17} stroke={1.5} />
          </Tool>
        )}
      </FileButton>
      {props.others.length > 0 && <CopyMenu {...props} />}
    </div>
  )
}

function CopyMenu({ others, onCopy }: Props) {
  const { t } = useTranslation('labels')
  return (
    <Menu position="right-start" withinPortal>
      <Menu.Target>
        <ActionIcon
          size={32}
          className={classes.tool ?? ''}
          aria-label={t('copySkeleton')}
          title={t('copySkeleton')}
        >
          <IconCopy size={17} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('copySkeleton')}</Menu.Label>
        {others.map((label) => (
          <Menu.Item key={label.name} onClick={() => onCopy(label)}>
            {label.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

type ToolProps = ComponentProps<typeof ActionIcon<'button'>> & {
  readonly label: string
  readonly children: ReactNode
}

function Tool({ label, children, ...rest }: ToolProps) {
  return (
    <Tooltip label={label} position="right">
      <ActionIcon size={32} className={classes.tool ?? ''} aria-label={label} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
