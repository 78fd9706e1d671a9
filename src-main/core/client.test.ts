/** The contract's client over use-cases in this process. */
import { afterEach, expect, test } from 'vitest'
import { type DatasetCore, datasetCore } from './compose-fixture.ts'
import { FAKE_DETECTOR, fakeFunctions } from './functions/testing.ts'

let set: DatasetCore
afterEach(() => set.close())

test('whoever does not wait any more is heard by what works for them', async () => {
  const fake = fakeFunctions()
  set = await datasetCore({ providers: [fake.provider] })
  const taskId = await set.task(['0.png'], { labels: [{ name: 'car' }] })
  const gone = new AbortController()
  fake.detect = (_picture, _call, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('heard')))
      gone.abort()
    })
  const asked = set.core.client.functions.detect(
    { taskId, frame: 0, functionId: FAKE_DETECTOR },
    { signal: gone.signal },
  )
  await expect(asked).rejects.toThrow('heard')
})
