import { z } from 'zod'
import { type DetectedAttribute, detection } from '#shared/domain/detection.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { Family, ModelRuntime, Tensor } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { cropTo } from '../../tensors/crop.ts'
import { largest } from '../../tensors/numbers.ts'
import { pictureTensors } from '../../tensors/picture-tensor.ts'
import { boxDetectorSchema, boxesOf } from '../common/boxes-of.ts'
import { type InputDefaults, pictureInput, YOLO_INPUT } from '../common/input-rule.ts'
import { inOrder, misfit, type NamedTensor } from '../common/refuse.ts'

const attributeSchema = z.strictObject({
  /** Of the label's spec. */
  name: z.string().min(1),
  /** Which output of the net; left out: its only one. */
  output: z.string().optional(),
  /** By index: the highest is it. Left out: the first number of the output, times `scale`, whole. */
  values: z.array(z.string()).min(2).optional(),
  scale: z.number().default(1),
})

const optionsSchema = z.strictObject({
  detector: boxDetectorSchema,
  /** What is looked at closer, net by net. */
  nets: z
    .array(
      z.strictObject({
        /** Of the pack's files. */
        role: z.string().min(1),
        /** How much larger than its box. */
        margin: z.number().min(0.5).max(3).default(1),
        attributes: z.array(attributeSchema).min(1),
      }),
    )
    .min(1)
    .max(16),
})
type Net = z.output<typeof optionsSchema>['nets'][number]

/** The Open Model Zoo's classifiers: BGR as it is. */
const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'stretch',
  color: 'bgr',
  scale: 1,
  pad: 0,
  size: 64,
}

/**
 * A detector whose boxes further nets look at for attributes: faces with age, gender and emotion, as CVAT's attributed face
 * detection, or cars with colours.
 * @see serverless/openvino/omz/intel/face-detection-0205 of CVAT
 */
export const attributed: Family = {
  id: 'attributed-boxes',
  name: 'Boxes with attributes',
  kind: 'detector',
  roles: ['detector'],
  parameters: [],
  recognise: () => null,
  open(manifest, runtime) {
    const { detector, nets } = readOptions(optionsSchema, manifest)
    const boxes = boxesOf(manifest, runtime, detector)
    const looks = nets.map((net) => openNet(manifest, runtime, net))
    return {
      async detect(picture) {
        const found = []
        for (const { label, box, score } of await boxes(picture)) {
          const attributes: DetectedAttribute[] = []
          for (const look of looks) attributes.push(...(await look(picture, box)))
          found.push(detection({ label, type: 'rectangle', points: box, score, attributes }))
        }
        return found
      },
    }
  },
}

function openNet(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  { role, margin, attributes }: Net,
) {
  if (!manifest.files[role]) throw misfit(manifest.id, `it has no file for "${role}"`)
  const facts = runtime.facts(role)
  const { name, rule } = pictureInput(manifest, facts, role, INPUT)
  const prepare = pictureTensors({ ...rule, fit: 'stretch' })
  return async (picture: RgbPicture, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]) => {
    const [dx, dy] = [((x2 - x1) * (margin - 1)) / 2, ((y2 - y1) * (margin - 1)) / 2]
    const window = { left: x1 - dx, top: y1 - dy, right: x2 + dx, bottom: y2 + dy }
    const { tensor, release } = prepare(cropTo(picture, window, rule.width, rule.height, 0))
    const outputs = inOrder(manifest.id, await runtime.run(role, { [name]: tensor }), facts.outputs)
    release()
    return attributes.flatMap((attribute): DetectedAttribute[] => {
      const value = attributeValue(manifest.id, outputs, attribute)
      return value === null ? [] : [{ name: attribute.name, value }]
    })
  }
}

/** null: what came is no number. */
function attributeValue(
  id: string,
  outputs: readonly NamedTensor[],
  { name, output, values, scale }: z.output<typeof attributeSchema>,
): string | null {
  const found = output === undefined ? outputs[0] : outputs.find((one) => one.name === output)
  if (!found)
    throw misfit(id, `its attribute ${name} is read from an output ${output} that is not there`)
  const numbers = numbersOf(found)
  if (!values) {
    const [first = Number.NaN] = numbers
    return Number.isFinite(first) ? String(Math.round(first * scale)) : null
  }
  if (numbers.length < values.length)
    throw misfit(
      id,
      `its attribute ${name} has ${values.length} values, and the output ${found.name} ${numbers.length}`,
    )
  const [best] = largest(numbers.subarray(0, values.length), 1)
  return best === undefined ? null : (values[best] ?? null)
}

const numbersOf = ({ data }: Tensor) =>
  Float64Array.from(data as ArrayLike<number | bigint>, Number)
