import { Checkbox, NumberInput, SegmentedControl, Select, Slider, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { type ConvertTarget, convertTargets } from '#shared/geometry/convert.ts'
import { useUi } from '../../bench/context.ts'
import { type ActionsForm, specsOf } from './actions-form.ts'
import classes from './dialogs.module.css'

interface Props {
  readonly form: ActionsForm
  readonly set: (change: Partial<ActionsForm>) => void
}

/** What the chosen action wants to know. */
export function ActionFields(props: Props) {
  const { t } = useTranslation('operations')
  return (
    <>
      <p className={classes.about}>{t(`about-${props.form.kind}`)}</p>
      <Fields {...props} />
    </>
  )
}

function Fields(props: Props) {
  switch (props.form.kind) {
    case 'remove':
      return <RemoveFields {...props} />
    case 'tracks-to-shapes':
      return <ToShapesFields {...props} />
    case 'link-shapes':
      return <LinkFields {...props} />
    case 'join-tracks':
      return null
    case 'propagate':
      return <CopyFields {...props} />
    case 'convert':
      return <ConvertFields {...props} />
    case 'change-label':
      return <LabelField {...props} />
    case 'change-attribute':
      return <AttributeFields {...props} />
  }
}

function RemoveFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  return (
    <Checkbox
      label={t('tracksInRange')}
      checked={form.tracks === 'range'}
      onChange={(event) => set({ tracks: event.currentTarget.checked ? 'range' : 'whole' })}
    />
  )
}

function ToShapesFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('every')}
      data={[
        { value: 'frame', label: t('every-frame') },
        { value: 'keyframe', label: t('every-keyframe') },
      ]}
      value={form.every}
      onChange={(every) => set({ every: every as ActionsForm['every'] })}
    />
  )
}

function LinkFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  const whole = { allowDecimal: false, clampBehavior: 'strict' } as const
  return (
    <div className={classes.pair}>
      <NumberInput
        {...whole}
        label={t('overlapPercent')}
        min={1}
        max={100}
        suffix=" %"
        value={form.overlapPercent}
        onChange={(value) => set({ overlapPercent: Number(value) })}
      />
      <NumberInput
        {...whole}
        label={t('gap')}
        min={0}
        max={1000}
        value={form.gap}
        onChange={(value) => set({ gap: Number(value) })}
      />
    </div>
  )
}

function CopyFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  const last = useUi((state) => state.task.size) - 1
  const common = { min: 0, max: last, allowDecimal: false, clampBehavior: 'strict' } as const
  return (
    <div className={classes.pair}>
      <NumberInput
        {...common}
        label={t('copiesFrom')}
        value={form.copiesFirst}
        onChange={(value) => set({ copiesFirst: Number(value) })}
      />
      <NumberInput
        {...common}
        label={t('copiesTo')}
        value={form.copiesLast}
        onChange={(value) => set({ copiesLast: Number(value) })}
      />
    </div>
  )
}

function ConvertFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  const fromMasks = form.to === 'polygon' || form.to === 'polyline'
  return (
    <>
      <Select
        label={t('convertTo')}
        allowDeselect={false}
        data={convertTargets.map((value) => ({ value, label: t(`to-${value}`) }))}
        value={form.to}
        onChange={(value) => set({ to: value as ConvertTarget })}
      />
      {fromMasks && (
        <div>
          <span className={classes.label}>{t('density')}</span>
          <Slider
            size={3}
            min={0}
            max={1}
            step={0.01}
            label={null}
            thumbLabel={t('density')}
            value={form.density}
            onChange={(density) => set({ density })}
          />
        </div>
      )}
    </>
  )
}

function LabelField({ form, set }: Props) {
  const { t } = useTranslation('operations')
  const labels = useUi((state) => state.labels)
  return (
    <Select
      label={t('newLabel')}
      allowDeselect={false}
      searchable={labels.length > 12}
      data={labels.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={form.labelId === null ? null : String(form.labelId)}
      onChange={(value) => set({ labelId: Number(value) as never })}
    />
  )
}

function AttributeFields({ form, set }: Props) {
  const { t } = useTranslation('operations')
  const labels = useUi((state) => state.labels)
  const specs = specsOf(labels)
  const chosen = specs.find(({ spec }) => spec.id === form.specId)?.spec
  const choose = (value: string | null) => {
    const spec = specs.find((one) => String(one.spec.id) === value)?.spec
    if (spec) set({ specId: spec.id, value: spec.defaultValue })
  }
  if (specs.length === 0) return <p className={classes.note}>{t('noAttributes')}</p>
  return (
    <div className={classes.pair}>
      <Select
        label={t('attribute')}
        allowDeselect={false}
        data={labels
          .filter(({ attributes }) => attributes.length > 0)
          .map(({ name, attributes }) => ({
            group: name,
            items: attributes.map((spec) => ({ value: String(spec.id), label: spec.name })),
          }))}
        value={form.specId === null ? null : String(form.specId)}
        onChange={choose}
      />
      {chosen && <ValueField spec={chosen} value={form.value} set={(value) => set({ value })} />}
    </div>
  )
}

function ValueField(props: { spec: AttributeSpec; value: string; set: (value: string) => void }) {
  const { t } = useTranslation('operations')
  const { spec, value, set } = props
  const [min, max, step] = spec.values.map(Number)
  switch (spec.inputType) {
    case 'select':
    case 'radio':
    case 'checkbox':
      return (
        <Select
          label={t('value')}
          allowDeselect={false}
          data={spec.inputType === 'checkbox' ? ['true', 'false'] : [...new Set(spec.values)]}
          value={value}
          onChange={(next) => set(next ?? value)}
        />
      )
    case 'number':
      return (
        <NumberInput
          label={t('value')}
          {...{ min: min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER, step: step || 1 }}
          value={value}
          onChange={(next) => set(String(next))}
        />
      )
    case 'text':
      return (
        <TextInput
          label={t('value')}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}
