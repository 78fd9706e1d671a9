// `npm run locales`: what each catalogue of resources/locales lacks, and has too much, against the English one; puts its
// keys into English order. `--check` writes nothing and fails when something is missing, superfluous or misplaced.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../resources/locales', import.meta.url))
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Languages beside English, by their folders. */
export function languages() {
  return readdirSync(folder).filter((name) => name !== 'en')
}

export function namespaces() {
  return readdirSync(join(folder, 'en')).filter((name) => name.endsWith('.json'))
}

export function readTexts(language, namespace) {
  const path = join(folder, language, namespace)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** `{a: {b: 'x'}}` as `[['a.b', 'x']]`, in order. */
export function flat(texts, prefix = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  )
}

/**
 * The keys a catalogue must have: English's, with the plural forms of its own language (French has three, Chinese one).
 * `_zero` is i18next's own form for nothing at all; who has it in English has it everywhere.
 * @returns key to the English text it stands for
 */
export function wantedKeys(english, language) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const ordered = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) =>
    forms.includes(form),
  )
  const texts = new Map(flat(english))
  const wanted = new Map()
  for (const [key, text] of texts) {
    const form = PLURAL.exec(key)?.[1]
    if (!form || form === 'zero') wanted.set(key, text)
    else if (form === 'other')
      for (const own of ordered) {
        const formKey = key.replace(PLURAL, `_${own}`)
        wanted.set(formKey, texts.get(formKey) ?? text)
      }
  }
  return wanted
}

/** The `{{names}}` of a text, sorted. A form for one may say it in a word instead of `{{count}}`. */
export function placeholders(text) {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort()
}

/** What is wrong with a catalogue file, as sentences. */
export function problemsOf(language, namespace) {
  const wanted = wantedKeys(readTexts('en', namespace), language)
  const own = new Map(flat(readTexts(language, namespace)))
  const missing = [...wanted.keys()].filter((key) => !own.has(key)).map((key) => `lacks ${key}`)
  const extra = [...own.keys()]
    .filter((key) => !wanted.has(key))
    .map((key) => `has no use for ${key}`)
  const wrong = [...own].flatMap(([key, text]) => {
    const english = wanted.get(key)
    if (english === undefined) return []
    if (text.trim() === '' && english.trim() !== '') return [`is empty at ${key}`]
    const [ours, theirs] = [placeholders(text), placeholders(english)]
    const isOne = /_(zero|one)$/.test(key)
    const need = isOne ? theirs.filter((name) => name !== 'count' && name !== 'formatted') : theirs
    const fits =
      need.every((name) => ours.includes(name)) && ours.every((name) => theirs.includes(name))
    return fits ? [] : [`has {{${ours}}} at ${key}, English has {{${theirs}}}`]
  })
  return [...missing, ...extra, ...wrong]
}

/** A catalogue in English order, what English lacks at the end. */
function sorted(english, own, language) {
  const order = [...wantedKeys(english, language).keys()]
  const at = new Map(order.map((key, index) => [key, index]))
  const entries = flat(own).sort(([a], [b]) => (at.get(a) ?? 1e9) - (at.get(b) ?? 1e9))
  const result = {}
  for (const [key, text] of entries) put(result, key.split('.'), text)
  return result
}

function put(into, [head, ...rest], text) {
  if (rest.length === 0) into[head] = text
  else {
    into[head] ??= {}
    put(into[head], rest, text)
  }
}

function main() {
  const isCheck = process.argv.includes('--check')
  let count = 0
  for (const language of languages())
    for (const namespace of namespaces()) {
      const path = join(folder, language, namespace)
      for (const problem of problemsOf(language, namespace)) {
        count += 1
        console.log(`${language}/${namespace} ${problem}`)
      }
      if (!existsSync(path)) continue
      const before = readFileSync(path, 'utf8')
      const own = readTexts(language, namespace)
      const text = `${JSON.stringify(sorted(readTexts('en', namespace), own, language), null, 2)}\n`
      if (text === before) continue
      if (isCheck) {
        count += 1
        console.log(`${language}/${namespace} is not in English order: npm run locales`)
      } else writeFileSync(path, text)
    }
  console.log(count === 0 ? 'Every catalogue is complete.' : `${count} to mend.`)
  if (isCheck && count > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
