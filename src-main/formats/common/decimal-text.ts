/** Decimal numbers in text, as files write coordinates and runs: millions of them. */

const [BLANK, MINUS, POINT, ZERO, NINE] = [32, 45, 46, 48, 57]
/** Fewer digits than this make a whole number a float holds exactly. */
const MOST_DIGITS = 15
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => 10 ** i)

/**
 * The number that `text` holds from `start` to `end`, blanks around it allowed; NaN for what is not a decimal number:
 * JavaScript would also take '', '0x10' and 'Infinity'. Plain ones (`-12.50`) are read digit by digit, with the same
 * result to the last bit (both whole number and power of ten are exact, so one division rounds once) in a fifth of the time.
 */
export function decimalAt(text: string, start: number, end: number): number {
  let i = start
  while (i < end && text.charCodeAt(i) === BLANK) i++
  const isNegative = text.charCodeAt(i) === MINUS
  if (isNegative) i++
  const first = i
  let whole = 0
  let decimals = -1
  for (; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= ZERO && code <= NINE) {
      whole = whole * 10 + (code - ZERO)
      if (decimals >= 0) decimals++
    } else if (code === POINT && decimals < 0 && i > first) decimals = 0
    else return anyDecimal(text.slice(start, end))
  }
  if (i === first || i - first > MOST_DIGITS) return anyDecimal(text.slice(start, end))
  const value = decimals > 0 ? whole / (POWERS[decimals] ?? 1) : whole
  return isNegative ? -value : value
}

function anyDecimal(text: string): number {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}

/** Numbers with commas between them; NaN for each that is none. */
export function decimalList(text: string): number[] {
  const numbers: number[] = []
  for (let start = 0; start <= text.length; ) {
    const comma = text.indexOf(',', start)
    const end = comma < 0 ? text.length : comma
    numbers.push(decimalAt(text, start, end))
    start = end + 1
  }
  return numbers
}
