import { z } from 'zod'

const viewSchema = z.object({
  as: z.enum(['cards', 'table']).catch('cards'),
  sort: z.enum(['updated', 'name', 'progress', 'id']).catch('updated'),
})
/** How the list of tasks is shown; kept on this machine only. */
export type BrowserView = z.infer<typeof viewSchema>

const KEY = 'fieldmark.task-view'

export function loadView(): BrowserView {
  try {
    return viewSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    // Damaged or blocked storage is no reason not to show tasks.
    return { as: 'cards', sort: 'updated' }
  }
}

export function saveView(view: BrowserView): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(view))
  } catch {
    // Storage full or blocked: the view lasts as long as the page.
  }
}
