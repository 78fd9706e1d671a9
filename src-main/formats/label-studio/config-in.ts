/** What a labeling interface says of labels: a new project gets them with their colours, and with what is asked of them. */
import { SaxesParser } from 'saxes'
import type { DatasetInput } from '#main/core/ports.ts'
import type { AttributeSpec, InputType } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'

interface Control {
  readonly tag: string
  readonly name: string
  readonly isPerRegion: boolean
  /** Labels it is asked of; null: all. */
  readonly labels: readonly string[] | null
  readonly range: readonly (string | undefined)[]
  readonly choices: string[]
}

interface Config {
  readonly labels: Map<string, { color: string | undefined; isTag: boolean }>
  readonly controls: Control[]
}

const LARGEST = 2 ** 22

/** A file that cannot be read says nothing; the tasks do not depend on it. */
export async function describeConfigs(input: DatasetInput, tally: ImportTally): Promise<void> {
  for (const { name, sizeBytes } of input.entries) {
    if (!/config[^/]*\.xml$/i.test(name) || sizeBytes > LARGEST) continue
    const text: string[] = []
    for await (const piece of input.text(name)) text.push(piece)
    const config = parseConfig(text.join(''))
    if (config) describe(config, tally)
    else tally.note('label configs that are no XML were passed over')
  }
}

function parseConfig(text: string): Config | null {
  const config: Config = { labels: new Map(), controls: [] }
  const open: Control[] = []
  const parser = new SaxesParser({ xmlns: false })
  let isBroken = false
  parser.on('error', () => {
    isBroken = true
  })
  parser.on('doctype', () => {
    isBroken = true
  })
  parser.on('opentag', ({ name: tag, attributes: said, isSelfClosing }) => {
    const { value, background, name = '', whenLabelValue } = said as Record<string, string>
    if (tag === 'Label' && value) config.labels.set(value, { color: background, isTag: false })
    else if (tag === 'Choice' && value) open.at(-1)?.choices.push(value)
    else if (['Choices', 'TextArea', 'Number', 'Rating'].includes(tag)) {
      const { perRegion, min, max, step } = said as Record<string, string>
      const control: Control = {
        ...{ tag, name, choices: [], range: [min, max, step], isPerRegion: perRegion === 'true' },
        labels: whenLabelValue ? whenLabelValue.split(',') : null,
      }
      config.controls.push(control)
      if (!isSelfClosing) open.push(control)
    }
  })
  parser.on('closetag', ({ name, isSelfClosing }) => {
    if (!isSelfClosing && open.at(-1)?.tag === name) open.pop()
  })
  try {
    parser.write(text).close()
  } catch {
    return null
  }
  return isBroken ? null : config
}

function describe({ labels, controls }: Config, tally: ImportTally): void {
  for (const { isPerRegion, tag, choices } of controls) {
    if (isPerRegion || tag !== 'Choices') continue
    for (const name of choices) {
      if (!labels.has(name)) labels.set(name, { color: undefined, isTag: true })
    }
  }
  for (const [name, { color, isTag }] of labels) {
    const asked = controls.filter(
      (each) => each.isPerRegion && (each.labels === null || each.labels.includes(name)),
    )
    tally.describe({
      name,
      ...(color && /^#[0-9a-f]{6}$/i.test(color) ? { color: color.toLowerCase() } : {}),
      ...(isTag ? { type: 'tag' } : {}),
      attributes: isTag ? [] : asked.map((control) => attributeOf(control, name)),
    })
  }
}

type Described = Pick<AttributeSpec, 'name'> & Partial<AttributeSpec>

function attributeOf({ tag, name, choices, range }: Control, label: string): Described {
  const own = ` (${label})`
  const plain = name.endsWith(own) ? name.slice(0, -own.length) : name
  const [min = '0', max = '100', step = '1'] = range
  if (tag === 'Number') return ofType(plain, 'number', [min, max, step], min)
  if (tag === 'Rating') return ofType(plain, 'number', ['0', '5', '1'], '0')
  if (tag === 'TextArea') return ofType(plain, 'text', [], '')
  const isTick = choices.join() === 'false,true' || choices.join() === 'true,false'
  if (isTick) return ofType(plain, 'checkbox', ['false', 'true'], 'false')
  return ofType(plain, 'select', choices, choices[0] ?? '')
}

function ofType(name: string, inputType: InputType, values: string[], start: string): Described {
  return { name, inputType, values, defaultValue: start, mutable: false }
}
