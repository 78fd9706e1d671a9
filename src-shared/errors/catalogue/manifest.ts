import { define } from './define.ts'

export const manifestErrors = {
  MANIFEST_INVALID: define<{ path: string; line: number; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, line, problem }) => `${path}, line ${line}: ${problem}.`,
    remedy: () =>
      'Make it anew with `fieldmark manifest create`, or leave it out: media can be opened without a manifest.',
  }),
  MANIFEST_MISMATCH: define<{ path: string; differences: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, differences }) => `${path} does not describe these media: ${differences}.`,
    remedy: () =>
      'Make it anew with `fieldmark manifest create`, or move it away: media can be opened without a manifest.',
  }),
  MANIFEST_TWICE: define<{ first: string; second: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ first, second }) =>
      `Both ${first} and ${second} are manifests of these media, and only one can be used.`,
    remedy: () => 'Leave one of them out, or move it away.',
  }),
  MANIFEST_FEW_KEYFRAMES: define<{ path: string; keyframes: number; frames: number }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, keyframes, frames }) =>
      `${path} has ${keyframes} ${keyframes === 1 ? 'keyframe' : 'keyframes'} for its first ${frames} frames: too few for a server to show its frames quickly. No manifest was written.`,
    remedy: () =>
      'Use --force to write it all the same. Fieldmark itself needs no manifest for such a video.',
  }),
}
