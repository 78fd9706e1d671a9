import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compileKernels, target } from './build-native.js'

test('kernels.wasm.ts is what native/assembly compiles to; if not: npm run native', async () => {
  expect(readFileSync(target, 'utf8')).toBe(await compileKernels())
})
