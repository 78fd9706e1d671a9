import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { useBench, useDocument, useUi } from '../../bench/context.ts'
import { setAttribute } from '../../bench/editing.ts'
import { useKeys } from '../../parts/action-text.ts'
import { ShapeIcon } from '../../parts/shape-icon.tsx'
import classes from '../modes.module.css'
import {
  currentObject,
  currentSpec,
  objectsOf,
  specsOf,
  walkAttributes,
  walkObjects,
} from './attributes.ts'
import { keyedValues } from './keyed-values.ts'
import { TypedValue } from './typed-value.tsx'

/** The attribute workspace's side bar: one object, one attribute, one key a value. */
export function AttributesPanel() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  useDocument((state) => state.annotations)
  useDocument((state) => state.active)
  useDocument((state) => state.views)
  useUi((state) => state.attributeAt)
  useUi((state) => state.filter)
  const objects = objectsOf(bench)
  const object = currentObject(bench)
  if (objects.length === 0 || !object)
    return (
      <div className={classes.panel}>
        <h2 className={classes.title}>{t('aamTitle')}</h2>
        <p className={classes.quiet}>{t('aamEmpty')}</p>
      </div>
    )
  const specs = specsOf(bench, object)
  const spec = currentSpec(bench)
  const at = objects.findIndex(({ id }) => id === object.id)
  return (
    <div className={classes.panel}>
      <Switcher what="object" go={(by) => walkObjects(bench, by)}>
        <ObjectName object={object} />
        <small>{t('ofCount', { at: at + 1, count: objects.length })}</small>
      </Switcher>
      {spec ? (
        <>
          <Switcher what="attribute" go={(by) => walkAttributes(bench, by)}>
            <strong>{spec.name}</strong>
            <small>{t('ofCount', { at: specs.indexOf(spec) + 1, count: specs.length })}</small>
          </Switcher>
          <Values key={`${object.id}-${spec.id}`} object={object} spec={spec} />
        </>
      ) : (
        <p className={classes.quiet}>{t('aamNoAttributes')}</p>
      )}
    </div>
  )
}

function ObjectName({ object }: { object: Annotation }) {
  const label = useUi((state) => state.labelsById.get(object.labelId))
  return (
    <strong className={classes.objectName}>
      <ShapeIcon annotation={object} color={label?.color ?? ''} />
      {label?.name} {object.id}
    </strong>
  )
}

interface SwitcherProps {
  readonly what: 'object' | 'attribute'
  readonly go: (by: 1 | -1) => void
  readonly children: ReactNode
}

function Switcher({ what, go, children }: SwitcherProps) {
  const { t } = useTranslation('workspace')
  const [previous] = useKeys(`aam.previous-${what}`)
  const [next] = useKeys(`aam.next-${what}`)
  const button = (by: 1 | -1, name: string, key: string | undefined, Glyph = IconChevronLeft) => (
    <ActionIcon
      size={28}
      aria-label={name}
      title={key ? `${name} (${keyCaps(key).join('+')})` : name}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => go(by)}
    >
      <Glyph size={16} stroke={1.75} />
    </ActionIcon>
  )
  return (
    <div className={classes.switcher}>
      {button(-1, t(`aam-previous-${what}`), previous)}
      <span>{children}</span>
      {button(1, t(`aam-next-${what}`), next, IconChevronRight)}
    </div>
  )
}

function Values({ object, spec }: { object: Annotation; spec: AttributeSpec }) {
  const bench = useBench()
  const isLocked = useDocument((state) => state.views.get(object.id)?.locked ?? false)
  const frame = useDocument((state) => state.frame)
  const { attributes } = shapeOn(object, frame) ?? object
  const stored = attributes.find(({ specId }) => specId === spec.id)
  const value = stored?.value ?? spec.defaultValue
  const give = (to: string) => setAttribute(bench, [object.id], spec.id, to)
  const isTyped = spec.inputType === 'text' || spec.inputType === 'number'
  const keyed = keyedValues(spec)
  const more = spec.inputType === 'checkbox' || isTyped ? [] : spec.values.slice(keyed.length)
  const strange = isTyped || [...keyed, ...more].includes(value) ? [] : [value]
  return (
    <>
      <ul className={classes.choices}>
        {[...keyed, ...more, ...strange].map((choice, at) => (
          <li key={choice} className={classes.choiceRow}>
            <button
              type="button"
              className={classes.choice}
              aria-pressed={choice === value}
              disabled={isLocked}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => give(choice)}
            >
              {at < keyed.length ? <Keys caps={[String(at)]} /> : <span />}
              <span>{choice === '' ? '–' : choice}</span>
            </button>
          </li>
        ))}
      </ul>
      {isTyped && <TypedValue spec={spec} value={value} isLocked={isLocked} give={give} />}
    </>
  )
}
