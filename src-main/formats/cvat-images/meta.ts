import type { DatasetPart, DatasetSource } from '#main/core/ports.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { Job, Project, Task } from '#shared/domain/task.ts'
import { flatLabels } from '../common/label-index.ts'
import { renderNode, type XmlNode } from './xml-text.ts'

/**
 * The `<meta>` element of an export, indented for its place under the root. The time it tells is that of the last change to
 * what is in the file: the same store gives the same bytes.
 */
export function metaElement(source: DatasetSource): string {
  const { task, jobs, labels, job, project } = source
  const dumped: XmlNode = ['dumped', timestamp(lastChange(source))]
  if (project) return renderNode(['meta', [projectNode(source, project), dumped]], 1)
  if (job) return renderNode(['meta', jobNodes(source, job, dumped)], 1)
  const taskNode: XmlNode = [
    'task',
    [...taskNodes({ task, jobs }), ['labels', labelNodes(labels)], ...videoNodes(task)],
  ]
  return renderNode(['meta', [taskNode, dumped]], 1)
}

function lastChange({ task, job, project }: DatasetSource): string {
  const times = project
    ? [project.project.updatedAt, ...project.parts.map((part) => part.task.updatedAt)]
    : [task.updatedAt, job?.updatedAt ?? task.updatedAt]
  return times.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a))
}

function taskNodes({ task, jobs }: Pick<DatasetPart, 'task' | 'jobs'>): XmlNode[] {
  return [
    ['id', task.id],
    ['name', task.name],
    ['size', task.size],
    ['mode', task.mode],
    ['overlap', task.overlap],
    ['bugtracker', task.bugTracker],
    ['created', timestamp(task.createdAt)],
    ['updated', timestamp(task.updatedAt)],
    ['subset', subsetOf(task)],
    ['start_frame', task.startFrame],
    ['stop_frame', task.stopFrame],
    ['frame_filter', stepOf(task)],
    ['segments', jobs.map(segmentNode)],
    ['owner', ''],
    ['assignee', ''],
  ]
}

/** Its labels stand once, not with every task. */
function projectNode(
  { labels, subsets }: DatasetSource,
  { project, parts }: { project: Project; parts: readonly DatasetPart[] },
): XmlNode {
  return [
    'project',
    [
      ['id', project.id],
      ['name', project.name],
      ['bugtracker', project.bugTracker],
      ['created', timestamp(project.createdAt)],
      ['updated', timestamp(project.updatedAt)],
      [
        'tasks',
        parts.map((part): XmlNode => ['task', [...taskNodes(part), ...videoNodes(part.task)]]),
      ],
      ['subsets', subsets.join('\n')],
      ['owner', ''],
      ['assignee', ''],
      ['labels', labelNodes(labels)],
    ],
  ]
}

/** CVAT's own order for a job; of a video, the size stands after the time. Its frames are told as the file counts them. */
function jobNodes({ task, labels, range }: DatasetSource, job: Job, dumped: XmlNode): XmlNode[] {
  const absolute = (frame: number) => task.startFrame + frame * task.frameStep
  const jobNode: XmlNode = [
    'job',
    [
      ['id', job.id],
      ['size', range.stop - range.start + 1],
      ['mode', task.mode],
      ['overlap', task.overlap],
      ['bugtracker', task.bugTracker],
      ['created', timestamp(task.createdAt)],
      ['updated', timestamp(job.updatedAt)],
      ['subset', subsetOf(task)],
      ['start_frame', absolute(job.startFrame)],
      ['stop_frame', absolute(job.stopFrame)],
      ['frame_filter', stepOf(task)],
      ['segments', [segmentNode(job)]],
      ['owner', ''],
      ['assignee', ''],
      ['labels', labelNodes(labels)],
    ],
  ]
  return [jobNode, dumped, ...videoNodes(task).slice(0, 1)]
}

const subsetOf = ({ subset }: Task): string => (subset === '' ? 'default' : subset)
const stepOf = ({ frameStep }: Task): string => (frameStep > 1 ? `step=${frameStep}` : '')

function videoNodes({ video, mediaPaths }: DatasetSource['task']): XmlNode[] {
  if (video === null) return []
  const size: XmlNode[] = [
    ['width', video.width],
    ['height', video.height],
  ]
  const file = (mediaPaths[0] ?? '').split(/[\\/]/).at(-1) ?? ''
  return [
    ['original_size', size],
    ['source', file],
  ]
}

/** A job has no address here; the element stays, as readers expect it. */
function segmentNode(job: Job): XmlNode {
  return [
    'segment',
    [
      ['id', job.id],
      ['start', job.startFrame],
      ['stop', job.stopFrame],
      ['url', ''],
    ],
  ]
}

export function labelNodes(labels: readonly Label[]): XmlNode[] {
  return flatLabels(labels).map(({ label, parent }): XmlNode => {
    const children: XmlNode[] = [
      ['name', label.name],
      ['color', label.color],
      ['type', label.type],
      ['attributes', label.attributes.map(attributeNode)],
    ]
    if (parent !== null) children.push(['parent', parent.name])
    if (label.svg !== null && label.type === 'skeleton') {
      children.push([
        'svg',
        svgByName(
          label.svg,
          labels.find(({ id }) => id === label.id),
        ),
      ])
    }
    return ['label', children]
  })
}

function attributeNode(spec: AttributeSpec): XmlNode {
  return [
    'attribute',
    [
      ['name', spec.name],
      ['mutable', spec.mutable ? 'True' : 'False'],
      ['input_type', spec.inputType],
      ['default_value', spec.defaultValue],
      ['values', spec.values.join('\n')],
    ],
  ]
}

/** Files call a node's label by name; inside, and in CVAT's database, it goes by id. */
function svgByName(svg: string, skeleton: Label | undefined): string {
  return svg.replace(/data-label-id="(\d+)"/g, (whole, id: string) => {
    const label = skeleton?.sublabels.find((sublabel) => sublabel.id === Number(id))
    return label === undefined ? whole : `data-label-name="${label.name.replaceAll('"', '&quot;')}"`
  })
}

/** `2024-07-01 10:11:12.123456+00:00`, as Django prints a time. */
function timestamp(iso: string): string {
  return new Date(iso).toISOString().replace('T', ' ').replace('Z', '000+00:00')
}
