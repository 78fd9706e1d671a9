import { html } from 'hono/html'
import type { Problem } from './problem.ts'

/** A refusal for a person who opened an address by hand, instead of the JSON that scripts get. */
export function answerProblem(request: Request, { status, body }: Problem): Response {
  // Only a navigation says it wants HTML before anything else; fetch() and curl say */*.
  const isNavigation = request.headers.get('accept')?.startsWith('text/html')
  if (!isNavigation) return Response.json({ error: body }, { status })
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Fieldmark</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}</style>
</head><body><h1>Fieldmark</h1><p>${body.message}</p><p>${body.remedy}</p></body></html>`
  return new Response(String(page), {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
