/** Room for any honest name, path or list of losses. */
const LONGEST = 2000
const HEAD = 1400
const TAIL = 500

/** Everything that moves a terminal's cursor or turns text around; line breaks and tabs are harmless. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Text out of somebody's file, as it may stand in a sentence: of a length that can be read, and with nothing in it that a
 * terminal or a page would obey.
 */
export function sayable(text: string): string {
  const seen = shortened(text).replace(
    UNSEEN,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  // What is not seen takes six characters each once it is.
  return shortened(seen)
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text
  return `${text.slice(0, HEAD)} … ${text.slice(text.length - TAIL)}`.toWellFormed()
}
