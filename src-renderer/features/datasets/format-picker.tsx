import { Radio, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormatInfo } from '#shared/contract/datasets.ts'
import classes from './datasets.module.css'

interface Props {
  readonly formats: readonly FormatInfo[]
  readonly value: string
  readonly onChange: (name: string) => void
}

/**
 * Formats by name, found by typing; arrows move between them, from the field as in the list, which is one tab stop. What is
 * chosen stays in sight whatever is typed.
 */
export function FormatPicker({ formats, value, onChange }: Props) {
  const { t } = useTranslation('datasets')
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const found = formats.filter(
    ({ name, description }) =>
      name === value || `${name} ${description}`.toLowerCase().includes(wanted),
  )
  return (
    <div className={classes.picker}>
      <TextInput
        type="search"
        data-autofocus
        aria-label={t('formatSearch')}
        placeholder={t('formatSearch')}
        leftSection={<IconSearch size={14} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            const at = found.findIndex(({ name }) => name === value)
            const next = found[at + (event.key === 'ArrowDown' ? 1 : -1)]
            event.preventDefault()
            if (next) onChange(next.name)
          }
          if (event.key !== 'Enter') return
          const [first] = found.filter(({ name }) => name !== value)
          if (wanted === '' || !first) return
          event.preventDefault()
          onChange(first.name)
          setTyped('')
        }}
      />
      <Radio.Group value={value} onChange={onChange} aria-label={t('format')}>
        <div className={classes.formats}>
          {found.map((format) => (
            <Radio.Card
              key={format.name}
              value={format.name}
              className={classes.format ?? ''}
              title={format.description}
              tabIndex={format.name === value ? 0 : -1}
              ref={format.name === value ? showIt : null}
            >
              <Radio.Indicator size="xs" />
              <span>
                <b>{format.name}</b>
                {format.name === value && <small>{format.description}</small>}
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {found.length === 0 && (
        <Text size="sm" c="dimmed" p="xs">
          {t('formatNone')}
        </Text>
      )}
    </div>
  )
}

function showIt(card: HTMLElement | null): void {
  card?.scrollIntoView({ block: 'nearest' })
}
