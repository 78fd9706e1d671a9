import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sortingMethodSchema } from '#shared/domain/task.ts'
import { type CreateForm, isVideo, type problemsOf } from './create-form.ts'
import classes from './tasks.module.css'

interface Props {
  readonly form: CreateForm
  readonly set: (change: Partial<CreateForm>) => void
  readonly problems: ReturnType<typeof problemsOf>
}

type NumberField = 'frameStep' | 'startFrame' | 'stopFrame' | 'segmentSize' | 'overlap'

/** What a folder opened in a hurry leaves at its defaults. */
export function AdvancedFields({ form, set, problems }: Props) {
  const { t } = useTranslation('tasks')
  const ofVideo = form.paths.some(isVideo)
  const number = (key: NumberField, min: number, placeholder: string, hint?: string) => (
    <NumberInput
      label={t(key)}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={min}
      allowDecimal={false}
      placeholder={placeholder}
      value={form[key]}
      error={problems[key] && t(problems[key])}
      onChange={(value) => set({ [key]: typeof value === 'number' ? value : '' })}
    />
  )
  return (
    <details className={classes.advanced} open={Object.keys(problems).some((k) => k !== 'paths')}>
      <summary>{t('advanced')}</summary>
      <div className={classes.fields}>
        {!ofVideo && (
          <Select
            label={t('sortingMethod')}
            allowDeselect={false}
            value={form.sortingMethod}
            data={sortingMethodSchema.options.map((value) => ({
              value,
              label: t(`sort-${value}`),
            }))}
            onChange={(sortingMethod) => sortingMethod && set({ sortingMethod })}
          />
        )}
        {number('segmentSize', 0, '0', t('segmentSizeHint'))}
        {number('overlap', 0, ofVideo ? '5' : '0', t('overlapHint'))}
        {number('startFrame', 0, '0')}
        {number('stopFrame', 0, t('stopFramePlaceholder'))}
        {number('frameStep', 1, '1', t('frameStepHint'))}
      </div>
      <TextInput
        mt="sm"
        label={t('issueTracker')}
        placeholder="https://"
        value={form.bugTracker}
        onChange={(event) => set({ bugTracker: event.currentTarget.value })}
      />
      <Checkbox
        mt="md"
        label={t(ofVideo ? 'copyVideo' : 'copyData')}
        description={t(ofVideo ? 'copyVideoHint' : 'copyDataHint')}
        checked={form.copyData}
        onChange={(event) => set({ copyData: event.currentTarget.checked })}
      />
    </details>
  )
}
