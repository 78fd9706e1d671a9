import type { OpenAPI } from '@orpc/contract'
import { html, raw } from 'hono/html'

type Operation = { method: string; path: string; operation: OpenAPI.OperationObject }

/** The REST reference as one self-contained page: no script, no network, generated from the OpenAPI document. */
export function renderDocs(spec: OpenAPI.Document) {
  const groups = Map.groupBy(operationsOf(spec), ({ operation }) => operation.tags?.[0] ?? 'other')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${spec.info.title} REST</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<nav><b>${spec.info.title} ${spec.info.version}</b>${[...groups].map(([tag, operations]) => index(tag, operations))}
<h2>schemas</h2>${Object.keys(spec.components?.schemas ?? {}).map((name) => html`<a href="#schema-${name}">${name}</a>`)}</nav>
<main>
<h1>REST reference</h1>
<p class="intro">${codeWords(spec.info.description ?? '')}</p>
<p><a href="/api/openapi.json">openapi.json</a></p>
${[...groups].map(([tag, operations]) => html`<h2>${tag}</h2>${operations.map(section)}`)}
<h2>schemas</h2>
${Object.entries(spec.components?.schemas ?? {}).map(
  ([name, schema]) => html`<section id="schema-${name}"><h3>${name}</h3>${code(schema)}</section>`,
)}
</main>
</body>
</html>`
}

function operationsOf(spec: OpenAPI.Document): Operation[] {
  return Object.entries(spec.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: `/api${path}`,
      operation: operation as OpenAPI.OperationObject,
    })),
  )
}

function index(tag: string, operations: readonly Operation[]) {
  return html`<h2>${tag}</h2>${operations.map(
    ({ operation }) =>
      html`<a href="#${operation.operationId ?? ''}">${operation.summary ?? operation.operationId}</a>`,
  )}`
}

function section({ method, path, operation }: Operation) {
  const success = operation.responses?.['200'] as OpenAPI.ResponseObject | undefined
  const body = operation.requestBody as OpenAPI.RequestBodyObject | undefined
  return html`<section id="${operation.operationId ?? ''}">
<h3><span class="method ${method}">${method}</span> <code>${path}</code></h3>
<p>${operation.summary ?? ''}. ${operation.description ?? ''}</p>
${operation.parameters?.length ? table(operation.parameters as OpenAPI.ParameterObject[]) : ''}
${part('Body', body?.content)}${part('Answer', success?.content)}
</section>`
}

function table(parameters: readonly OpenAPI.ParameterObject[]) {
  return html`<table><tr><th>parameter</th><th>in</th><th>schema</th></tr>${parameters.map(
    ({ name, in: place, required, schema }) =>
      html`<tr><td><code>${name}</code>${required ? '' : ' (optional)'}</td><td>${place}</td><td><code>${JSON.stringify(schema)}</code></td></tr>`,
  )}</table>`
}

function part(title: string, content: Record<string, OpenAPI.MediaTypeObject> | undefined) {
  const schema = content?.['application/json']?.schema
  return schema ? html`<details><summary>${title}</summary>${code(schema)}</details>` : ''
}

/** Words between backticks as code; the pieces in between are escaped by `html` as always. */
function codeWords(text: string) {
  return text.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : piece))
}

const code = (value: unknown) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`

const style = `
:root{color-scheme:light dark;--line:light-dark(#ddd,#333);--soft:light-dark(#f5f6f8,#1b1d21);--accent:light-dark(#0b62c4,#6cb2ff)}
*{box-sizing:border-box}body{margin:0;font:14px/1.5 system-ui,sans-serif;display:grid;grid-template-columns:16rem 1fr}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1rem;border-right:1px solid var(--line);background:var(--soft)}
nav h2{font-size:.8rem;opacity:.7}nav a{display:block;padding:1px 0;color:inherit;text-decoration:none}nav a:hover{color:var(--accent)}
main{padding:1rem 2rem;max-width:64rem}h2{text-transform:capitalize;margin:1.2em 0 .3em}h3{margin:0;font-size:1rem}
section{border-top:1px solid var(--line);padding:.8rem 0}.intro{white-space:pre-line}
.method{display:inline-block;min-width:4.5em;color:var(--accent);font-weight:700}
pre,table{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.6rem;overflow:auto;font-size:12px}
th{text-align:left;padding-right:1rem}td{padding-right:1rem;vertical-align:top}summary{cursor:pointer}a{color:var(--accent)}
@media(max-width:50rem){body{display:block}nav{position:static;height:auto}}
`
