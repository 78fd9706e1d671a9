import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/**
 * Open a file that anybody named. A pipe nobody writes to would otherwise be waited for without end, before one could see that it is
 * none (Windows has neither).
 * @throws the system's error
 */
export function openToRead(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
}
