const SECONDS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
}

/** A duration as Go writes it (`30s`, `1m30s`, `1.5h`), in seconds; null for what is none. */
export function goSeconds(text: string): number | null {
  const trimmed = text.trim()
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(trimmed)) return null
  let seconds = 0
  for (const [, amount = '0', unit = 's'] of trimmed.matchAll(
    /(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g,
  ))
    seconds += Number(amount) * (SECONDS[unit] ?? 1)
  return seconds
}

/** `24 MB`, as a person reads it; at least `1 kB`. */
export function inMegabytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}
