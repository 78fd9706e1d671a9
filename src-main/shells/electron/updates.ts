import { app } from 'electron'
import type { Core } from '#main/core/core.ts'

/** The setting that must be true. Off by default: Fieldmark asks the network for nothing by itself. */
const SETTING = 'autoUpdate'

/** Look for a newer release and install it at the next quit; packed apps only. An update that fails changes nothing. */
export function startUpdates(core: Core): void {
  if (!app.isPackaged) return
  core.client.app
    .getSettings()
    .then(async (settings) => {
      if (settings[SETTING] !== true) return
      const { default: updater } = await import('electron-updater')
      await updater.autoUpdater.checkForUpdatesAndNotify()
    })
    .catch(() => {
      // Offline, or no release server: the app that runs is the app there is.
    })
}
