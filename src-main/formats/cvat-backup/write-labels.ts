import type { AttributeSpec, Label, Sublabel } from '#shared/domain/label.ts'
import { skeletonTemplate } from '#shared/domain/skeleton.ts'
import { writeSkeletonSvg } from '#shared/domain/skeleton-svg.ts'

/** Labels as `task.json` and `project.json` have them: everything by name, a skeleton's nodes among them. */
export function cvatLabels(labels: readonly Label[]): object[] {
  return labels.map((label) => ({
    ...cvatLabel(label),
    type: label.type,
    sublabels: label.sublabels.map((sublabel) => ({
      ...cvatLabel(sublabel),
      // To CVAT a joint is a point, whatever else it may be elsewhere.
      type: 'points',
    })),
    ...(label.type === 'skeleton' ? { svg: writeSkeletonSvg(skeletonTemplate(label)) } : {}),
  }))
}

function cvatLabel({ name, color, attributes }: Sublabel) {
  return { name, color, attributes: attributes.map(cvatAttribute) }
}

function cvatAttribute({ name, mutable, inputType, defaultValue, values }: AttributeSpec) {
  return { name, mutable, input_type: inputType, default_value: defaultValue, values }
}
