import { Group, Input, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Edits } from './edits.ts'

interface Props {
  readonly edits: Edits
  readonly onChange: (change: Pick<Edits, 'width' | 'height'>) => void
}

/** The size of the picture a net is fed, where its file leaves it open. */
export function SizeFields({ edits, onChange }: Props) {
  const { t } = useTranslation('models')
  const sides = ['width', 'height'] as const
  return (
    <Input.Wrapper label={t('whichSize')} description={t('whichSizeHint')}>
      <Group gap="xs" mt={6}>
        {sides.map((side, at) => (
          <Group gap="xs" key={side}>
            {at > 0 && <span aria-hidden="true">×</span>}
            <NumberInput
              aria-label={t(side)}
              placeholder={t(side)}
              w={120}
              min={1}
              max={16_384}
              allowDecimal={false}
              suffix=" px"
              value={edits[side] ?? ''}
              onChange={(value) => onChange({ [side]: Number(value) || null })}
            />
          </Group>
        ))}
      </Group>
    </Input.Wrapper>
  )
}
