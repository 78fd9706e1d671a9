import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { XmlTokenizer } from '../common/xml/tokenizer.ts'
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
  let depth = 0
  const refuse: Refuse = (problem) => {
    const inside = entry === input.file ? '' : `${entry}, `
    const where = `${inside}line ${tokenizer.line}`
    throw new AppError('DATASET_INVALID', { file: input.file, where, problem })
  }
  const tokenizer = new XmlTokenizer({
    open(name, attributes) {
      if (++depth > DEEPEST) refuse(`elements are nested more than ${DEEPEST} deep`)
      events.open(name, attributes, refuse)
    },
    text: (text) => events.text(text),
    comment: (text) => events.comment?.(text),
    close(name) {
      depth--
      events.close(name, refuse)
    },
    refuse,
  })
  return {
    write(piece) {
      if (tokenizer.waiting > LARGEST_VALUE) {
        refuse('one value is larger than 64 million characters')
      }
      tokenizer.write(piece)
    },
    end: () => tokenizer.end(),
  }
}
