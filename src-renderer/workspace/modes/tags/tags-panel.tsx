import { Checkbox, Kbd } from '@mantine/core'
import { IconTag, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { useBench, useDocument, useUi } from '../../bench/context.ts'
import { ShapeIcon } from '../../parts/shape-icon.tsx'
import { AttributeFields } from '../../side-bar/attribute-fields.tsx'
import { type Digit, digits, digitsOf } from '../digits.ts'
import { chooseDigit } from '../label-digits.ts'
import classes from '../modes.module.css'
import { addTagAndGoOn, removeTag, tagLabels, tagsOf } from './tags.ts'

/** The tag workspace's side bar: every label is a button with its key; below, the tags this frame has. */
export function TagsPanel() {
  const { t } = useTranslation('workspace')
  const autoNext = useSettings((settings) => settings.tagsAutoNext)
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('tagsTitle')}</h2>
      <LabelButtons />
      <Checkbox
        label={t('autoNextFrame')}
        checked={autoNext}
        onChange={(event) => setSettings({ tagsAutoNext: event.currentTarget.checked })}
      />
      <h3 className={classes.subtitle}>{t('frameTags')}</h3>
      <TagRows />
    </div>
  )
}

function LabelButtons() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = tagLabels(useUi((state) => state.labels))
  const chosen = useSettings((settings) => settings.labelDigits)
  const annotations = useDocument((state) => state.annotations)
  const there = new Set(tagsOf(annotations.values()).map((tag) => tag.labelId))
  const digitOf = new Map([...digitsOf(labels, chosen)].map(([digit, { id }]) => [id, digit]))
  if (labels.length === 0) return <p className={classes.quiet}>{t('noTagLabels')}</p>
  return (
    <ul className={classes.choices}>
      {labels.map((label) => (
        <li key={label.id} className={classes.choiceRow}>
          <button
            type="button"
            className={classes.choice}
            aria-label={t('addTag', { name: label.name })}
            aria-pressed={there.has(label.id)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => addTagAndGoOn(bench, label.id)}
          >
            <i style={{ background: label.color }} />
            <span>{label.name}</span>
            {there.has(label.id) && <IconTag size={14} aria-hidden="true" />}
          </button>
          <select
            className={classes.digit}
            aria-label={t('labelKey', { name: label.name })}
            title={t('labelKey', { name: label.name })}
            value={digitOf.get(label.id) ?? ''}
            onChange={(event) => {
              chooseDigit(label.id, event.currentTarget.value as Digit)
              event.currentTarget.blur()
            }}
          >
            {!digitOf.has(label.id) && <option value="">–</option>}
            {digits.map((digit) => (
              <option key={digit}>{digit}</option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  )
}

function TagRows() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const annotations = useDocument((state) => state.annotations)
  const labelsById = useUi((state) => state.labelsById)
  const tags = tagsOf(annotations.values())
  if (tags.length === 0)
    return (
      <p className={classes.quiet}>
        {t('noTags')} <Kbd size="xs">1</Kbd>
      </p>
    )
  return (
    <ul className={classes.rows}>
      {tags.map((tag) => {
        const label = labelsById.get(tag.labelId)
        const name = label?.name ?? ''
        return (
          <li key={tag.id}>
            <div className={classes.row}>
              <ShapeIcon annotation={tag} color={label?.color ?? ''} />
              <span>{name}</span>
              <button
                type="button"
                className={classes.quietButton}
                aria-label={t('removeTag', { name })}
                title={t('removeTag', { name })}
                onClick={() => removeTag(bench, tag)}
              >
                <IconTrash size={15} stroke={1.5} />
              </button>
            </div>
            {label && label.attributes.length > 0 && (
              <AttributeFields annotation={tag} specs={label.attributes} isLocked={false} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
