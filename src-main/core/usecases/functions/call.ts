import type { Deps, Usecases } from '../../usecase.ts'

/** What a detector finds on a frame or a file, in its own words. Nothing is stored, nothing mapped. */
export function createCall({ functions }: Pick<Deps, 'functions'>): Usecases['functions']['call'] {
  return async ({ functionId, picture, parameters, tiles }, caller) => {
    const start = performance.now()
    const run = { functionId, parameters, tiles, region: null }
    const detections = await functions.detect(picture, run, { ...caller, lane: 'now' })
    return { detections, tookMs: performance.now() - start }
  }
}
