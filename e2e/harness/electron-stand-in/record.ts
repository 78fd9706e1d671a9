import type { BrowserWindow } from './window.ts'

/** What the shell did to the system, and what the system is to answer: how a test sees and steers the stand-in. */
export const record = {
  windows: [] as BrowserWindow[],
  /** Answers for the next dialogs, in order; none left = cancelled. */
  dialogAnswers: [] as string[][],
  dialogs: [] as { kind: string; options: unknown }[],
  recentDocuments: [] as string[],
  revealed: [] as string[],
  errorBoxes: [] as string[],
  deniedWindows: [] as string[],
  refusedNavigations: [] as string[],
  cancelledRequests: [] as string[],
  privileges: {} as Record<string, unknown>,
  permissionRequest: null as
    | null
    | ((contents: null, permission: string, answer: (ok: boolean) => void) => void),
  menu: null as null | MenuStandIn,
  exitCode: null as number | null,
}

export interface MenuItem {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly submenu?: readonly MenuItem[]
  readonly click?: () => unknown
}

export interface MenuStandIn {
  readonly items: readonly MenuItem[]
  getMenuItemById(id: string): MenuItem | null
}
