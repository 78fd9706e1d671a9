/** Typed attributes as a JSON object. Everything that is the same for all annotations of a label is made once. */
import type { AttributeValue, Tag } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Sublabel } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from './label-index.ts'
import type { TextBuffer } from './text-buffer.ts'
import { looseScore, typedValue, writtenSpecs } from './typed-values.ts'

interface LabelPlan {
  readonly specs: readonly AttributeSpec[]
  /** Each attribute's name as a JSON key. */
  readonly keys: readonly string[]
}

export interface AttributeWriter {
  /** The `{…}` of a shape or tag: what `typedAttributes` gives. */
  annotation(out: TextBuffer, annotation: WovenShape | Tag, label: Sublabel): void
  /** The `{…}` of a joint, its label's attributes alone. */
  joint(out: TextBuffer, values: readonly AttributeValue[], label: Sublabel, more?: string): void
}

/** @param elsewhere names that the format tells in another place */
export function createAttributeWriter(elsewhere: ReadonlySet<string> = new Set()): AttributeWriter {
  const plans = new Map<Sublabel, LabelPlan>()
  const planFor = (label: Sublabel): LabelPlan => {
    const known = plans.get(label)
    if (known !== undefined) return known
    const specs = writtenSpecs(label).filter(({ name }) => !elsewhere.has(name))
    const plan = { specs, keys: specs.map(({ name }) => `${JSON.stringify(name)}:`) }
    plans.set(label, plan)
    return plan
  }
  const writeOwn = (out: TextBuffer, values: readonly AttributeValue[], plan: LabelPlan) => {
    for (let i = 0; i < plan.specs.length; i++) {
      const spec = plan.specs[i] as AttributeSpec
      if (i > 0) out.text(',')
      out.text(plan.keys[i] ?? '')
      writeValue(out, spec, attributeValue(spec, values))
    }
    return plan.specs.length > 0
  }
  return {
    annotation(out, annotation, label) {
      const plan = planFor(label)
      out.text('{')
      const any = writeOwn(out, annotation.attributes, plan)
      if (annotation.kind === 'shape') {
        if (any) out.text(',')
        const score = elsewhere.has('score') ? null : looseScore(annotation, plan.specs)
        if (score !== null) {
          out.text('"score":')
          out.float(score)
          out.text(',')
        }
        writeBuiltIns(out, annotation)
      }
      out.text('}')
    },
    joint(out, values, label, more = '') {
      out.text('{')
      const any = writeOwn(out, values, planFor(label))
      if (more !== '') out.text(any ? `,${more}` : more)
      out.text('}')
    },
  }
}

function writeValue(out: TextBuffer, spec: AttributeSpec, text: string): void {
  const value = typedValue(spec, text)
  if (typeof value === 'number') out.float(value)
  else if (typeof value === 'boolean') out.text(value ? 'true' : 'false')
  else out.jsonString(value)
}

/** What `builtInValues` gives, without making lists of it: an export writes millions. */
function writeBuiltIns(out: TextBuffer, shape: WovenShape): void {
  out.text(shape.occluded ? '"occluded":true' : '"occluded":false')
  if (shape.type === 'rectangle') {
    out.text(',"rotation":')
    out.float(shape.rotation)
  }
  if (shape.track !== undefined) {
    out.text(',"track_id":')
    out.whole(shape.track.id)
  }
  if (shape.track !== undefined || shape.type === 'skeleton') {
    out.text(shape.track?.keyframe ? ',"keyframe":true' : ',"keyframe":false')
  }
}
