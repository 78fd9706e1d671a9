/** Types of build.js for the TypeScript that calls it (tests). */
export const root: string
export const externals: string[]
export function needsBuild(names?: readonly string[]): string[]
export function build(options?: {
  names?: readonly string[]
  force?: boolean
  tell?: (line: string) => void
}): Promise<string[]>
