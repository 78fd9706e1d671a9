import { navigate } from 'wouter/use-browser-location'
import { openFiles, openFolder } from '#renderer/features/files/open-media.ts'
import { openSample } from '#renderer/features/files/open-paths.ts'
import { type Action, allActions } from '#renderer/state/actions.ts'
import { openDialog, toggleDialog } from '#renderer/state/dialogs.ts'
import { setSettings } from '#renderer/state/settings.ts'
import { openPalette } from './palette/store.ts'

/** True on the annotation screen, whose own settings are then what people look for. */
function isAnnotating(): boolean {
  return allActions().some(({ scope }) => scope === 'workspace')
}

/** The verbs that work everywhere. Their names and hints are in the locale file `common` under `action-<id>`. */
export const appActions: readonly Action[] = [
  {
    id: 'app.palette',
    group: 'general',
    keys: ['Ctrl+K', 'Ctrl+Shift+P'],
    scope: 'app',
    whileTyping: true,
    run: openPalette,
  },
  {
    id: 'app.keys',
    group: 'general',
    keys: ['F1'],
    scope: 'app',
    whileTyping: true,
    run: () => toggleDialog({ kind: 'keys' }),
  },
  {
    id: 'app.settings',
    group: 'general',
    keys: ['F2'],
    scope: 'app',
    whileTyping: true,
    run: () => toggleDialog({ kind: 'settings', ...(isAnnotating() && { tab: 'workspace' }) }),
  },
  {
    id: 'app.workspace-settings',
    group: 'general',
    keys: ['F3'],
    scope: 'app',
    whileTyping: true,
    run: () => toggleDialog({ kind: 'settings', tab: 'workspace' }),
  },
  { id: 'app.open-folder', group: 'files', keys: ['Ctrl+O'], scope: 'app', run: openFolder },
  { id: 'app.open-files', group: 'files', keys: ['Ctrl+Shift+O'], scope: 'app', run: openFiles },
  {
    id: 'app.new-task',
    group: 'files',
    keys: [],
    scope: 'app',
    run: () => openDialog({ kind: 'create-task' }),
  },
  {
    id: 'app.new-project',
    group: 'files',
    keys: [],
    scope: 'app',
    run: () => openDialog({ kind: 'create-project' }),
  },
  { id: 'app.sample', group: 'files', keys: [], scope: 'app', run: openSample },
  { id: 'app.go-start', group: 'view', keys: [], scope: 'app', run: () => navigate('/') },
  { id: 'app.go-tasks', group: 'view', keys: [], scope: 'app', run: () => navigate('/tasks') },
  {
    id: 'app.go-projects',
    group: 'view',
    keys: [],
    scope: 'app',
    run: () => navigate('/projects'),
  },
  {
    id: 'app.go-requests',
    group: 'view',
    keys: [],
    scope: 'app',
    run: () => navigate('/requests'),
  },
  { id: 'app.go-models', group: 'view', keys: [], scope: 'app', run: () => navigate('/models') },
  {
    id: 'app.add-model',
    group: 'files',
    keys: [],
    scope: 'app',
    run: () => openDialog({ kind: 'add-model' }),
  },
  {
    id: 'app.connect-nuclio',
    group: 'files',
    keys: [],
    scope: 'app',
    run: () => openDialog({ kind: 'connection', connection: null }),
  },
  {
    id: 'app.theme-light',
    group: 'view',
    keys: [],
    scope: 'app',
    run: () => setSettings({ theme: 'light' }),
  },
  {
    id: 'app.theme-dark',
    group: 'view',
    keys: [],
    scope: 'app',
    run: () => setSettings({ theme: 'dark' }),
  },
  {
    id: 'app.theme-auto',
    group: 'view',
    keys: [],
    scope: 'app',
    run: () => setSettings({ theme: 'auto' }),
  },
]
