import { define } from './define.ts'

export const backupErrors = {
  BACKUP_INVALID: define<{ file: string; where: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file, where, problem }) =>
      `${file} was not restored, nothing was changed: ${where}: ${problem}.`,
    remedy: ({ file }) =>
      `Make the backup again where ${file} comes from, or mend it at that place.`,
  }),
  BACKUP_WRONG_KIND: define<{ file: string; is: 'task' | 'project' | 'library' }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file, is }) => `${file} is the backup of a ${is}.`,
    remedy: ({ is }) =>
      is === 'library'
        ? 'Restore it with `fieldmark library restore`.'
        : `Create a ${is} from it instead (\`fieldmark ${is} create-from-backup\`).`,
  }),
  LIBRARY_NOT_EMPTY: define<{ dataDir: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ dataDir }) => `There is a library in ${dataDir} already.`,
    remedy: () =>
      'Choose another directory with --data-dir, or add --force: what is there is then moved aside, not deleted.',
  }),
}
