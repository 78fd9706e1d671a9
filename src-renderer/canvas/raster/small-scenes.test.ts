import { beforeEach, expect, test } from 'vitest'
import type { PackedShapes } from '../paint/paint-shape.ts'
import type { Raster, RasterMessage, RasterPicture } from './raster-messages.ts'
import { SmallScenesRaster } from './small-scenes.ts'

const told: string[] = []
const applied: string[] = []
const painted: string[] = []
let raster: SmallScenesRaster
let workers: Raster

const shapes = (numbers: number) =>
  ({ coordinates: new Float64Array(numbers) }) as unknown as PackedShapes
const paint = (ticket: number) => ({ kind: 'paint', ticket }) as RasterMessage
const settle = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  for (const list of [told, applied, painted]) list.splice(0)
  workers = {
    onPicture: () => undefined,
    post: (message) => void told.push(message.kind),
    destroy: () => undefined,
  }
  raster = new SmallScenesRaster(workers, {
    apply: (message) => void applied.push(message.kind),
    paint: () => [],
    takePicture: (ticket): RasterPicture => ({ ticket, draft: false, bitmap: null }),
  })
  raster.onPicture = ({ ticket }) => void painted.push(String(ticket))
})

test('few shapes are painted here, and the workers hear of them all the same', async () => {
  raster.post({ kind: 'replace', shapes: shapes(200) })
  raster.post(paint(1))
  expect(painted).toEqual([])
  await settle()
  expect(painted).toEqual(['1'])
  expect(told).toEqual(['replace'])
  expect(applied).toEqual(['replace'])
})

test('many shapes are the workers’ and are not kept here', async () => {
  raster.post({ kind: 'replace', shapes: shapes(5000) })
  raster.post({ kind: 'except', ids: [1] })
  raster.post(paint(1))
  workers.onPicture({ ticket: 1, draft: false, bitmap: null })
  await settle()
  expect(told).toEqual(['replace', 'except', 'paint'])
  expect(applied).toEqual(['except'])
  expect(painted).toEqual(['1'])
})

test('a scene that grows goes over to the workers, and the next small one comes back', async () => {
  raster.post({ kind: 'replace', shapes: shapes(3900) })
  raster.post({ kind: 'patch', shapes: shapes(200), removed: [] })
  raster.post(paint(1))
  raster.post({ kind: 'replace', shapes: shapes(4) })
  raster.post(paint(2))
  await settle()
  expect(told).toEqual(['replace', 'patch', 'paint', 'replace'])
  expect(applied).toEqual(['replace', 'replace'])
  expect(painted).toEqual(['2'])
})
