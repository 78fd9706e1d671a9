/** Chromium cannot load a scheme it does not know, so `app://fieldmark/x` is shown at this https origin instead. */
const PAGE = 'https://fieldmark.app-scheme.test'
const APP = 'app://fieldmark'

export const toPageUrl = (url: string) => (url.startsWith(APP) ? PAGE + url.slice(APP.length) : url)
export const toAppUrl = (url: string) => (url.startsWith(PAGE) ? APP + url.slice(PAGE.length) : url)
