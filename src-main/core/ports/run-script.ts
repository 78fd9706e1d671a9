/**
 * Run a script in a process of its own and wait for its end, however it ends: what may crash the process it runs in is tried
 * there. Nothing it prints is seen; what it has to say it writes to a file. Never throws.
 */
export type RunScript = (
  script: string,
  args: readonly string[],
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<void>
