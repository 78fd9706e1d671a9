import type { ShapeType } from '../../domain/annotation.ts'
import { shapeTypes } from '../../domain/annotation.ts'
import {
  type FunctionKind,
  type FunctionLabel,
  functionKinds,
  type InteractorPrompts,
} from '../../domain/function.ts'
import { goSeconds } from './go-units.ts'
import { type HttpTrigger, readHttpTrigger } from './http-trigger.ts'
import { readLabelSpec } from './label-spec.ts'
import { fieldsIn, SpecProblem, textOf } from './plain-values.ts'
import { readPrompts } from './prompts.ts'

/** A function as its function.yaml, or Nuclio's API, describes it. */
export interface NuclioFunction {
  /** Its id for Nuclio: letters, digits, `_ . -`. */
  readonly name: string
  /** As people know it. */
  readonly title: string
  readonly kind: FunctionKind
  readonly framework: string
  readonly description: string
  readonly help: string
  readonly labels: readonly FunctionLabel[]
  /** Interactors only. */
  readonly prompts: InteractorPrompts | null
  /** Interactors: how they take a box; null where they do not say. */
  readonly boxForm: BoxForm | null
  /** Trackers only; `[]` of all others. */
  readonly shapeTypes: readonly ShapeType[]
  /** Trackers: shapes are bare lists of box corners on the wire (no `supported_shape_types`). */
  readonly isLegacyTracker: boolean
  readonly trigger: HttpTrigger
  /** After which its worker is restarted; null: never. */
  readonly eventTimeoutSeconds: number | null
  /** What works here and not everywhere, a sentence each. */
  readonly hints: readonly string[]
}

/** `nested`: `[[x1, y1], [x2, y2]]`, as CVAT sends it. `flat`: `[x1, y1, x2, y2]`. */
export type BoxForm = 'nested' | 'flat'
export const boxForms: readonly BoxForm[] = ['nested', 'flat']

export type Reading =
  | { readonly function: NuclioFunction }
  /** It is no function that annotates, or cannot be used: why, a clause without a full stop. */
  | { readonly name: string; readonly problem: string }

const LONGEST_HELP = 20_000

/**
 * Read a parsed function.yaml, or one value of `GET /api/functions`: `{metadata, spec}`.
 * @param named  its name where `metadata` has none
 */
export function readNuclioFunction(value: unknown, named = ''): Reading {
  const metadata = fieldsIn(fieldsIn(value).metadata)
  const name = textOf(metadata.name)?.trim() || named
  try {
    return { function: read(name, metadata.annotations, fieldsIn(value).spec) }
  } catch (error) {
    if (!(error instanceof SpecProblem)) throw error
    return { name: name.slice(0, 200), problem: error.message }
  }
}

function read(name: string, annotated: unknown, specified: unknown): NuclioFunction {
  if (!/^[a-zA-Z0-9_.-]{1,200}$/.test(name))
    throw new SpecProblem('its name has other characters than letters, digits, "_", "." and "-"')
  const annotations = fieldsIn(annotated)
  const spec = fieldsIn(specified)
  const kind = kindOf(annotations.type)
  const hints: string[] = []
  const hint = (sentence: string) => void hints.push(sentence)
  if (textOf(spec.description) === null)
    hint('It has no spec.description; a CVAT server cannot list it.')
  return {
    name,
    title: textOf(annotations.name)?.trim().slice(0, 200) || name,
    kind,
    framework: textOf(annotations.framework)?.slice(0, 200) ?? '',
    description: textOf(spec.description)?.slice(0, LONGEST_HELP) ?? '',
    help: textOf(annotations.help_message)?.slice(0, LONGEST_HELP) ?? '',
    labels: readLabelSpec(annotations.spec, hint),
    prompts: kind === 'interactor' ? readPrompts(annotations, hint) : null,
    boxForm: boxForms.find((one) => one === textOf(annotations.box_format)?.trim()) ?? null,
    ...trackedShapes(kind, annotations.supported_shape_types),
    trigger: readHttpTrigger(spec),
    eventTimeoutSeconds: goSeconds(textOf(spec.eventTimeout) ?? ''),
    hints,
  }
}

function kindOf(value: unknown): FunctionKind {
  const type = textOf(value)?.trim() ?? ''
  const kind = functionKinds.find((one) => one === type)
  if (!kind) {
    const said = type === '' ? 'no type' : `the type ${type.slice(0, 50)}`
    throw new SpecProblem(`its annotations say ${said}, not one of ${functionKinds.join(', ')}`)
  }
  return kind
}

function trackedShapes(
  kind: FunctionKind,
  supported: unknown,
): Pick<NuclioFunction, 'shapeTypes' | 'isLegacyTracker'> {
  if (kind !== 'tracker') return { shapeTypes: [], isLegacyTracker: false }
  const text = textOf(supported)
  if (text === null) return { shapeTypes: ['rectangle'], isLegacyTracker: true }
  const named = text.split(',').map((one) => one.trim())
  const types = shapeTypes.filter((one) => named.includes(one))
  const stranger = named.find((one) => !shapeTypes.some((type) => type === one))
  if (stranger !== undefined)
    throw new SpecProblem(
      stranger === ''
        ? 'supported_shape_types is there and empty'
        : `supported_shape_types names ${stranger.slice(0, 50)}, which nobody knows`,
    )
  return { shapeTypes: types, isLegacyTracker: false }
}
