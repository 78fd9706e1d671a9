import type { KeyPreset } from './preset.ts'

/** X-AnyLabeling's keys. @see anylabeling/configs/xanylabeling_config.yaml of CVHub520/X-AnyLabeling. */
export const xAnyLabeling: KeyPreset = {
  name: 'X-AnyLabeling',
  keys: {
    'app.open-folder': ['Ctrl+U'],
    'app.open-files': ['Ctrl+I'],
    'files.import': ['Ctrl+Alt+I'],
    'player.next': ['D'],
    'player.previous': ['A'],
    'image.zoom-in': ['Ctrl++', 'Ctrl+='],
    'image.zoom-out': ['Ctrl+-'],
    'image.zoom-full': ['Ctrl+0'],
    'image.fit': ['Ctrl+F'],
    'view.filter': ['Ctrl+Shift+F'],
    'image.rotate': ['Ctrl+Alt+R'],
    'image.rotate-back': ['Ctrl+Alt+Shift+R'],
    'modes.polygon': ['P', 'Ctrl+N'],
    'modes.rectangle': ['R', 'Ctrl+R'],
    'modes.select': ['Ctrl+J'],
    'modes.reset-group': ['U', 'Shift+G'],
    'objects.next-keyframe': ['Shift+R'],
    'objects.previous-keyframe': ['Shift+E'],
    'objects.first-keyframe': ['Shift+Alt+E'],
    'objects.last-keyframe': ['Shift+Alt+R'],
    'objects.duplicate': ['Ctrl+D'],
    'objects.hide': ['S', 'H'],
    'objects.hide-all': ['W', 'Ctrl+H', 'T+H'],
    'objects.union': ['Ctrl+Shift+M'],
    'objects.label-0': ['Alt+0'],
  },
}
