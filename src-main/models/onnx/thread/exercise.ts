import type { RgbPicture } from '../../../core/ports.ts'
import { completeValues } from '../../parameter-values.ts'
import { parametersOf } from '../function-info.ts'
import { measuringPicture } from '../measuring-picture.ts'
import type { Opened } from './opened-pack.ts'
import type { Verbs } from './verbs.ts'

/** One picture's worth of work of a model, whatever its kind: all its nets run. */
export async function exercise(opened: Opened, verbs: Verbs): Promise<void> {
  const picture: RgbPicture = measuringPicture(1)
  const { width, height } = picture
  const box = [width * 0.4, height * 0.4, width * 0.6, height * 0.6] as const
  const parameters = completeValues(parametersOf(opened.order.manifest), {})
  switch (opened.kind) {
    case 'detector':
      await verbs.detect(opened, { parameters }, picture)
      return
    case 'interactor': {
      const clicks = { positive: [[width / 2, height / 2]] as const, negative: [] }
      const prompt = { ...clicks, box, previous: null, parameters }
      await verbs.interact(opened, { picture: 'measured', prompt }, picture)
      return
    }
    case 'tracker': {
      const shape = { type: 'rectangle', points: box, rotation: 0 } as const
      const tokens = await verbs.begin(opened, { shapes: [shape] }, picture)
      await verbs.update(opened, { tokens }, measuringPicture(2))
      return
    }
    case 'reid':
      await verbs.look(opened, { boxes: [box] }, picture)
  }
}
