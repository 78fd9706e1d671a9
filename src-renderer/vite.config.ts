import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))

/** The page, the same for both shells: served by the handler from `dist/renderer`, at any path of the app. */
// biome-ignore lint/style/noDefaultExport: Vite asks for it
export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: join(here, '../dist/renderer'),
    emptyOutDir: true,
    // Electron 45 and the Chromium of the web shell are both far newer; nothing is transpiled for older ones.
    target: 'chrome130',
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
})
