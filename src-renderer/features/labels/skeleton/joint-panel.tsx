import { ActionIcon, Text, TextInput, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AttributeList } from '../attribute-list.tsx'
import { ColorField } from '../color-field.tsx'
import classes from './skeleton.module.css'
import type { Builder } from './use-builder.ts'

interface Props {
  readonly builder: Builder
  /** A joint of the list is pressed: the same as on the board. */
  readonly onPick: (joint: number) => void
}

/** The joints in their order, and what the chosen one is called, looks like and may say. */
export function JointPanel({ builder, onPick }: Props) {
  const { t } = useTranslation('labels')
  const { model, chosen } = builder
  const at = chosen?.kind === 'joint' ? chosen.index : null
  const joint = at === null ? undefined : model.joints[at]
  return (
    <div className={classes.panel}>
      <div className={classes.list} role="listbox" aria-label={t('joints')}>
        {model.joints.map(({ sublabel }, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: names may be twins while they are typed
            key={index}
            type="button"
            role="option"
            aria-selected={index === at}
            className={classes.item}
            onClick={() => onPick(index)}
          >
            <i style={{ background: sublabel.color }} />
            <span>{sublabel.name || t('jointUnnamed')}</span>
            {sublabel.attributes.length > 0 && <small>+{sublabel.attributes.length}</small>}
          </button>
        ))}
      </div>
      {joint && at !== null ? (
        <section
          className={classes.details}
          aria-label={t('jointOf', { name: joint.sublabel.name })}
        >
          <div className={classes.row}>
            <ColorField
              value={joint.sublabel.color ?? '#b3b3b3'}
              onChange={(color) => builder.change(at, { color }, 'color')}
            />
            <TextInput
              className={classes.grow ?? ''}
              aria-label={t('jointName')}
              maxLength={64}
              value={joint.sublabel.name}
              onChange={(event) => builder.change(at, { name: event.currentTarget.value }, 'name')}
            />
            <Tooltip label={t('removeJoint')}>
              <ActionIcon
                variant="subtle"
                color="red"
                size={30}
                aria-label={t('removeJoint')}
                onClick={() => builder.remove({ kind: 'joint', index: at })}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Tooltip>
          </div>
          <AttributeList
            key={at}
            attributes={joint.sublabel.attributes}
            onChange={(attributes) => builder.change(at, { attributes }, 'attributes')}
            compact
          />
        </section>
      ) : (
        <Text size="xs" c="dimmed" className={classes.hint ?? ''}>
          {t('jointHint')}
        </Text>
      )}
    </div>
  )
}
