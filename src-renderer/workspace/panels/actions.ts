import type { Action } from '#renderer/state/actions.ts'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Bench, BenchState } from '../bench/bench.ts'
import { hasContextImages } from '../context-images/related.ts'

/** Which panels are shown, and where. */
export function panelActions(bench: Bench): Action[] {
  const view = (
    id: string,
    keys: readonly string[],
    run: () => void,
    canRun?: () => boolean,
  ): Action => ({
    id: `view.${id}`,
    group: 'view',
    keys,
    scope: 'workspace',
    ...(canRun && { canRun }),
    run,
  })
  const hasContext = () => hasContextImages(bench.taskId)
  return [
    view('side-bar-side', [], () =>
      setPanels(({ sideBar }) => ({ sideBar: sideBar === 'right' ? 'left' : 'right' })),
    ),
    view('strip', ['Alt+B'], () => setPanels(({ strip }) => ({ strip: !strip }))),
    view('gallery', ['Ctrl+G'], () => toggleGallery(bench, 'frames')),
    view('gallery-objects', ['Ctrl+Shift+G'], () => toggleGallery(bench, 'objects')),
    view('context-images', ['Alt+C'], toggleContextImages, hasContext),
    view('context-images-place', [], () => setPanels(moved), hasContext),
  ]
}

type Panels = Settings['panels']

function setPanels(change: (panels: Panels) => Partial<Panels>): void {
  const { panels } = useSettings.getState()
  setSettings({ panels: { ...panels, ...change(panels) } })
}

function moved({ contextImages }: Panels): Partial<Panels> {
  return { contextImages: contextImages === 'docked' ? 'floating' : 'docked' }
}

function toggleContextImages(): void {
  setPanels(({ contextImages }) => ({
    contextImages: contextImages === 'hidden' ? 'docked' : 'hidden',
  }))
}

function toggleGallery(bench: Bench, which: NonNullable<BenchState['gallery']>): void {
  const { gallery } = bench.ui.getState()
  bench.ui.setState({ gallery: gallery === which ? null : which })
}
