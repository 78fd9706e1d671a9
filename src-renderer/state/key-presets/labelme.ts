import type { KeyPreset } from './preset.ts'

/**
 * labelme's keys. @see labelme/config/default_config.yaml of wkentaro/labelme. A is the previous frame, so CVAT's D and F
 * make room; Ctrl+R draws, so turning the picture has Ctrl+Alt+R; T hides all, so locking all has Shift+L.
 */
const keys: KeyPreset['keys'] = {
  'app.open-folder': ['Ctrl+U'],
  'app.open-files': ['Ctrl+O'],
  'player.next': ['D', 'Ctrl+Shift+D'],
  'player.previous': ['A', 'Ctrl+Shift+A'],
  'image.zoom-in': ['Ctrl++', 'Ctrl+='],
  'image.zoom-out': ['Ctrl+-'],
  'image.zoom-full': ['Ctrl+0'],
  'image.fit': ['Ctrl+F'],
  'view.filter': ['Ctrl+Shift+F'],
  'image.rotate': ['Ctrl+Alt+R'],
  'image.rotate-back': ['Ctrl+Alt+Shift+R'],
  'modes.polygon': ['Ctrl+N'],
  'modes.rectangle': ['Ctrl+R'],
  'modes.select': ['Ctrl+J'],
  'objects.duplicate': ['Ctrl+D'],
  'objects.hide-all': ['T'],
  'objects.lock-all': ['Shift+L'],
  'view.timeline': ['Alt+T'],
  'objects.label-0': ['Alt+0'],
}

export const labelme: KeyPreset = { name: 'labelme', keys }
