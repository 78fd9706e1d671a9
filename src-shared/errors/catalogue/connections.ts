import { define } from './define.ts'

/**
 * Of functions that are called over the network. `what` is who was asked: the name of a function or of a connection.
 * Nothing of an answer is believed: words of a function stand in these sentences cut to what a person reads.
 */
export const connectionErrors = {
  CONNECTION_OFF: define<{ what: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ what }) =>
      `${what} was not called: its connection is switched off, or was removed.`,
    remedy: () => 'Switch it on under Connections. Nothing was sent.',
  }),
  CONNECTION_REFUSED: define<{ what: string; url: string }>({
    status: 503,
    retry: 'as-is',
    message: ({ what, url }) => `${what}: nothing answers at ${url}.`,
    remedy: () =>
      'Check that it runs there and that the port is right (8070 is usual for a dashboard), then try again.',
  }),
  CONNECTION_HOST_UNKNOWN: define<{ what: string; host: string }>({
    status: 503,
    retry: 'after-fix',
    message: ({ what, host }) => `${what}: no machine is known by the name ${host}.`,
    remedy: () => 'Check how the name is spelt, and that this machine is in the right network.',
  }),
  CONNECTION_TLS: define<{ what: string; url: string; detail: string }>({
    status: 503,
    retry: 'after-fix',
    message: ({ what, url, detail }) =>
      `${what}: no safe connection could be made to ${url} (${detail}). Nothing was sent.`,
    remedy: () =>
      'Use the address its certificate was made for, start Fieldmark with NODE_EXTRA_CA_CERTS naming the authority, or use http inside your own network.',
  }),
  CONNECTION_BROKEN: define<{ what: string; url: string; detail: string }>({
    status: 503,
    retry: 'as-is',
    message: ({ what, url, detail }) => `${what}: the connection to ${url} broke (${detail}).`,
    remedy: () =>
      'Annotations are unchanged. Try again; if it happens with large pictures only, raise maxRequestBodySize in function.yaml and deploy the function again.',
  }),
  CONNECTION_TIMED_OUT: define<{ what: string; url: string; seconds: number }>({
    status: 504,
    retry: 'as-is',
    message: ({ what, url, seconds }) => `${what}: ${url} gave no answer within ${seconds} s.`,
    remedy: () => 'Try again, or give the connection more time under Connections.',
  }),
  CONNECTION_ANSWER_INVALID: define<{ what: string; url: string; problem: string }>({
    status: 502,
    retry: 'after-fix',
    message: ({ what, url, problem }) => `${what}: ${url} is no Nuclio dashboard: ${problem}.`,
    remedy: () =>
      "Give the address of Nuclio's dashboard (usually port 8070), or add a single function with `--via function`.",
  }),
  CONNECTION_STATUS: define<{ what: string; url: string; status: number; detail: string }>({
    status: 502,
    retry: 'as-is',
    message: ({ what, url, status, detail }) => `${what}: ${url} answered ${status}: ${detail}.`,
    remedy: ({ status }) =>
      status === 401 || status === 403
        ? 'Give the name and the password in the address: https://name:password@host.'
        : 'Check the address, the project and the namespace of the connection.',
  }),
  FUNCTION_BODY_TOO_LARGE: define<{ id: string; needed: string; limit: string }>({
    status: 413,
    retry: 'after-fix',
    message: ({ id, needed, limit }) => `${id} cannot be sent ${needed}: it takes ${limit}.`,
    remedy: () =>
      "Raise maxRequestBodySize under the HTTP trigger's attributes in function.yaml and deploy it again, or use smaller pictures.",
  }),
  FUNCTION_BUSY: define<{ id: string; times: number }>({
    status: 503,
    retry: 'as-is',
    message: ({ id, times }) => `${id} had no free worker, ${times} times in a row.`,
    remedy: () =>
      'Wait until others are done with it, or give it more workers (numWorkers in function.yaml).',
  }),
  FUNCTION_NEEDS_DECODER: define<{ id: string; numbers: number }>({
    status: 422,
    retry: 'after-fix',
    message: ({ id, numbers }) =>
      `${id} answers with an embedding of the picture (Segment Anything, ${numbers} numbers), and no model on this machine makes masks of such.`,
    remedy: () =>
      'Install the decoder that belongs to it: the catalogue on the Models page says where to get the one of CVAT (Segment Anything, decoder alone).',
  }),
  FUNCTION_NEEDS_ENCODER: define<{ id: string }>({
    status: 422,
    retry: 'never',
    message: ({ id }) =>
      `${id} is the decoder of a Segment Anything alone: it makes masks of what functions answer, and looks at no picture itself.`,
    remedy: () =>
      'Choose the function whose embeddings it decodes, or install encoder and decoder together.',
  }),
  FUNCTION_YAML_INVALID: define<{ path: string; where: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, where, problem }) =>
      `${path}${where === '' ? '' : `, ${where}`}: ${problem}.`,
    remedy: () => 'Correct it (docs/functions.md shows one of each kind) and try again.',
  }),
  FUNCTION_START_FAILED: define<{ name: string; detail: string; how: string }>({
    status: 500,
    retry: 'after-fix',
    message: ({ name, detail }) => `${name} could not be started: ${detail}.`,
    remedy: ({ how }) => how,
  }),
  PYTHON_MISSING: define<{ detail: string }>({
    status: 500,
    retry: 'after-fix',
    message: ({ detail }) => `Functions are run by Python 3.7 or newer: ${detail}.`,
    remedy: () => 'Install it from python.org, or say with --python which one to use.',
  }),
  SCAFFOLD_EXISTS: define<{ path: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ path }) => `${path} is there already; nothing was written.`,
    remedy: () => 'Choose a folder that is empty or does not exist yet.',
  }),
} as const
