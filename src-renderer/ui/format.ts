/** Formatters of a language; made once, for making one costs more than a thousand uses. */
function formatsOf(language: string) {
  return {
    numbers: new Intl.NumberFormat(language),
    short: new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }),
    tenths: new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(language, { style: 'percent' }),
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
    dates: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
  }
}

let formats = formatsOf('en')

/** Numbers, dates and times as they are written in this language, from the next one on. */
export function setFormatLanguage(language: string): void {
  formats = formatsOf(language)
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `12345` as `12,345`. */
export function formatNumber(value: number): string {
  return formats.numbers.format(value)
}

/** `12345` as `12.3K`, for where there is no room. */
export function formatShort(value: number): string {
  return formats.short.format(value)
}

/** What a sentence with a plural in it takes: the number that chooses the form, and the number as it is read. */
export function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: formatNumber(count) }
}

/** An ISO time as `5 min. ago`; `now` in milliseconds so that tests can say when. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return formats.relative.format(Math.round(seconds / size), unit)
  }
  return formats.relative.format(0, 'second')
}

export function formatDate(iso: string): string {
  return formats.dates.format(new Date(iso))
}

/** Bytes as `8.1 MB` (powers of 1000, as file managers show them). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  const isSmall = unit > 0 && value < 10
  const text = isSmall ? formats.tenths.format(value) : formats.numbers.format(Math.round(value))
  return `${text} ${units[unit]}`
}

/** Seconds as a player's clock shows them: `0:06`, `1:02:09`. Fractions are cut off. */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** A share 0 … 1 as whole percent; neither 0 % nor 100 % unless it is exactly that. */
export function formatPercent(share: number): string {
  const isAll = share <= 0 || share >= 1
  const percent = isAll ? Math.sign(Math.max(0, share)) : within(share, 0.01, 0.99)
  return formats.percent.format(percent)
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
