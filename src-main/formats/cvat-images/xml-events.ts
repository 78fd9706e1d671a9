import { SaxesParser } from 'saxes'
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { XmlAttributes } from './geometry.ts'

export interface XmlEvents {
  open(name: string, attributes: XmlAttributes, refuse: Refuse): void
  text(text: string): void
  comment?(text: string): void
  close(name: string, refuse: Refuse): void
}

/** Refuse the file at the line now being read. */
export type Refuse = (problem: string) => never

/** One attribute or text larger than this is no annotation; a mask of a whole 8K picture stays far below. */
const LARGEST_VALUE = 2 ** 26
const DEEPEST = 100

export interface XmlReader {
  write(piece: string): void
  end(): void
}

/**
 * A streaming XML reader that takes well-formed XML and nothing that could expand: a DOCTYPE ends it.
 * @throws DATASET_INVALID from `write` and `end`, naming the line
 */
export function createXmlReader(input: DatasetInput, entry: string, events: XmlEvents): XmlReader {
  const parser = new SaxesParser({ xmlns: false })
  let depth = 0
  let sinceEvent = 0
  const refuse: Refuse = (problem) => {
    const inside = entry === input.file ? '' : `${entry}, `
    const where = `${inside}line ${parser.line}`
    throw new AppError('DATASET_INVALID', { file: input.file, where, problem })
  }
  parser.on('doctype', () => refuse('XML entities are not allowed: remove the DOCTYPE'))
  parser.on('error', (error) => refuse(reason(error)))
  parser.on('opentag', ({ name, attributes }) => {
    sinceEvent = 0
    if (++depth > DEEPEST) refuse(`elements are nested more than ${DEEPEST} deep`)
    events.open(name, attributes, refuse)
  })
  parser.on('text', (text) => {
    sinceEvent = 0
    events.text(text)
  })
  if (events.comment) parser.on('comment', (text) => events.comment?.(text))
  parser.on('closetag', ({ name }) => {
    sinceEvent = 0
    depth--
    events.close(name, refuse)
  })
  return {
    write(piece) {
      sinceEvent += piece.length
      if (sinceEvent > LARGEST_VALUE) refuse('one value is larger than 64 million characters')
      parser.write(piece)
    },
    end: () => void parser.close(),
  }
}

/** saxes says `3:14: unclosed tag: box.`; the place is told already. */
function reason(error: Error): string {
  if (/undefined entity|DTD|DOCTYPE/i.test(error.message)) return 'XML entities are not allowed'
  return error.message.replace(/^(?:\S*?:)?\d+:\d+:\s*/, '').replace(/\.$/, '')
}
