import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { ColorField } from '../color-field.tsx'
import classes from './skeleton.module.css'
import { SkeletonBuilder } from './skeleton-builder.tsx'
import { emptySkeleton, labelParts, modelOfLabel, problemOf } from './skeleton-model.ts'
import { useBuilder } from './use-builder.ts'

interface Props {
  /** The skeleton to change, or the beginnings of a new one: a name. */
  readonly label: RawLabel
  readonly isNew: boolean
  /** All other labels. */
  readonly others: readonly RawLabel[]
  readonly color: string
  readonly onDone: (label: RawLabel) => void
  readonly onCancel: () => void
}

/** CVAT's skeleton configurator: draw points and edges, over a picture if one helps; name the points; Done. */
export function SkeletonDialog({ label, isNew, others, onDone, onCancel, ...props }: Props) {
  const { t } = useTranslation('labels')
  const [start] = useState(() => (isNew ? emptySkeleton : modelOfLabel(label)))
  const builder = useBuilder(start)
  const [name, setName] = useState(label.name)
  const [color, setColor] = useState(props.color)
  const clean = name.trim()
  const isTwin = others.some((other) => other.name === clean)
  const problem = problemOf(builder.model)
  // A slip of the Escape key must not cost a skeleton: once something is drawn, only Cancel leaves.
  const leave = () => {
    if (!builder.isChanged && clean === label.name && color === props.color) onCancel()
  }
  return (
    <Modal
      opened
      onClose={onCancel}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={980}
      title={t(isNew ? 'skeletonNew' : 'skeletonEdit', { name: label.name })}
    >
      <div className={classes.row}>
        <ColorField value={color} onChange={setColor} />
        <TextInput
          data-autofocus
          w={300}
          aria-label={t('name')}
          placeholder={t('skeletonName')}
          maxLength={64}
          value={name}
          error={isTwin && t('duplicate')}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && leave()}
        />
      </div>
      <SkeletonBuilder
        builder={builder}
        name={clean || 'skeleton'}
        others={others.filter((other) => other.type === 'skeleton')}
        onEscape={leave}
      />
      <Group justify="flex-end" mt="md">
        <Text size="sm" c={problem?.key === 'noJoints' ? 'dimmed' : 'red'} mr="auto" role="status">
          {problem ? t(problem.key, { name: problem.name }) : clean === '' && t('empty')}
        </Text>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button
          disabled={problem !== null || clean === '' || isTwin}
          onClick={() => onDone({ ...label, name: clean, color, ...labelParts(builder.model) })}
        >
          {t('done')}
        </Button>
      </Group>
    </Modal>
  )
}
