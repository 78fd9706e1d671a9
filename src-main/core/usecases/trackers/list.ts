import type { TrackerInfo } from '#shared/contract/trackers.ts'
import type { Deps } from '../../usecase.ts'

/** Trackers that may work now. Those of OpenCV come first: they follow whatever they are shown, where a net knows its own world. */
export async function listTrackers({ functions }: Pick<Deps, 'functions'>): Promise<TrackerInfo[]> {
  const all = await functions.list()
  return all
    .filter(({ kind, state }) => kind === 'tracker' && state !== 'failed')
    .sort((a, b) => Number(b.provider === 'opencv') - Number(a.provider === 'opencv'))
    .map(({ id, name, description, shapeTypes }) => ({ id, name, description, shapeTypes }))
}
