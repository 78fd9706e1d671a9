import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { setAttribute } from '../bench/editing.ts'
import classes from './side-bar.module.css'

interface Props {
  readonly annotation: Annotation
  readonly specs: readonly AttributeSpec[]
  readonly isLocked: boolean
}

/** An annotation's attributes, each with the control its type asks for. Every change is one step. */
export function AttributeFields({ annotation, specs, isLocked }: Props) {
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  // Of a track: what holds on this frame, be it its own or a keyframe's; where it is not seen, what it began with.
  const { attributes } = shapeOn(annotation, frame) ?? annotation
  return (
    <fieldset className={classes.attributes} disabled={isLocked}>
      {specs.map((spec) => {
        const stored = attributes.find(({ specId }) => specId === spec.id)
        const set = (value: string) => setAttribute(bench, [annotation.id], spec.id, value)
        return (
          <Field
            key={spec.id}
            spec={spec}
            group={`${annotation.id}-${spec.id}`}
            value={stored?.value ?? spec.defaultValue}
            set={set}
          />
        )
      })}
    </fieldset>
  )
}

interface FieldProps {
  readonly spec: AttributeSpec
  /** Unique on the page: radio buttons of one attribute share it. */
  readonly group: string
  readonly value: string
  readonly set: (value: string) => void
}

/** One attribute with the control its type asks for. */
export function Field(props: FieldProps): ReactNode {
  const { spec, value, set } = props
  switch (spec.inputType) {
    case 'checkbox':
      return (
        <label className={classes.attribute}>
          <span>{spec.name}</span>
          <input
            type="checkbox"
            checked={value === 'true'}
            onChange={(event) => set(String(event.currentTarget.checked))}
          />
        </label>
      )
    case 'select':
      return (
        <label className={classes.attribute}>
          <span>{spec.name}</span>
          <select value={value} onChange={(event) => set(event.currentTarget.value)}>
            {choicesOf(spec, value).map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        </label>
      )
    case 'radio':
      return <RadioField {...props} />
    case 'number':
    case 'text':
      return <TypedField {...props} />
  }
}

/** A value that came from a file and is no choice of the label is shown, never silently replaced. */
function choicesOf(spec: AttributeSpec, value: string): readonly string[] {
  return spec.values.includes(value) ? spec.values : [...spec.values, value]
}

function RadioField({ spec, group, value, set }: FieldProps) {
  return (
    <div className={classes.attribute} role="radiogroup" aria-label={spec.name}>
      <span>{spec.name}</span>
      <span className={classes.radios}>
        {choicesOf(spec, value).map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={group}
              checked={choice === value}
              onChange={() => set(choice)}
            />
            {choice}
          </label>
        ))}
      </span>
    </div>
  )
}

/** Typed values are one step when the field is left or Enter pressed, not one a letter. */
function TypedField({ spec, value, set }: FieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = value
  }, [value])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') event.currentTarget.value = value
    if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
  }
  const [min, max, step] = spec.values
  const range = spec.inputType === 'number' ? { type: 'number', min, max, step } : { type: 'text' }
  const commit = (input: HTMLInputElement) => {
    if (input.validity.valid && input.value !== value) set(input.value)
    else input.value = value
  }
  return (
    <label className={classes.attribute}>
      <span>{spec.name}</span>
      <input
        ref={field}
        {...range}
        defaultValue={value}
        onKeyDown={onKeyDown}
        onBlur={(event) => commit(event.currentTarget)}
      />
    </label>
  )
}
