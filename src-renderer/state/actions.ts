/**
 * An action is one verb of the user. Menus, shortcuts, tooltips, the palette and the F1 sheet are all generated from
 * the registered actions, so none of them can disagree. `features/*` and `workspace/actions/*` define them.
 */
export interface Action {
  /** Stable, dotted: `shape.delete`, `player.next`. Also its key in the locale file `actions`. */
  readonly id: string
  readonly group: 'general' | 'player' | 'modes' | 'image' | 'objects' | 'view' | 'files'
  /** CVAT's defaults, e.g. `['Ctrl+Z']`, `['Q', '/']`, chords `['T+L']`, `['Shift+B+=']`. `Ctrl` means Cmd on macOS. */
  readonly keys: readonly string[]
  /** Where it applies; the keys of actions out of scope do nothing. */
  readonly scope: 'app' | 'workspace'
  /** Tabler icon name for palette and menus, optional. */
  readonly icon?: string
  canRun?(): boolean
  run(): void | Promise<void>
}
