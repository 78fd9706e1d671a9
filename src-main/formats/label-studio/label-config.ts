/** The labeling interface of a project, which Label Studio wants before it takes the tasks. */
import type { Label } from '#shared/domain/label.ts'
import {
  type AttributeControl,
  type AttributeControls,
  DRAWING_CONTROLS,
  type DrawingType,
  IMAGE,
  TAGS,
  VIDEO,
  VIDEO_BOX,
  VIDEO_LABELS,
} from './controls.ts'

/** Which labels were drawn with which control: those must be there, whatever types they allow. */
export class UsedLabels {
  readonly #used = new Map<string, Set<string>>()

  add(control: string, label: string): void {
    const labels = this.#used.get(control) ?? new Set()
    this.#used.set(control, labels.add(label))
  }

  has(control: string, label: string): boolean {
    return this.#used.get(control)?.has(label) === true
  }
}

/** With what a label's shapes are drawn, by the type it is restricted to. */
const TYPES: Readonly<Record<Label['type'], readonly (DrawingType | 'tag')[]>> = {
  any: [...(Object.keys(DRAWING_CONTROLS) as DrawingType[]), 'tag'],
  rectangle: ['rectanglelabels'],
  polygon: ['polygonlabels'],
  polyline: ['polygonlabels'],
  points: ['keypointlabels'],
  ellipse: ['ellipselabels'],
  cuboid: ['polygonlabels'],
  mask: ['brushlabels'],
  skeleton: ['rectanglelabels'],
  tag: ['tag'],
}

export function imageConfig(
  labels: readonly Label[],
  attributes: AttributeControls,
  used: UsedLabels,
): string {
  const lines = [`  <Image name="${IMAGE}" value="$image" zoom="true" zoomControl="true"/>`]
  for (const [type, { tag, name }] of Object.entries(DRAWING_CONTROLS)) {
    const own = labels.filter(
      (label) => TYPES[label.type].includes(type as DrawingType) || used.has(name, label.name),
    )
    const joints = labels.flatMap(({ sublabels }) => sublabels)
    const all = type === 'keypointlabels' ? [...own, ...joints] : own
    lines.push(...drawingControl(tag, name, IMAGE, all))
  }
  const tags = labels.filter(
    ({ type, name }) => TYPES[type].includes('tag') || used.has(TAGS, name),
  )
  if (tags.length > 0) {
    lines.push(
      `  <Choices name="${TAGS}" toName="${IMAGE}" choice="multiple">`,
      ...tags.map(({ name }) => `    <Choice value="${escaped(name)}"/>`),
      '  </Choices>',
    )
  }
  lines.push(...attributes.all().flatMap((each) => attributeControl(each, IMAGE)))
  return config(lines)
}

export function videoConfig(labels: readonly Label[], attributes: AttributeControls): string {
  return config([
    `  <Video name="${VIDEO}" value="$video"/>`,
    `  <VideoRectangle name="${VIDEO_BOX}" toName="${VIDEO}"/>`,
    ...drawingControl('Labels', VIDEO_LABELS, VIDEO, labels),
    ...attributes.all().flatMap((each) => attributeControl(each, VIDEO)),
  ])
}

function config(lines: readonly string[]): string {
  return `<View>\n${lines.join('\n')}\n</View>\n`
}

function drawingControl(
  tag: string,
  name: string,
  toName: string,
  labels: readonly { readonly name: string; readonly color: string }[],
): string[] {
  const byName = new Map(labels.map((label) => [label.name, label]))
  if (byName.size === 0) return []
  return [
    `  <${tag} name="${name}" toName="${toName}">`,
    ...[...byName.values()].map(
      (label) => `    <Label value="${escaped(label.name)}" background="${label.color}"/>`,
    ),
    `  </${tag}>`,
  ]
}

function attributeControl({ name, spec, labels }: AttributeControl, toName: string): string[] {
  // A list of names with commas between cannot hold a name with one.
  const when = labels.some((label) => label.includes(','))
    ? ''
    : ` whenLabelValue="${escaped(labels.join(','))}"`
  const head = `name="${escaped(name)}" toName="${toName}" perRegion="true" visibleWhen="region-selected"${when}`
  switch (spec.inputType) {
    case 'text':
      return [`  <TextArea ${head} maxSubmissions="1" editable="true"/>`]
    case 'number': {
      const [min = '0', max = '100', step = '1'] = spec.values
      return [
        `  <Number ${head} min="${escaped(min)}" max="${escaped(max)}" step="${escaped(step)}"/>`,
      ]
    }
    default:
      return [
        `  <Choices ${head} choice="single">`,
        ...spec.values.map((value) => `    <Choice value="${escaped(value)}"/>`),
        '  </Choices>',
      ]
  }
}

function escaped(text: string): string {
  const plain = text.replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '')
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
