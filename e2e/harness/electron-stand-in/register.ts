/**
 * `node --import …/register.ts dist/main/electron.js`: the built entry gets the stand-in for `electron`, unmodified itself.
 * A parent process may drive it over IPC: it is told {ready: true} when the window shows its page; {evaluate} runs an
 * expression in that page, {quit: true} quits.
 */
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const standIn = pathToFileURL(join(import.meta.dirname, 'index.ts')).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})

const { app, record } = await import('./index.ts')
app.once('stand-in-exited', (code: number) => process.exit(code))
app.once('stand-in-loaded', () => process.send?.({ ready: true }))
process.on('message', async (message: { evaluate?: string; quit?: true }) => {
  if (message.quit) return app.quit()
  const page = await record.windows[0]?.page
  process.send?.({ value: await page?.evaluate(message.evaluate ?? '') })
})
