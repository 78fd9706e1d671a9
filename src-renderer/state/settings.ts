import { create } from 'zustand'
import { client } from './client.ts'
import { parseSettings, type Settings } from './settings-schema.ts'

export { defaultSettings, type Settings } from './settings-schema.ts'

const STORAGE_KEY = 'fieldmark.settings'
const SAVE_AFTER_MS = 300

interface SettingsStore extends Settings {
  set(change: Partial<Settings>): void
}

let pending: Partial<Settings> = {}
let isSaving = false

/** The person's settings: there at the first paint from localStorage, kept by the core. */
export const useSettings = create<SettingsStore>((set, get) => ({
  ...readLocal(),
  set: (change) => {
    set(change)
    writeLocal(parseSettings(get()))
    pending = { ...pending, ...change }
    if (isSaving) return
    isSaving = true
    setTimeout(() => void saveSettings(), SAVE_AFTER_MS)
  },
}))

/** Change settings from anywhere. */
export function setSettings(change: Partial<Settings>): void {
  useSettings.getState().set(change)
}

/** Take the core's copy as the truth (another window or the CLI may have changed it). Call once at boot. */
export async function loadSettings(): Promise<void> {
  const stored = await client.app.getSettings()
  const merged = parseSettings({ ...readLocal(), ...stored, ...pending })
  useSettings.setState(merged)
  writeLocal(merged)
}

async function saveSettings(): Promise<void> {
  isSaving = false
  const change = pending
  pending = {}
  try {
    await client.app.setSettings(change)
  } catch {
    // The core is away: localStorage has it; the next change carries these along.
    pending = { ...change, ...pending }
  }
}

function readLocal(): Settings {
  try {
    return parseSettings(JSON.parse(globalThis.localStorage?.getItem(STORAGE_KEY) ?? '{}'))
  } catch {
    // Damaged or blocked storage is no reason not to start.
    return parseSettings({})
  }
}

function writeLocal(settings: Settings): void {
  try {
    globalThis.localStorage?.setItem(STORAGE_KEY, JSON.stringify(settings))
  } catch {
    // Storage full or blocked: the core keeps them.
  }
}
