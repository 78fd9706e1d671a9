import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** Every `resources/locales/en/<namespace>.json` is found by its name; another language is another folder. */
const files = import.meta.glob<Record<string, string>>('../../resources/locales/en/*.json', {
  eager: true,
  import: 'default',
})

const en = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]),
)

/** Start i18next before the first render: texts are in the bundle, so there is nothing to wait for. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: { en },
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(en),
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
