/**
 * The few gestures a page cannot make by itself. The desktop shell puts them at `window.fieldmarkShell`; in the web shell
 * it is absent, and the page uses `app.browse`, `/uploads` and downloads instead. Paths are absolute, of this machine.
 */
export interface FieldmarkShell {
  readonly kind: 'desktop'
  /** null: the person changed their mind. */
  pickFolder(): Promise<string | null>
  /** Pictures, archives, dataset files; empty: the person changed their mind. */
  pickFiles(): Promise<string[]>
  /** Where to write a file of this suggested name; the dialog has asked about overwriting. */
  saveFile(defaultName: string): Promise<string | null>
  /** Show a file in the system's file manager. */
  revealFile(path: string): Promise<void>
  /** The path of a file dropped on the page; '' when it has none. */
  pathForFile(file: unknown): string
  /**
   * Paths to open that came from outside the page: the menu, the command line, a double click, the dock. Those that
   * came before anybody listened are delivered at once.
   * @returns how to stop listening
   */
  onOpenPaths(listener: (paths: string[]) => void): () => void
}
