/** The whole IPC between page and shell. Everything else goes through the handler, like in the web shell. */
export const channels = {
  /** page asks: (verb, argument) */
  ask: 'fieldmark:ask',
  /** page tells: somebody listens to openPaths now */
  listening: 'fieldmark:listening',
  /** shell tells: (paths) */
  openPaths: 'fieldmark:open-paths',
} as const
