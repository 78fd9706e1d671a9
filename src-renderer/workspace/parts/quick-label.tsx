import { TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addLabel } from '#renderer/state/add-label.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { taskChanged } from '../bench/bench.ts'
import { useBench } from '../bench/context.ts'
import { chooseDrawLabel, startDrawing } from '../bench/drawing.ts'

/** A new label by name; the name of one that is there chooses it. After the very first one, drawing begins by itself. */
export function QuickLabel({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const [name, setName] = useState('')
  const [error, setError] = useState<string | null>(null)
  const add = async () => {
    const { task, labels } = bench.ui.getState()
    const known = labels.find((label) => label.name === name.trim())
    if (known) {
      chooseDrawLabel(bench, known.id)
      setName('')
      setError(null)
      return
    }
    try {
      const fresh = await addLabel(task, name)
      taskChanged(bench, fresh, fresh.labels)
      setName('')
      setError(null)
      const added = fresh.labels.at(-1)
      if (added) chooseDrawLabel(bench, added.id)
      if (labels.length === 0) startDrawing(bench)
    } catch (refusal) {
      setError(problemOf(refusal).message)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && name.trim() !== '') {
      if (bench.ui.getState().labels.length === 0) event.currentTarget.blur()
      void add()
    }
    if (event.key === 'Escape') event.currentTarget.blur()
  }
  return (
    <TextInput
      aria-label={t('newLabel')}
      placeholder={t('newLabelPlaceholder')}
      leftSection={<IconPlus size={14} />}
      autoFocus={autoFocus}
      value={name}
      error={error}
      maxLength={64}
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
