/** The parts of a project file around its pictures: how it looks in VIA, and which attributes there are. */
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { PART_OF } from '../common/joined-parts.ts'
import { LABEL_WORDS, OCCLUDED, OWN_WORDS, ROTATION, TAGS } from './words.ts'

/** The region attribute that holds the label: `label`, or another word where a label has an attribute of that name. */
export function labelAttribute(labels: readonly Label[]): string {
  const taken = new Set(labels.flatMap(({ attributes }) => attributes.map(({ name }) => name)))
  const free = LABEL_WORDS.find((word) => !taken.has(word))
  return free ?? 'fieldmark_label'
}

/** As VIA 2 saves it. `region_label` is also what says on import which attribute is the label. */
export function settings(name: string, label: string, folder: string): unknown {
  return {
    ui: {
      annotation_editor_height: 25,
      annotation_editor_fontsize: 0.8,
      leftsidebar_width: 18,
      image_grid: {
        img_height: 80,
        rshape_fill: 'none',
        rshape_fill_opacity: 0.3,
        rshape_stroke: 'yellow',
        rshape_stroke_width: 2,
        show_region_shape: true,
        show_image_policy: 'all',
      },
      image: {
        region_label: label,
        region_color: label,
        region_label_font: '10px Sans',
        on_image_annotation_editor_placement: 'NEAR_REGION',
      },
    },
    core: { buffer_size: 18, filepath: {}, default_filepath: folder },
    project: { name },
  }
}

type ViaAttribute =
  | { type: 'text'; description: string; default_value: string }
  | {
      type: 'dropdown' | 'radio' | 'checkbox'
      description: string
      options: Record<string, string>
      default_options: Record<string, boolean>
    }

/** What VIA's editor offers, attributes of one name of several labels together. */
export function attributes(labels: readonly Label[], label: string): unknown {
  const region: Record<string, ViaAttribute> = {
    [label]: choice(
      'dropdown',
      labels.map(({ name }) => name),
    ),
  }
  for (const spec of labels.flatMap((each) => each.attributes)) {
    const known = region[spec.name]
    const added = viaAttribute(spec)
    if (known === undefined) region[spec.name] = added
    else if ('options' in known && 'options' in added) Object.assign(known.options, added.options)
  }
  for (const word of [OCCLUDED, ROTATION, PART_OF]) region[word] ??= text('')
  return {
    region,
    file: {
      [TAGS]: choice(
        'checkbox',
        labels.map(({ name }) => name),
      ),
    },
  }
}

function viaAttribute({ inputType, values, defaultValue }: AttributeSpec): ViaAttribute {
  switch (inputType) {
    case 'select':
      return choice('dropdown', values, defaultValue)
    case 'radio':
      return choice('radio', values, defaultValue)
    case 'checkbox':
      return choice('radio', ['true', 'false'], defaultValue)
    case 'number':
    case 'text':
      return text(defaultValue)
  }
}

function text(default_value: string): ViaAttribute {
  return { type: 'text', description: '', default_value }
}

function choice(
  type: 'dropdown' | 'radio' | 'checkbox',
  values: readonly string[],
  chosen?: string,
): ViaAttribute {
  return {
    ...{ type, description: '' },
    options: Object.fromEntries(values.map((value) => [value, ''])),
    default_options: chosen !== undefined && values.includes(chosen) ? { [chosen]: true } : {},
  }
}

/** Attributes of a label that stand under their own name: the others would be taken for something else. */
export function ownAttributes({ attributes: specs }: Label, label: string): AttributeSpec[] {
  return specs.filter(({ name }) => name !== label && (!OWN_WORDS.has(name) || name === OCCLUDED))
}
