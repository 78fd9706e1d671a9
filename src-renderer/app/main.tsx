import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import '#renderer/ui/global.css'
import { createRoot } from 'react-dom/client'
import { openPaths } from '#renderer/features/files/open-paths.ts'
import { installHotkeys, registerActions } from '#renderer/state/actions.ts'
import { events } from '#renderer/state/events.ts'
import { connectQueries } from '#renderer/state/queries.ts'
import { loadSettings } from '#renderer/state/settings.ts'
import { desktopShell } from '#renderer/state/shell.ts'
import { appActions } from './actions.ts'
import { App } from './app.tsx'
import { startI18n } from './i18n.ts'

connectQueries()
events.start()
events.pauseWhileHidden(window)
registerActions(appActions)
installHotkeys()
// A double click in the file manager, the menu, the command line.
desktopShell()?.onOpenPaths((paths) => void openPaths(paths))
// When the core cannot be reached yet, the local copy of the settings is good enough.
loadSettings().catch(() => undefined)

const host = document.getElementById('root')
void startI18n().then(() => {
  if (host) createRoot(host).render(<App />)
})
