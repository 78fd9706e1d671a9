import type { ImportPreview, PreviewLabel } from '#shared/domain/import-preview.ts'
import { counted } from './table.ts'

const NAMED = 20

/** What an import would do, in lines a person reads. */
export function previewText(preview: ImportPreview): string {
  const { format, alternatives, frames, notes, replaced, merged } = preview
  const others = alternatives.length > 0 ? ` (or ${alternatives.join(', ')})` : ''
  const lines = [`Format: ${format}${others}`, 'Labels:', ...preview.labels.map(labelLine)]
  lines.push(
    `Frames: ${frames.matched} have annotations in it, ${frames.unmatchedCount} of its items are not here.`,
  )
  lines.push(...frames.unmatched.slice(0, NAMED).map((name) => `  No frame for ${name}`))
  if (frames.unmatchedCount > NAMED) lines.push(`  … and ${frames.unmatchedCount - NAMED} more`)
  lines.push(`Would add: ${addedText(preview)}.`)
  if (replaced > 0) lines.push(`Would take the place of ${counted(replaced, 'annotation')}.`)
  if (merged > 0) lines.push(`Here already: ${counted(merged, 'annotation')}.`)
  return [...lines, ...notes].join('\n')
}

const STATES: Readonly<Record<PreviewLabel['state'], (label: PreviewLabel) => string>> = {
  here: () => 'is here',
  mapped: ({ target }) => `becomes "${target}"`,
  created: () => 'will be made',
  'left-out': () => 'is left out',
  unknown: ({ suggestion }) =>
    suggestion === null ? 'is not here' : `is not here; did you mean "${suggestion}"?`,
}

function labelLine(label: PreviewLabel): string {
  const { name, parent, count, state, attributes } = label
  const indent = parent === null ? '  ' : '    '
  const misfits = attributes.map(({ name: attribute, problem, example }) => {
    const why = problem === 'missing' ? 'is not here' : 'cannot have all of its values'
    return `\n${indent}  attribute "${attribute}" ${why} (such as "${example}")`
  })
  return `${indent}"${name}", ${counted(count, 'object')}: ${STATES[state](label)}${misfits.join('')}`
}

function addedText({ added: { tags, tracks, shapes } }: ImportPreview): string {
  const parts = Object.entries(shapes).map(([type, count]) => `${count} ${type}`)
  if (tracks > 0) parts.push(counted(tracks, 'track'))
  if (tags > 0) parts.push(counted(tags, 'tag'))
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}
