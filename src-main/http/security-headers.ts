/**
 * Nothing remote, no plugin, no frame. `style-src 'unsafe-inline'`: Mantine sets styles on elements. `blob:` workers and
 * pictures: decoded frames and canvas helpers are made in the page. `wasm-unsafe-eval`: the kernels of native/ are bytes in
 * the bundle and compiled in the page; it allows WebAssembly only, never `eval` of text.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

/** Every answer carries them, errors and binaries too. */
export function addSecurityHeaders(response: Response): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
}
