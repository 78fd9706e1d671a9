import type { DescribedLabel } from '#main/core/ports.ts'
import type { AttributeSpec, LabelType } from '#shared/domain/label.ts'
import { inputTypeSchema, labelTypeSchema } from '#shared/domain/label.ts'

/** Names of label types in older files. */
const OLD_TYPES: Readonly<Record<string, LabelType>> = { bbox: 'rectangle', cuboid_3d: 'cuboid' }

type Texts = Record<string, string>

/** More than a person defines; a file of more is read without them. */
const MOST_LABELS = 20_000
const LONGEST = 2 ** 20

/**
 * Follows the elements inside `<meta>` and tells each `<label>` as it ends: a task, a job and a project have them at different
 * depths, so that only the names count. Whatever else is there is passed over.
 */
export class MetaReader {
  readonly #tell: (label: DescribedLabel) => void
  readonly #path: string[] = []
  #label: Texts | null = null
  #attribute: Texts | null = null
  #attributes: Texts[] = []
  #text = ''
  #told = 0

  constructor(tell: (label: DescribedLabel) => void) {
    this.#tell = tell
  }

  open(name: string): void {
    const parent = this.#path.at(-1)
    this.#path.push(name)
    this.#text = ''
    if (name === 'label' && parent === 'labels') {
      this.#label = {}
      this.#attributes = []
    } else if (name === 'attribute' && this.#label !== null) this.#attribute = {}
  }

  text(text: string): void {
    if (this.#label !== null && this.#text.length < LONGEST) this.#text += text
  }

  close(): void {
    const name = this.#path.pop() ?? ''
    if (this.#label === null) return
    if (name === 'label') this.#closeLabel(this.#label)
    else if (name === 'attribute') {
      if (this.#attribute !== null) this.#attributes.push(this.#attribute)
      this.#attribute = null
    } else if (name !== 'attributes') (this.#attribute ?? this.#label)[name] = this.#text
    this.#text = ''
  }

  #closeLabel({ name, parent, color, type, svg }: Texts): void {
    this.#label = null
    this.#told += 1
    if (name === undefined || name === '' || this.#told > MOST_LABELS) return
    this.#tell({
      name,
      ...(parent ? { parent } : {}),
      ...(color ? { color } : {}),
      ...typeOf(type),
      ...(svg ? { svg } : {}),
      attributes: this.#attributes.flatMap(attributeOf),
    })
  }
}

function typeOf(text = ''): { type?: LabelType } {
  const type = labelTypeSchema.safeParse(OLD_TYPES[text] ?? text)
  return type.success ? { type: type.data } : {}
}

function attributeOf(texts: Texts): (Pick<AttributeSpec, 'name'> & Partial<AttributeSpec>)[] {
  const { name = '', mutable = '', input_type, default_value, values = '' } = texts
  if (name === '') return []
  const type = inputTypeSchema.safeParse(input_type)
  return [
    {
      name,
      mutable: /^true$/i.test(mutable),
      ...(type.success ? { inputType: type.data, values: choices(values, type.data) } : {}),
      ...(default_value === undefined ? {} : { defaultValue: default_value }),
    },
  ]
}

/** A line each. Numbers have no blanks in them, and older files part them so. */
function choices(text: string, type: AttributeSpec['inputType']): string[] {
  const apart = type === 'number' ? /[\s;]+/ : /\r?\n/
  return text.split(apart).filter((value) => value !== '')
}
