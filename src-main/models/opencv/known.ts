import type { FunctionId, FunctionInfo } from '#shared/domain/function.ts'

const common: Omit<FunctionInfo, 'id' | 'kind' | 'name' | 'description'> = {
  provider: 'opencv',
  framework: 'OpenCV',
  labels: [],
  parameters: [],
  prompts: null,
  shapeTypes: [],
  help: '',
  state: 'ready',
  problem: null,
  device: 'CPU',
  speedMs: null,
  remote: false,
}

const id = (name: string) => `opencv/${name}` as FunctionId

/** What OpenCV can do without any weights. */
export const known: readonly FunctionInfo[] = [
  {
    ...common,
    id: id('grabcut'),
    kind: 'interactor',
    name: 'GrabCut',
    description:
      'Cuts out what is inside a box and looks unlike what is around it. Needs no model, knows no objects: colours and edges are all it sees.',
    help: 'Draw a box around the object. Then click on what is missing, and with the right button on what is too much.',
    prompts: { minPositive: 0, minNegative: 0, box: 'required', preparable: false },
    parameters: [
      {
        ...{ name: 'rounds', type: 'number', min: 1, max: 20, step: 1, defaultValue: 5 },
        help: 'More rounds follow the edge closer and take longer.',
      },
    ],
  },
  {
    ...common,
    id: id('magic-wand'),
    kind: 'interactor',
    name: 'Magic wand',
    description: 'Spreads from where you click over what is of about the same colour.',
    help: 'Click on the object: what is of about that colour is taken. Click with the right button to take away. A box keeps it inside.',
    prompts: { minPositive: 1, minNegative: 0, box: 'optional', preparable: false },
    parameters: [
      {
        ...{ name: 'tolerance', type: 'number', min: 0, max: 255, step: 1, defaultValue: 24 },
        help: 'How far red, green and blue may each be from the pixel clicked.',
      },
      {
        ...{ name: 'connected', type: 'boolean', defaultValue: true },
        help: 'Only what is connected to the click; otherwise everything of that colour.',
      },
    ],
  },
  {
    ...common,
    id: id('hog-people'),
    kind: 'detector',
    name: 'People (HOG)',
    description:
      'Finds people who stand upright and are seen whole, by their outline. Quick, needs no model, and mistakes poles for people.',
    labels: [{ name: 'person', type: 'rectangle', attributes: [], sublabels: [], svg: null }],
    parameters: [
      {
        ...{ name: 'threshold', type: 'number', min: 0.5, max: 1, step: 0.01, defaultValue: 0.6 },
        help: '',
      },
    ],
  },
  {
    ...common,
    id: id('tracker-mil'),
    kind: 'tracker',
    name: 'TrackerMIL',
    description: 'Follows simple objects that do not overlap, by their look.',
    shapeTypes: ['rectangle'],
  },
]
