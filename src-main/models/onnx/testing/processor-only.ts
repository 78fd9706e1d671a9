import { createDevices, type Devices } from '../devices/devices.ts'
import type { Trials } from '../devices/trials.ts'

const nothing = () => Promise.reject(new Error('nothing is tried in a test'))
const noTrials: Trials = { probe: nothing, compare: nothing, close: () => undefined }

/** A machine with nothing but its processor, whatever it really has. */
export function processorOnly(): Devices {
  return createDevices(noTrials, [{ name: 'cpu', title: 'CPU', impossible: () => '' }])
}
