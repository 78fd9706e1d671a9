import 'i18next'
import type actions from '#resources/locales/en/actions.json'
import type ai from '#resources/locales/en/ai.json'
import type filter from '#resources/locales/en/filter.json'
import type frames from '#resources/locales/en/frames.json'
import type history from '#resources/locales/en/history.json'
import type masks from '#resources/locales/en/masks.json'
import type operations from '#resources/locales/en/operations.json'
import type timeline from '#resources/locales/en/timeline.json'
import type workspace from '#resources/locales/en/workspace.json'

/** The namespaces of the annotation screen, beside the app's own. */
declare module 'i18next' {
  interface ResourceNamespaceMap {
    actions: typeof actions
    ai: typeof ai
    filter: typeof filter
    frames: typeof frames
    history: typeof history
    masks: typeof masks
    operations: typeof operations
    timeline: typeof timeline
    workspace: typeof workspace
  }
}
