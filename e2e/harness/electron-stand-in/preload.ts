import { readFileSync } from 'node:fs'

/** Runs in the page before its own scripts, around the shell's real preload: the `electron` that a preload can require. */
const surroundings = `
  const listeners = new Map()
  globalThis.__standInDeliver = (channel, args) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
  }
  const ipcRenderer = {
    invoke: async (channel, ...args) => {
      const { error, value } = await globalThis.__standInAsk(channel, args)
      if (error) throw new Error(error)
      return value
    },
    send: (channel, ...args) => void globalThis.__standInTell(channel, args),
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((other) => other !== listener))
      return ipcRenderer
    },
  }
  const contextBridge = {
    exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: Object.freeze(api) }),
  }
  const electron = { ipcRenderer, contextBridge, webUtils: { getPathForFile: () => '' } }
  const require = (name) => {
    if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name)
    return electron
  }`

/** Only the main frame gets a preload. `process`, `module` and the rest of Node are not there: a sandboxed one has none. */
export function preloadScript(path: string): string {
  const code = readFileSync(path, 'utf8')
  return `if (window === window.top) (() => {${surroundings}
    ;((module, exports) => {
${code}
    })({}, {})
  })()`
}
