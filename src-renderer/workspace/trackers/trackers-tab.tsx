import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setAi, useAi, useFunctions } from '#renderer/state/known-functions.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { TrackerInfo } from '#shared/contract/trackers.ts'
import type { Label } from '#shared/domain/label.ts'
import classes from '../ai/ai.module.css'
import { FunctionChoice } from '../ai/function-choice.tsx'
import { LabelList } from '../ai/label-list.tsx'
import { NoFunction } from '../ai/no-function.tsx'
import { useBench, useUi } from '../bench/context.ts'
import { drawLabel, labelFits, startDrawing } from '../bench/drawing.ts'
import { type Drawable, drawable } from './drawable.ts'
import { useTrackers } from './known-trackers.ts'
import { TrackRange } from './track-range.tsx'

/** Objects that are found again on the next frames. @param of  those of OpenCV alone, in its card */
export function TrackersTab({ of, onBegin }: { of: 'all' | 'opencv'; onBegin: () => void }) {
  const known = useFunctions('tracker')
  const trackers = useTrackers().filter(({ id }) => of === 'all' || id.startsWith('opencv/'))
  const remembered = useAi((ai) => ai.tracker)
  const tracker = trackers.find(({ id }) => id === remembered) ?? trackers[0]
  if (!tracker) return <NoFunction kind="tracker" known={known} />
  return <Chosen {...{ trackers, tracker, onBegin }} />
}

interface Props {
  readonly trackers: readonly TrackerInfo[]
  readonly tracker: TrackerInfo
  readonly onBegin: () => void
}

function Chosen({ trackers, tracker, onBegin }: Props) {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const draw = useUi((state) => state.draw)
  useUi((state) => state.labels)
  const known = useFunctions('tracker').functions
  const functions = known.filter(({ id }) => trackers.some((one) => one.id === id))
  const shapes = drawable.filter((shape) => tracker.shapeTypes.includes(shape))
  const [first = 'rectangle'] = shapes
  const shape = shapes.find((one) => one === draw.shape) ?? first
  const chooseShape = (value: Drawable) =>
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, shape: value } })
  return (
    <>
      <LabelList
        current={drawLabel(bench, shape)}
        fits={(label: Label) => labelFits(label, shape)}
      />
      <FunctionChoice
        label={t('tracker')}
        functions={functions}
        chosen={functions.find(({ id }) => id === tracker.id) ?? null}
        onChoose={(id) => setAi({ tracker: id })}
      />
      {shapes.length > 1 && (
        <Segmented
          label={t('trackedShape')}
          value={shape}
          onChange={chooseShape}
          data={shapes.map((value) => ({ value, label: t(`shape-${value}`) }))}
        />
      )}
      <Button
        onClick={() => {
          setAi({ tracker: tracker.id })
          startDrawing(bench, { shape, objectType: 'track', tracker })
          onBegin()
        }}
      >
        {t('track')}
      </Button>
      <hr className={classes.rule} />
      <TrackRange tracker={tracker} onBegin={onBegin} />
    </>
  )
}
