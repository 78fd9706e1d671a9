import type { FrameRecord } from '../../core/ports.ts'

/** Frame `n` of a video as the store hands it out. @param index  its number in the task */
export function videoFrame(path: string, n: number, index = n): FrameRecord {
  return {
    index,
    name: `frame_${String(n).padStart(6, '0')}`,
    location: { source: { kind: 'video', path }, entry: '', offset: n, sizeBytes: null },
    width: null,
    height: null,
    status: 'ok',
    deleted: false,
    checked: false,
    orientation: 1,
    fingerprint: null,
    problem: null,
  }
}
