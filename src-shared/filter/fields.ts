import { shapeTypes } from '../domain/annotation.ts'

export type FieldKind = 'text' | 'number' | 'truth' | 'choice'

export interface FieldSpec {
  readonly kind: FieldKind
  /** `choice` only: every value there is. */
  readonly choices?: readonly string[]
}

const text: FieldSpec = { kind: 'text' }
const number: FieldSpec = { kind: 'number' }
const truth: FieldSpec = { kind: 'truth' }
const choice = (choices: readonly string[]): FieldSpec => ({ kind: 'choice', choices })

/** What can be asked of an annotation. Lengths are image pixels, angles degrees. */
export const annotationFields = {
  label: text,
  type: choice(['shape', 'track', 'tag']),
  shape: choice(shapeTypes),
  occluded: truth,
  width: number,
  height: number,
  area: number,
  rotation: number,
  /** How many points it has: corners, vertices or joints. */
  points: number,
  zOrder: number,
  group: number,
  source: choice(['manual', 'auto', 'semi-auto', 'file']),
  score: number,
  frame: number,
  objectID: number,
  serverID: number,
} satisfies Record<string, FieldSpec>

/** What can be asked of a task. */
export const taskFields = {
  /** All the texts at once: what a word without a field looks in. */
  any: text,
  id: number,
  name: text,
  mode: choice(['annotation', 'interpolation']),
  status: choice(['annotation', 'validation', 'completed']),
  subset: text,
  project: text,
  owner: text,
  assignee: text,
  dimension: choice(['2d', '3d']),
  frames: number,
  objects: number,
  problems: number,
} satisfies Record<string, FieldSpec>

export type AnnotationField = keyof typeof annotationFields
export type TaskField = keyof typeof taskFields
export type FieldName = AnnotationField | TaskField

export const fieldNames = [
  ...Object.keys(annotationFields),
  ...Object.keys(taskFields),
] as unknown as readonly [FieldName, ...FieldName[]]

/** The fields one kind of thing has, and whether it has attributes besides. */
export interface Vocabulary {
  readonly fields: Readonly<Partial<Record<FieldName, FieldSpec>>>
  readonly attributes: boolean
}

export const annotationVocabulary: Vocabulary = { fields: annotationFields, attributes: true }
export const taskVocabulary: Vocabulary = { fields: taskFields, attributes: false }

/** A field by the name a person typed, whatever its case. */
export function findField(vocabulary: Vocabulary, name: string): FieldName | null {
  const wanted = name.toLowerCase()
  const names = Object.keys(vocabulary.fields) as FieldName[]
  return names.find((known) => known.toLowerCase() === wanted) ?? null
}

/** A choice by the word a person typed, whatever its case. */
export function findChoice(spec: FieldSpec, word: string): string | null {
  return spec.choices?.find((known) => known === word.toLowerCase()) ?? null
}
