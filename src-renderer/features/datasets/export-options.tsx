import {
  Checkbox,
  Chip,
  Collapse,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportFrames } from '#shared/contract/datasets.ts'
import classes from './datasets.module.css'

export interface MoreOptions {
  readonly frames: ExportFrames
  readonly filter: string
  readonly strict: boolean
  readonly verify: boolean
}

interface Props {
  readonly value: MoreOptions
  readonly onChange: (value: MoreOptions) => void
  /** What is wrong with the filter. */
  readonly filterProblem: string | null
}

/** What few exports need: which frames, which annotations, and how sure to be. Says when anything in it is set. */
export function ExportOptions({ value, onChange, filterProblem }: Props) {
  const { t } = useTranslation('datasets')
  const isSet = value.frames !== 'all' || value.filter !== '' || value.strict || value.verify
  const [isOpen, setOpen] = useState(false)
  const set = (change: Partial<MoreOptions>) => onChange({ ...value, ...change })
  return (
    <div>
      <UnstyledButton
        className={classes.more}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} data-open={isOpen} />
        {t('moreOptions')}
        {isSet && !isOpen && <i title={t('moreSet')} />}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap="sm" pt="xs">
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('framesWanted')}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('framesWanted')}
              value={value.frames}
              data={(['all', 'annotated', 'checked'] as const).map((frames) => ({
                value: frames,
                label: t(`frames-${frames}`),
              }))}
              onChange={(frames) => set({ frames: frames as ExportFrames })}
            />
          </div>
          <TextInput
            label={t('onlyAnnotations')}
            description={t('onlyAnnotationsHint')}
            placeholder={'label == "car" and width > 40'}
            error={filterProblem}
            value={value.filter}
            onChange={(event) => set({ filter: event.currentTarget.value })}
          />
          <Checkbox
            label={t('verify')}
            description={t('verifyHint')}
            checked={value.verify}
            onChange={(event) => set({ verify: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('strict')}
            description={t('strictHint')}
            checked={value.strict}
            onChange={(event) => set({ strict: event.currentTarget.checked })}
          />
        </Stack>
      </Collapse>
    </div>
  )
}

interface SubsetProps {
  readonly subsets: readonly string[]
  /** Null: all of them. */
  readonly value: readonly string[] | null
  readonly onChange: (value: readonly string[] | null) => void
}

/** Which subsets of a project. */
export function SubsetPicker({ subsets, value, onChange }: SubsetProps) {
  const { t } = useTranslation('datasets')
  if (subsets.length < 2) return null
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('subsets')}
      </Text>
      <Chip.Group
        multiple
        value={[...(value ?? subsets)]}
        onChange={(chosen) => onChange(chosen.length === subsets.length ? null : chosen)}
      >
        <Group gap={6}>
          {subsets.map((subset) => (
            <Chip key={subset} value={subset} size="xs">
              {subset}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  )
}
