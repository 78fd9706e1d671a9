import { define } from './define.ts'

/** Of model packs: where they come from and what may be done with them. What running one can meet is in `functions`. */
export const modelErrors = {
  MODEL_SHIPPED: define<{ id: string }>({
    status: 409,
    retry: 'never',
    message: ({ id }) => `The model ${id} came with Fieldmark and stays.`,
    remedy: () => 'Install your own under another id; nobody has to use the ones that shipped.',
  }),
  MODEL_DEVICE_UNKNOWN: define<{ id: string; device: string; available: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ id, device }) =>
      `The model ${id} cannot run on ${device}: this machine has no such.`,
    remedy: ({ available }) =>
      `Choose one of ${available}; \`fieldmark model devices\` says why others are missing.`,
  }),
  MODEL_INCOMPLETE: define<{ path: string; missing: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, missing }) => `${path} does not say everything about itself: ${missing}.`,
    remedy: () =>
      'Say it on the card that opens when the file is dropped on the window, or write a manifest.json (docs/models.md).',
  }),
  MODEL_CHECKSUM_WRONG: define<{ path: string; expected: string; actual: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, expected, actual }) =>
      `${path} is not the file that was meant: its SHA-256 begins with ${actual.slice(0, 12)}, not with ${expected.slice(0, 12)}.`,
    remedy: () =>
      'Nothing was installed. Download it again from a source you trust, or correct the checksum.',
  }),
  DOWNLOAD_REFUSED: define<{ url: string; detail: string }>({
    status: 502,
    retry: 'after-fix',
    message: ({ url, detail }) => `${url} could not be downloaded: ${detail}.`,
    remedy: () =>
      'Nothing was installed. Open the address in a browser: it may have moved, or want you to log in. A file that was saved can be installed by its path.',
  }),
  DOWNLOAD_BROKEN: define<{ url: string; detail: string; received: string }>({
    status: 502,
    retry: 'as-is',
    message: ({ url, detail, received }) =>
      `The download of ${url} broke off after ${received}: ${detail}.`,
    remedy: () => 'Try again: what has arrived is kept, and the download goes on from there.',
  }),
} as const
