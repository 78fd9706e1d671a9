import type { KeyPreset } from './preset.ts'

/**
 * labelImg's keys. @see README.rst, "Hotkeys", of HumanSignal/labelImg. The arrows move shapes, so searching frames has
 * them with Ctrl; Space verifies a picture, so playing has P; W draws a box,
 * so the magic wand has X.
 */
export const labelImg: KeyPreset = {
  name: 'labelImg',
  keys: {
    'app.open-folder': ['Ctrl+U'],
    'player.next': ['D'],
    'player.previous': ['A'],
    'player.play': ['P'],
    'player.search-next': ['Ctrl+Right'],
    'player.search-previous': ['Ctrl+Left'],
    'frame.check': ['Space'],
    'image.zoom-in': ['Ctrl++', 'Ctrl+='],
    'image.zoom-out': ['Ctrl+-'],
    'image.fit': ['Ctrl+F'],
    'view.filter': ['Ctrl+Shift+F'],
    'modes.rectangle': ['W'],
    'modes.interact': ['X'],
    'modes.select': ['Ctrl+J'],
    'objects.duplicate': ['Ctrl+D'],
    'objects.hide-all': ['Ctrl+H', 'T+H'],
    'objects.nudge-left': ['Left', 'Alt+Left'],
    'objects.nudge-right': ['Right', 'Alt+Right'],
    'objects.nudge-up': ['Up', 'Alt+Up'],
    'objects.nudge-down': ['Down', 'Alt+Down'],
  },
}
