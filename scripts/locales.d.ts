export function languages(): string[]
export function namespaces(): string[]
export function readTexts(language: string, namespace: string): Record<string, unknown>
export function flat(texts: object, prefix?: string): [string, string][]
export function wantedKeys(english: object, language: string): Map<string, string>
export function placeholders(text: string): string[]
export function problemsOf(language: string, namespace: string): string[]
