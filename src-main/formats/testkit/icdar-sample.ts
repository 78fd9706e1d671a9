import { type Label, labelSchema } from '#shared/domain/label.ts'
import { frames, inSubsets, type Sample } from './sample.ts'

/** Attributes are numbered from 11 in the order given, all of them texts. */
export function textLabel(id: number, name: string, attributes: readonly string[]): Label {
  const specs = attributes.map((attribute, i) => ({
    ...{ id: 10 * id + i + 1, name: attribute, inputType: 'text' },
    ...{ mutable: false, defaultValue: '', values: [] },
  }))
  const rest = { color: '#ff00aa', type: 'any', svg: null, sublabels: [] }
  return labelSchema.parse({ id, name, attributes: specs, ...rest })
}

/** The sample's pictures in a task with the one label ICDAR knows: attribute 11 is its text. */
export function icdarSample(...more: readonly string[]): Sample {
  return { ...inSubsets, frames, labels: [textLabel(1, 'icdar', ['text', ...more])] }
}
