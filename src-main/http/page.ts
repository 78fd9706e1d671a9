import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * The built renderer. A path without an extension is a place inside the app, so it answers index.html; a missing asset
 * is 404, never the page (a script that turns out to be HTML is a riddle in the console).
 * @param rendererDir absolute path of `dist/renderer`
 * @throws NOT_FOUND
 */
export async function answerPage(rendererDir: string, request: Request): Promise<Response> {
  const path = decodePath(new URL(request.url).pathname)
  const isPlace = extname(path) === ''
  const file = isPlace ? 'index.html' : normalize(path).replace(/^[/\\]+/, '')
  const full = join(rendererDir, file)
  const found = full.startsWith(rendererDir + sep) ? await read(full) : null
  if (!found && isPlace) return notBuilt()
  if (!found) throw new AppError('NOT_FOUND', { what: 'page', id: path })
  // Vite puts a content hash into every name under assets/.
  const isHashed = file.startsWith(`assets${sep}`) || file.startsWith('assets/')
  return new Response(request.method === 'HEAD' ? null : found, {
    headers: {
      'Content-Type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': String(found.byteLength),
      'Cache-Control': isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
  })
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch (cause) {
    throw new AppError('NOT_FOUND', { what: 'page', id: pathname }, { cause })
  }
}

/** The last is what a NUL character in the address leads to. */
const NO_FILE = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'])

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (NO_FILE.has(code ?? '')) return null
    throw error
  }
}

function notBuilt(): Response {
  const text =
    'The page has not been built yet. Run `npm run build`, then load this address again.\n'
  return new Response(text, {
    status: 503,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
