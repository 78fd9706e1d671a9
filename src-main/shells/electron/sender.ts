import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { isPage } from './protocol.ts'

/** Only the main frame of our own page is listened to. */
export function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const { senderFrame } = event
  return senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url)
}
