/** Languages with a catalogue in `resources/locales`, English first: it is complete and stands in for what others lack. */
export const languages = ['en', 'de', 'fr', 'es', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** As their speakers call them; these are not translated. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  'zh-CN': '简体中文',
}

/**
 * The first of the wanted languages (as `navigator.languages` lists them, BCP 47) that there is a catalogue for, by its
 * whole tag, else by its language: `de-AT` is `de`. Chinese in any script is `zh-CN`, the only one there is.
 */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const whole = languages.find((known) => known.toLowerCase() === tag.toLowerCase())
    const base = tag.toLowerCase().split('-')[0]
    const found = whole ?? languages.find((known) => known.split('-')[0] === base)
    if (found) return found
  }
  return 'en'
}
