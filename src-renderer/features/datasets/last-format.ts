const KEY = 'fieldmark.last-format'

/** The format used last on this machine; '' the first time. */
export function lastFormat(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    // Storage is blocked: the first format of the list is offered.
    return ''
  }
}

export function rememberFormat(name: string): void {
  try {
    localStorage.setItem(KEY, name)
  } catch {
    // Storage is full or blocked: choosing once more is no harm.
  }
}
