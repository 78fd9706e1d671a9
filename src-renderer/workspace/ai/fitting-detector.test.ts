import { describe, expect, test } from 'vitest'
import type { FunctionId, FunctionInfo } from '#shared/domain/function.ts'
import { functionLabel, label } from '#shared/functions/testing.ts'
import { fittingDetector } from './fitting-detector.ts'

const detector = (
  name: string,
  labels: FunctionInfo['labels'],
  more: Partial<FunctionInfo> = {},
): FunctionInfo => ({
  ...{ id: `onnx/${name}` as FunctionId, kind: 'detector', provider: 'onnx', name, labels },
  ...{ framework: '', description: '', parameters: [], prompts: null, shapeTypes: [], help: '' },
  ...{ state: 'ready', problem: null, device: 'CPU', speedMs: null, remote: false },
  ...more,
})

const task = [label(1, 'car'), label(2, 'person')]
const pose = detector('pose', [functionLabel('hand', 'skeleton')])
const cars = detector('cars', [functionLabel('car')])
const both = detector('both', [functionLabel('car'), functionLabel('Person')])

describe('the detector a card opens with', () => {
  test('knows the most labels of the task; of equals the first', () => {
    expect(fittingDetector([pose, cars, both], null, task)?.id).toBe('onnx/both')
    expect(fittingDetector([pose, cars], null, [])?.id).toBe('onnx/pose')
  })

  test('is the one chosen last, whatever it fits', () => {
    expect(fittingDetector([pose, cars, both], 'onnx/pose', task)?.id).toBe('onnx/pose')
    expect(fittingDetector([pose, cars, both], 'onnx/gone', task)?.id).toBe('onnx/both')
  })

  test('is none that fails, and none that pictures would be sent to, while there is another', () => {
    const failed = { ...both, state: 'failed' } as const
    const remote = { ...both, remote: true }
    expect(fittingDetector([failed, cars], null, task)?.id).toBe('onnx/cars')
    expect(fittingDetector([remote, pose], null, task)?.id).toBe('onnx/pose')
    expect(fittingDetector([failed], null, task)).toBe(failed)
    expect(fittingDetector([], null, task)).toBeNull()
  })
})
