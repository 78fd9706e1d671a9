/** What a backup or a restore has to tell: whole sentences, and things that are counted first. */
export interface Notes {
  say(sentence: string): void
  /** @param what  a plural clause: "objects beyond the last frame were left out" */
  count(what: string, count?: number): void
  list(): string[]
}

const MOST = 200

export function createNotes(): Notes {
  const sentences: string[] = []
  const counts = new Map<string, number>()
  return {
    say(sentence) {
      if (!sentences.includes(sentence)) sentences.push(sentence)
    },
    count(what, count = 1) {
      counts.set(what, (counts.get(what) ?? 0) + count)
    },
    list: () =>
      [...sentences, ...[...counts].map(([what, count]) => `${count} ${what}`)].slice(0, MOST),
  }
}

const NAMED = 20

/** "a.jpg, b.jpg and 3 more" */
export function named(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return names.slice(0, NAMED).join(', ') + more
}
