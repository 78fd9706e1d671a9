/**
 * Whatever is done here, there, or on both sides, and wherever it ends suddenly: after a pass both sides say the same, a
 * second pass has nothing to do, and nothing anybody made is nowhere.
 */
import { existsSync, unlinkSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import type { SidecarFormat } from '#shared/domain/sidecar.ts'
import { type SidecarTask, sidecarTask } from './sidecar-fixture.ts'

/** Every box of these tests has a place of its own, in whole pixels, by which it is known wherever it lies. */
type Place = number

type Deed =
  | { readonly kind: 'draw here' | 'draw there'; readonly place: Place }
  | { readonly kind: 'remove here' | 'remove there'; readonly which: number }
  | { readonly kind: 'move here' | 'move there'; readonly which: number; readonly place: Place }
  | { readonly kind: 'undo' | 'pass' | 'lose the file' | 'die' }

const which = fc.nat(5)
/** Handed out one by one, so that no two boxes ever lie in the same place. */
const deeds = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('draw here' as const, 'draw there' as const) }),
    fc.record({ kind: fc.constantFrom('remove here' as const, 'remove there' as const), which }),
    fc.record({ kind: fc.constantFrom('move here' as const, 'move there' as const), which }),
    fc.record({ kind: fc.constantFrom('undo', 'pass', 'pass', 'lose the file', 'die') }),
  ),
  { maxLength: 14 },
)

const pointsAt = (place: Place): number[] => [place, place % 50, place + 4, (place % 50) + 8]

/** How a program of each format sees the boxes of a file. */
const programs: Record<
  SidecarFormat,
  { file: string; read(t: SidecarTask): Place[]; write(t: SidecarTask, places: Place[]): void }
> = {
  labelme: jsonProgram((x1, y1, x2, y2) => [
    [x1, y1],
    [x2, y2],
  ]),
  'x-anylabeling': jsonProgram((x1, y1, x2, y2) => [
    [x1, y1],
    [x2, y1],
    [x2, y2],
    [x1, y2],
  ]),
  yolo: {
    file: 'a.txt',
    read: (t) =>
      t
        .read('a.txt')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => Math.round(Number(line.split(' ')[1]) * 200 - 2)),
    write(t, places) {
      if (!existsSync(t.pathOf('classes.txt'))) t.save('classes.txt', 'car\nperson\n')
      const lines = places.map((place) => {
        const y = ((place % 50) + 4) / 100
        return `0 ${((place + 2) / 200).toFixed(6)} ${y.toFixed(6)} 0.020000 0.080000\n`
      })
      t.save('a.txt', lines.join(''))
    },
  },
}

function jsonProgram(corners: (x1: number, y1: number, x2: number, y2: number) => number[][]) {
  const shapeAt = (place: Place) => {
    const points = corners(...(pointsAt(place) as [number, number, number, number]))
    return { label: 'car', points, shape_type: 'rectangle', flags: {}, group_id: null }
  }
  return {
    file: 'a.json',
    read: (t: SidecarTask): Place[] =>
      t.json('a.json').shapes.map((one: { points: [number, number][] }) => one.points[0]?.[0]),
    write(t: SidecarTask, places: Place[]) {
      const head = { version: '5.5.0', flags: {}, imagePath: 'a.jpg', imageData: null }
      t.save('a.json', { ...head, shapes: places.map(shapeAt), imageHeight: 100, imageWidth: 200 })
    },
  }
}

const here = (t: SidecarTask): Shape[] => t.on(0).filter((one) => one.kind === 'shape')
const placesHere = (t: SidecarTask) =>
  here(t)
    .map(({ points }) => Math.round(points[0] ?? -1))
    .sort()

test.each(['labelme', 'x-anylabeling', 'yolo'] as const)('%s', async (format) => {
  const program = programs[format]
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const t = sidecarTask(format, ['a.jpg'])
      try {
        let next = 1
        const there = () => (existsSync(t.pathOf(program.file)) ? program.read(t) : [])
        for (const deed of list as Deed[]) {
          const place = next
          next += 3
          await doIt(t, deed, place, { program, there })
        }
        const before = { here: placesHere(t), there: there() }
        await t.sync()
        const after = placesHere(t)
        expect(there().sort()).toEqual(after)
        expect(await t.sync()).toMatchObject({
          written: 0,
          readIn: 0,
          keptCount: 0,
          problemCount: 0,
        })
        // What was here is here, unless the file alone had changed; what was there is here, or in a copy.
        const kept = t.files().filter((name) => name.includes('.orig'))
        const isThere = before.there.every((one) => after.includes(one))
        const isHere = before.here.every((one) => after.includes(one))
        expect(isThere || kept.length > 0 || isHere).toBe(true)
      } finally {
        t.close()
      }
    }),
    { numRuns: 25 },
  )
})

interface Side {
  readonly program: (typeof programs)[SidecarFormat]
  readonly there: () => Place[]
}

async function doIt(t: SidecarTask, deed: Deed, place: Place, { program, there }: Side) {
  const shapes = here(t)
  const places = there()
  switch (deed.kind) {
    case 'draw here':
      return void t.hand.draw({ points: pointsAt(place) })
    case 'remove here': {
      const one = shapes[deed.which % Math.max(1, shapes.length)]
      return one && void t.hand.remove(one)
    }
    case 'move here': {
      const one = shapes[deed.which % Math.max(1, shapes.length)]
      return one && void t.hand.change(one, { points: pointsAt(place) })
    }
    case 'draw there':
      return program.write(t, [...places, place])
    case 'remove there':
      return places.length > 0
        ? program.write(t, places.toSpliced(deed.which % places.length, 1))
        : undefined
    case 'move there':
      return places.length > 0
        ? program.write(t, places.with(deed.which % places.length, place))
        : undefined
    case 'undo':
      return void (
        t.store.annotations.history(t.taskId, undefined, 1)[0]?.undone === false &&
        t.store.annotations.undo(t.taskId)
      )
    case 'lose the file':
      return existsSync(t.pathOf(program.file)) ? unlinkSync(t.pathOf(program.file)) : undefined
    case 'pass':
      return void (await t.sync())
    case 'die':
      return void (await dieWriting(t))
  }
}

/** The process ends when the file has its name and the store does not know yet. */
async function dieWriting(t: SidecarTask): Promise<void> {
  const before = t.store.sidecars.file(t.taskId, 0)
  const { written } = await t.sync()
  const after = t.store.sidecars.file(t.taskId, 0)
  if (written === 0 || !after) return
  const never = { ...after, hash: '', rendered: '', sizeBytes: 0, mtimeMs: 0, checkedMs: 0 }
  t.store.sidecars.put(t.taskId, { ...(before ?? never), pending: after.hash })
  t.store.sidecars.setSynced(t.taskId, null)
}
