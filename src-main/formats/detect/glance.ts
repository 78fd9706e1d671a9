import type { DatasetInput } from '#main/core/ports.ts'

/** Enough to see how a JSON or XML file begins, and a few lines of a list. */
const HEAD_CHARACTERS = 2 ** 14
const MOST_HEADS = 8
/** Larger entries are looked at as well: a text is read no farther than its head. */
const TEXT = /\.(?:xml|json|txt|csv|ya?ml|names|data|pbtxt)$/i

/** What a look at an archive tells: all names of its entries, and how a few of its texts begin. */
export interface Glance {
  /** Forward slashes, as they are. */
  readonly names: readonly string[]
  has(name: RegExp): boolean
  /** How the first texts of such names begin, those with the shallowest names first. '' for what is not text. */
  heads(name: RegExp): Promise<string[]>
}

export function glanceAt(input: DatasetInput): Glance {
  const names = input.entries.map(({ name }) => name)
  const known = new Map<string, Promise<string>>()
  const head = (name: string): Promise<string> => {
    const begun = known.get(name) ?? beginning(input, name)
    known.set(name, begun)
    return begun
  }
  return {
    names,
    has: (pattern) => names.some((name) => pattern.test(name)),
    heads(pattern) {
      const fitting = names.filter((name) => TEXT.test(name) && pattern.test(name))
      const chosen = fitting.toSorted((a, b) => depth(a) - depth(b)).slice(0, MOST_HEADS)
      return Promise.all(chosen.map(head))
    },
  }
}

const depth = (name: string): number => name.split('/').length

async function beginning(input: DatasetInput, name: string): Promise<string> {
  let text = ''
  try {
    for await (const piece of input.text(name)) {
      text += piece
      if (text.length >= HEAD_CHARACTERS) break
    }
  } catch {
    // Not text, or damaged: the reader that is chosen by other signs will say so.
  }
  return text.replace(/^\ufeff/, '').slice(0, HEAD_CHARACTERS)
}
