import type { FieldmarkShell } from '#shared/contract/shell.ts'

/** The desktop shell's gestures; null in the web shell, where the page helps itself. */
export function desktopShell(): FieldmarkShell | null {
  const { fieldmarkShell } = window as Window & { readonly fieldmarkShell?: FieldmarkShell }
  return fieldmarkShell ?? null
}
