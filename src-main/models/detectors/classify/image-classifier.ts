import type { Family, ModelFacts, Recognised } from '../../family.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { labelsOf } from '../common/class-labels.ts'
import { pictureInputOf } from '../common/input-rule.ts'
import { classifierParameters, openClassifier } from './classifier.ts'

/**
 * What a whole picture shows, as tags: [1, classes] of logits or shares. ImageNet's models as torchvision prepares pictures,
 * Ultralytics' as Ultralytics does.
 * @see https://pytorch.org/vision/stable/models.html
 */
export const classifier: Family = {
  id: 'classifier',
  name: 'Image classification (ImageNet models, YOLO classify)',
  kind: 'detector',
  roles: ['model'],
  parameters: classifierParameters,
  recognise: ({ model }) => (model ? recognise(model) : null),
  open: openClassifier,
}

/** Fewer classes than these are more likely an embedding's, or a score's. */
const LEAST_CLASSES = 2

function recognise(facts: ModelFacts): Recognised | null {
  const input = pictureInputOf(facts)
  const [only] = facts.outputs
  if (!input || !only || facts.inputs.length !== 1 || facts.outputs.length !== 1) return null
  const { dims } = only
  // Rows of a table are no batch.
  if (typeof dims[0] === 'number' && dims[0] !== (input.dims.batch[0] ?? 1)) return null
  const isGrid = dims.length === 4 && dims[2] === 1 && dims[3] === 1
  const classes = isGrid ? dims[1] : dims.length === 2 ? dims[1] : undefined
  if (typeof classes === 'string' || classes === undefined || classes < LEAST_CLASSES) return null
  const { task, names, size } = readExporterNotes(facts.metadata)
  const isTold = task === 'classify' || task === 'classification'
  if (task !== null && !isTold) return null
  const labels = names?.length === classes ? labelsOf(names, 'tag') : null
  const isOpen = typeof input.dims.width !== 'number' && size === null && !isTold
  return {
    certainty: isTold ? 0.97 : labels ? 0.85 : classes === 1000 || classes === 1001 ? 0.8 : 0.4,
    manifest: labels ? { labels } : {},
    missing: [...(labels ? [] : ['labels' as const]), ...(isOpen ? ['size' as const] : [])],
    classes,
  }
}
