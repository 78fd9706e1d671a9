import { Button, Menu } from '@mantine/core'
import { IconCrosshair, IconTag, IconTrash } from '@tabler/icons-react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { focusOn } from '../bench/editing.ts'
import { stopPlaying } from '../bench/player.ts'
import classes from './gallery.module.css'
import { closeGallery } from './gallery.tsx'
import { deleteObjects, type Outcome, relabelObjects } from './object-verbs.ts'

interface Props {
  readonly picked: readonly ObjectSummary[]
  readonly shown: number
  readonly isComplete: boolean
  readonly isCut: boolean
  readonly onClear: () => void
}

/** What can be done with the objects picked; each verb is one step of history, over all their frames. */
export function ObjectSelectionBar({ picked, shown, isComplete, isCut, onClear }: Props) {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const [first] = picked
  if (!first)
    return (
      <footer className={classes.foot} role="status">
        {t(isCut ? 'objectsCut' : isComplete ? 'objectsShown' : 'objectsComing', {
          count: shown,
          formatted: formatNumber(shown),
        })}
        <span className={classes.grow} />
        {t('pickHint')}
      </footer>
    )
  const ids = picked.map(({ id }) => id)
  return (
    <footer className={classes.foot} role="status">
      <strong>
        {t('pickedObjects', { count: ids.length, formatted: formatNumber(ids.length) })}
      </strong>
      <LabelMenu ids={ids} />
      <Button
        variant="default"
        leftSection={<IconTrash {...glyph} />}
        onClick={() => void removeObjects(bench, ids)}
      >
        {t('deleteObjects')}
      </Button>
      {ids.length === 1 && (
        <Button
          variant="default"
          leftSection={<IconCrosshair {...glyph} />}
          onClick={() => showObject(bench, first)}
        >
          {t('goToObject')}
        </Button>
      )}
      <span className={classes.grow} />
      <Button variant="subtle" onClick={onClear}>
        {t('clear')}
      </Button>
    </footer>
  )
}

const glyph = { size: 14, stroke: 1.5 } as const

function LabelMenu({ ids }: { ids: readonly AnnotationId[] }) {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconTag {...glyph} />}>
          {t('changeLabel')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {labels.map((label) => (
          <Menu.Item
            key={label.id}
            leftSection={
              <i
                style={{
                  display: 'block',
                  width: 10,
                  height: 10,
                  borderRadius: 3,
                  background: label.color,
                }}
              />
            }
            onClick={() => void told('relabelled', relabelObjects(bench, ids, label))}
          >
            {label.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Delete objects of any frames and say what came of it. */
export function removeObjects(bench: Bench, ids: readonly AnnotationId[]): Promise<void> {
  return told('objectsDeleted', deleteObjects(bench, ids))
}

async function told(
  key: 'relabelled' | 'objectsDeleted',
  outcome: Promise<Outcome>,
): Promise<void> {
  try {
    const { changed, left } = await outcome
    const rest = left > 0 ? i18next.t('frames:objectsLeft', { count: left }) : ''
    notifyDone(i18next.t(`frames:${key}`, { count: changed }), rest)
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}

/** Go to an object's frame, select it and bring it near. */
export async function showObject(bench: Bench, { id, frame }: ObjectSummary): Promise<void> {
  stopPlaying(bench)
  closeGallery(bench)
  await bench.document.goTo(frame)
  if (!bench.document.state.getState().annotations.has(id)) return
  bench.document.activate([id])
  focusOn(bench, id)
}
