import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { flatLabels } from '../common/label-index.ts'
import { toInstances } from './instances.ts'
import { type CocoContent, writeCocoFiles } from './write-files.ts'

/** COCO 1.0: boxes, polygons and masks. All labels are categories, joints of skeletons among them, as in CVAT. */
export function writeCoco(
  source: DatasetSource,
  output: DatasetOutput,
  options: { withImages: boolean; context: WorkContext },
): Promise<void> {
  return writeCocoFiles(source, output, options, INSTANCES)
}

const INSTANCES: CocoContent = {
  name: 'instances',
  categories: (labels) =>
    flatLabels(labels).map(({ label, parent }, index) => ({
      ...{ id: index + 1, name: label.name, supercategory: parent?.name ?? '' },
    })),
  writeFrame({ frame, shapes, labels, record }) {
    for (const instance of toInstances(shapes, frame, labels)) record(instance)
  },
}
