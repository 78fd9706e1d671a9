/** Words that YAML 1.1, which training tools read, takes for truth values and nothing. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i
/** Texts that need no quotes: nothing in them means something to YAML. */
const PLAIN = /^[A-Za-z_](?:[\w .-]*[\w.-])?$/

/** A text as a scalar of YAML 1.1, in quotes wherever it could be taken for anything else. */
export function yamlText(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text)
}
