import { define } from './define.ts'

export const dataErrors = {
  DATA_DIR_BUSY: define<{ dataDir: string; holder: string }>({
    status: 409,
    retry: 'as-is',
    message: ({ dataDir, holder }) => `The data directory ${dataDir} is in use by ${holder}.`,
    remedy: () => 'Wait until it is done or close it, or choose another directory with --data-dir.',
  }),
  DATA_DIR_READ_ONLY: define<{ dataDir: string; detail: string }>({
    status: 500,
    retry: 'after-fix',
    message: ({ dataDir, detail }) =>
      `Fieldmark cannot write to its data directory ${dataDir} (${detail}).`,
    remedy: () =>
      'Make the directory writable for your user, or choose another one with --data-dir or FIELDMARK_HOME.',
  }),
  DATABASE_FROM_FUTURE: define<{ path: string; found: number; known: number }>({
    status: 500,
    retry: 'after-fix',
    message: ({ path, found, known }) =>
      `${path} was written by a newer Fieldmark (schema ${found}; this one knows up to ${known}). It was not touched.`,
    remedy: () => 'Install the newer Fieldmark again, or point --data-dir at another directory.',
  }),
  DATABASE_CORRUPT: define<{ path: string; detail: string; backup: string | null }>({
    status: 500,
    retry: 'after-fix',
    message: ({ path, detail }) => `The database ${path} is damaged: ${detail}.`,
    remedy: ({ backup }) =>
      backup === null
        ? 'Move the file away and start again; no backup was found beside it.'
        : `Move the file away and copy the newest backup, ${backup}, in its place.`,
  }),
  DISK_FULL: define<{ path: string }>({
    status: 507,
    retry: 'after-fix',
    message: ({ path }) => `The disk that holds ${path} is full. Nothing was changed.`,
    remedy: () =>
      'Free some space (the cache folder of the data directory is safe to delete) and try again.',
  }),
}
