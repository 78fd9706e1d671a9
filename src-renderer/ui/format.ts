const numbers = new Intl.NumberFormat('en')
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

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
  return numbers.format(value)
}

/** What a sentence with a plural in it takes: the number that chooses the form, and the number as it is read. */
export function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: formatNumber(count) }
}

/** An ISO time as `5 min. ago`; `now` in milliseconds so that tests can say when. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

export function formatDate(iso: string): string {
  return dates.format(new Date(iso))
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
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

/** A share 0 … 1 as whole percent; neither 0 % nor 100 % unless it is exactly that. */
export function formatPercent(share: number): string {
  if (share <= 0) return '0%'
  if (share >= 1) return '100%'
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))}%`
}
