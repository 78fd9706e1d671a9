let latest = 0

/** Something is being fetched before a tool can be taken. @returns whether it is still wanted when it is there */
export function beginStart(): () => boolean {
  latest += 1
  const mine = latest
  return () => mine === latest
}

/** Escape, or another tool: what was about to be taken is not wanted any more. */
export function forgetStart(): void {
  latest += 1
}
