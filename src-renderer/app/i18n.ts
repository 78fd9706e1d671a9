import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setCapNames } from '#renderer/state/hotkeys.ts'
import { bestLanguage, type Language } from '#renderer/state/languages.ts'
import { type Settings, useSettings } from '#renderer/state/settings.ts'
import { setFormatLanguage } from '#renderer/ui/format.ts'

type Files = Readonly<Record<string, object>>

/** Every `resources/locales/en/<namespace>.json` is found by its name; another language is another folder and chunk. */
const en: Files = import.meta.glob<object>('../../resources/locales/en/*.json', {
  eager: true,
  import: 'default',
})

const others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ files: Files }>>> = {
  de: () => import('./catalogues/de.ts'),
  fr: () => import('./catalogues/fr.ts'),
  es: () => import('./catalogues/es.ts'),
  'zh-CN': () => import('./catalogues/zh-CN.ts'),
}

/**
 * Start i18next before the first render: English is in the bundle, another language is fetched first, so that no text
 * changes under the eye. Afterwards the setting decides, from wherever it is changed.
 */
export async function startI18n(): Promise<void> {
  const english = namespaces(en)
  void i18next.use(initReactI18next).init({
    resources: { en: english },
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(english),
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  useSettings.subscribe((now, before) => {
    if (now.language !== before.language) void speak(wantedLanguage(now.language))
  })
  await speak(wantedLanguage(useSettings.getState().language))
}

function wantedLanguage(setting: Settings['language']): Language {
  return setting === 'auto' ? bestLanguage(navigator.languages) : setting
}

/** Show everything in a language. When its catalogue cannot be had (the core is away), what is shown stays. */
async function speak(language: Language): Promise<void> {
  try {
    if (language !== 'en' && !i18next.hasResourceBundle(language, 'common')) {
      const { files } = await others[language]()
      for (const [namespace, texts] of Object.entries(namespaces(files)))
        i18next.addResourceBundle(language, namespace, texts)
    }
  } catch {
    return
  }
  // Chosen again while it was on its way: the newest choice wins.
  if (language !== wantedLanguage(useSettings.getState().language)) return
  setFormatLanguage(language)
  document.documentElement.lang = language
  setCapNames({ ...capsOf('en'), ...capsOf(language) })
  await i18next.changeLanguage(language)
}

function capsOf(language: Language): Record<string, string> {
  return i18next.getResource(language, 'common', 'cap') ?? {}
}

function namespaces(files: Files): Record<string, object> {
  return Object.fromEntries(
    Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]),
  )
}
