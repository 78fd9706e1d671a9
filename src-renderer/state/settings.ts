import { create } from 'zustand'
import { client } from './client.ts'
import { parseSettings, type Settings } from './settings-schema.ts'

export { defaultSettings, type Settings } from './settings-schema.ts'

const STORAGE_KEY = 'fieldmark.settings'
/** What the core has not got yet: a page closed right after a change would lose it, the core's copy being the truth. */
const UNSAVED_KEY = 'fieldmark.settings.unsaved'
const SAVE_AFTER_MS = 300

interface SettingsStore extends Settings {
  set(change: Partial<Settings>): void
}

let pending: Partial<Settings> = readUnsaved()
let isSaving = false

/** The person's settings: there at the first paint from localStorage, kept by the core. */
export const useSettings = create<SettingsStore>((set, get) => ({
  ...readLocal(),
  set: (change) => {
    set(change)
    writeLocal(parseSettings(get()))
    keepPending({ ...pending, ...change })
    saveSoon()
  },
}))

function saveSoon(): void {
  if (isSaving) return
  isSaving = true
  setTimeout(() => void saveSettings(), SAVE_AFTER_MS)
}

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
  if (Object.keys(pending).length > 0) saveSoon()
}

async function saveSettings(): Promise<void> {
  isSaving = false
  const change = pending
  pending = {}
  try {
    await client.app.setSettings(change)
    keepPending(pending)
  } catch {
    // The core is away: localStorage has it; the next change carries these along.
    keepPending({ ...change, ...pending })
  }
}

function keepPending(change: Partial<Settings>): void {
  pending = change
  try {
    if (Object.keys(change).length === 0) globalThis.localStorage?.removeItem(UNSAVED_KEY)
    else globalThis.localStorage?.setItem(UNSAVED_KEY, JSON.stringify(change))
  } catch {
    // Storage full or blocked: the core hears of them in a moment all the same.
  }
}

function readUnsaved(): Partial<Settings> {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(UNSAVED_KEY) ?? '{}') as Partial<Settings>
  } catch {
    return {}
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
