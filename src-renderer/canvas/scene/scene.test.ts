import { expect, test } from 'vitest'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { testShape } from '../tools/fake-hand.ts'
import { Scene } from './scene.ts'

const sceneOf = (...shapes: ReturnType<typeof testShape>[]) => {
  const scene = new Scene()
  scene.replace(shapes)
  return scene
}
const ids = (scene: Scene, x: number, y: number) => scene.hits({ x, y }, 1).map(({ id }) => id)

test.each([
  ['the smaller of two', { zOrder: 0 }, [2, 1]],
  ['the one in front, even if larger', { zOrder: 1 }, [1, 2]],
])('first comes %s', (_name, large, expected) => {
  const scene = sceneOf(testShape(1, [0, 0, 100, 100], large), testShape(2, [40, 40, 60, 60]))
  expect(ids(scene, 50, 50)).toEqual(expected)
})

test('hidden shapes cannot be hit', () => {
  expect(ids(sceneOf(testShape(1, [0, 0, 9, 9], { hidden: true })), 5, 5)).toEqual([])
})

test('a moved shape is found where it is, not where it was', () => {
  const scene = sceneOf(testShape(1, [0, 0, 10, 10]), testShape(2, [0, 0, 10, 10]))
  expect(ids(scene, 5, 5)).toHaveLength(2)
  scene.put(testShape(1, [100, 100, 110, 110]))
  expect(ids(scene, 5, 5)).toEqual([2])
  expect(ids(scene, 105, 105)).toEqual([1])
})

test('removed shapes are gone, also after many changes', () => {
  const scene = sceneOf(testShape(1, [0, 0, 10, 10]))
  for (let id = 2; id < 600; id++) scene.put(testShape(id, [id, 0, id + 1, 10]))
  scene.remove(1 as AnnotationId)
  expect(ids(scene, 0, 5)).not.toContain(1)
  expect(ids(scene, 400.5, 5)).toContain(400)
})
