import { define } from './define.ts'

export const shellErrors = {
  FORBIDDEN: define<{ why: string }>({
    status: 403,
    retry: 'never',
    message: ({ why }) => `The request was refused: ${why}.`,
    remedy: () =>
      'Open the address that `fieldmark serve` printed, with its token, on this computer.',
  }),
  PORT_BUSY: define<{ host: string; port: number }>({
    status: 500,
    retry: 'after-fix',
    message: ({ host, port }) => `${host}:${port} is already in use.`,
    remedy: () => 'Choose another port with --port, or leave it out to get a free one.',
  }),
}
