import {
  IconArrowsMove,
  IconBrush,
  IconCube,
  IconGridDots,
  IconLine,
  IconMaximize,
  IconOvalVertical,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconRotateClockwise,
  IconTopologyStar,
  IconZoomScan,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AiButton } from '../ai/ai-button.tsx'
import { TagButton } from '../modes/tags/tag-button.tsx'
import { OpenCvButton } from '../opencv/opencv-button.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { DrawButton } from './draw-button.tsx'
import { ModeButton } from './mode-button.tsx'
import { OperationButtons } from './operation-buttons.tsx'
import classes from './tools.module.css'

/** The tools, in CVAT's order. */
export function ToolRail() {
  const { t } = useTranslation('workspace')
  return (
    <div
      className={classes.rail}
      role="toolbar"
      aria-orientation="vertical"
      aria-label={t('tools')}
    >
      <ModeButton tool="select" icon={IconPointer} />
      <ModeButton tool="pan" icon={IconArrowsMove} />
      <ActionButton action="image.rotate" icon={IconRotateClockwise} {...look} />
      <hr className={classes.rule} />
      <ActionButton action="image.fit" icon={IconMaximize} {...look} />
      <ModeButton tool="zoom-area" icon={IconZoomScan} />
      <hr className={classes.rule} />
      <AiButton />
      <OpenCvButton />
      <DrawButton shape="rectangle" icon={IconRectangle} />
      <DrawButton shape="polygon" icon={IconPolygon} />
      <DrawButton shape="polyline" icon={IconLine} />
      <DrawButton shape="points" icon={IconGridDots} />
      <DrawButton shape="ellipse" icon={IconOvalVertical} />
      <DrawButton shape="cuboid" icon={IconCube} />
      <DrawButton shape="mask" icon={IconBrush} />
      <DrawButton shape="skeleton" icon={IconTopologyStar} />
      <TagButton />
      <hr className={classes.rule} />
      <OperationButtons />
    </div>
  )
}

const look = { size: 34, side: 'right' } as const
