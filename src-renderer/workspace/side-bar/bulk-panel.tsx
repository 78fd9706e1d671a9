import {
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
  IconMinus,
  IconPin,
  IconPinned,
  IconPlus,
  IconSquareHalf,
  IconTrash,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { counted } from '#renderer/ui/format.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { annotationsOf, shapesOf } from '../bench/bench.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { labelFits } from '../bench/drawing.ts'
import {
  change,
  changeLabel,
  deleteAnnotations,
  setLayer,
  toggleOccluded,
  toggleView,
} from '../bench/editing.ts'
import { sharedAttributes, withShared } from '../operations/shared-attributes.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import classes from './bulk-panel.module.css'
import { SharedField } from './shared-field.tsx'

/** With several selected: what they have in common, and changing it for all of them, one step each. */
export function BulkPanel() {
  const bench = useBench()
  const active = useDocument((state) => state.active)
  const annotations = useDocument((state) => state.annotations)
  const selected = useMemo(
    () => active.flatMap((id) => annotations.get(id) ?? []),
    [active, annotations],
  )
  if (selected.length < 2) return null
  return (
    <BulkFields
      selected={selected}
      free={selected.filter(({ id }) => !bench.document.viewOf(id).locked)}
    />
  )
}

interface Props {
  readonly selected: readonly Annotation[]
  /** Those that are not locked. */
  readonly free: readonly Annotation[]
}

function BulkFields({ selected, free }: Props) {
  const { t } = useTranslation('workspace')
  return (
    <section className={classes.bulk} aria-label={t('selection')}>
      <div className={classes.line}>
        <strong>{t('selected', counted(selected.length))}</strong>
        <span className={classes.grow} />
        <Flags selected={selected} />
      </div>
      <fieldset className={classes.fields} disabled={free.length === 0}>
        <LabelField selected={selected} />
        <LayerField selected={selected} />
        <AttributeFields selected={selected} free={free} />
      </fieldset>
    </section>
  )
}

function Flags({ selected }: Pick<Props, 'selected'>) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  useDocument((state) => state.views)
  const ids = selected.map(({ id }) => id)
  const all = (flag: 'locked' | 'hidden' | 'pinned') =>
    ids.every((id) => bench.document.viewOf(id)[flag])
  const shapes = shapesOf(bench, selected)
  const [locked, hidden, pinned] = [all('locked'), all('hidden'), all('pinned')]
  return (
    <>
      <FlagButton
        label={t('occluded')}
        icon={IconSquareHalf}
        isOn={shapes.length > 0 && shapes.every(({ occluded }) => occluded)}
        onToggle={() => toggleOccluded(bench, ids)}
      />
      <FlagButton
        label={t('pinned')}
        icon={pinned ? IconPinned : IconPin}
        isOn={pinned}
        onToggle={() => toggleView(bench, ids, 'pinned')}
      />
      <FlagButton
        label={t('locked')}
        icon={locked ? IconLock : IconLockOpen}
        isOn={locked}
        onToggle={() => toggleView(bench, ids, 'locked')}
      />
      <FlagButton
        label={t('hidden')}
        icon={hidden ? IconEyeOff : IconEye}
        isOn={hidden}
        onToggle={() => toggleView(bench, ids, 'hidden')}
      />
      <FlagButton
        label={t('deleteSelected')}
        icon={IconTrash}
        isOn={false}
        onToggle={() =>
          deleteAnnotations(
            bench,
            selected.filter(({ id }) => !bench.document.viewOf(id).locked),
          )
        }
      />
    </>
  )
}

/** Labels that all of them may carry. */
function LabelField({ selected }: Pick<Props, 'selected'>) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const types = new Set(selected.map((one) => (one.kind === 'tag' ? 'tag' : one.type)))
  const ids = new Set(selected.map(({ labelId }) => labelId))
  const [only] = ids
  return (
    <label className={classes.field}>
      <span>{t('label')}</span>
      <select
        value={ids.size === 1 ? only : ''}
        onChange={(event) => {
          const labelId = Number(event.currentTarget.value) as LabelId
          changeLabel(
            bench,
            selected.map(({ id }) => id),
            labelId,
          )
          event.currentTarget.blur()
        }}
      >
        {ids.size > 1 && (
          <option value="" disabled>
            {t('mixed')}
          </option>
        )}
        {labels
          .filter((label) => [...types].every((type) => labelFits(label, type)))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
    </label>
  )
}

function LayerField({ selected }: Pick<Props, 'selected'>) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const shapes = shapesOf(bench, selected)
  const layers = [...new Set(shapes.map(({ zOrder }) => zOrder))]
  const [only] = layers
  if (only === undefined) return null
  const set = (layer: number) =>
    setLayer(
      bench,
      shapes.map(({ id }) => id),
      layer,
    )
  return (
    <div className={classes.field}>
      <span>{t('layerOf')}</span>
      <span className={classes.stepper}>
        <button
          type="button"
          aria-label={t('layerLower')}
          onClick={() => set(layers.reduce((a, b) => Math.min(a, b)) - (layers.length > 1 ? 0 : 1))}
        >
          <IconMinus size={14} stroke={1.75} />
        </button>
        <output>{layers.length === 1 ? only : t('mixed')}</output>
        <button
          type="button"
          aria-label={t('layerHigher')}
          onClick={() => set(layers.reduce((a, b) => Math.max(a, b)) + (layers.length > 1 ? 0 : 1))}
        >
          <IconPlus size={14} stroke={1.75} />
        </button>
      </span>
    </div>
  )
}

function AttributeFields({ selected, free }: Props) {
  const bench = useBench()
  const labels = useUi((state) => state.labelsById)
  const frame = useDocument((state) => state.frame)
  const shared = useMemo(() => sharedAttributes(selected, labels, frame), [selected, labels, frame])
  return shared.map((attribute) => (
    <SharedField
      key={attribute.spec.id}
      spec={attribute.spec}
      value={attribute.value}
      set={(value) => {
        const ids = free.map(({ id }) => id)
        change(bench, 'change-attribute', annotationsOf(bench, ids), (one) =>
          withShared(one, attribute, value, frame),
        )
      }}
    />
  ))
}
