/** What the other side says of itself when something went wrong, cut to what a person reads. Pages are named, never shown. */

const LONGEST = 400

/**
 * The words of an answer that is no success, as a clause without a full stop.
 * JSON's `error` (also `message`, `detail`), the last line of a Python traceback, the title of a page, else the text.
 */
export function wordsOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 200_000)).toString('utf8').trim()
  if (text === '') return 'without a word of why'
  if (isPage(text)) return pageWords(text)
  return clause(lastOfTraceback(jsonWords(text) ?? text))
}

/** Whether this is a web page, where something else was asked for. */
export function isPage(text: string): boolean {
  return /^\s*(<!doctype|<html|<head|<body|<\?xml|<title|<h1|<center)/i.test(text)
}

/** `a web page ("502 Bad Gateway")` */
export function pageWords(text: string): string {
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(text)?.[1]?.trim() ?? ''
  return title === '' ? 'a web page' : `a web page ("${title}")`
}

function jsonWords(text: string): string | null {
  const value = parsed(text)
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return null
  for (const key of ['error', 'errorMessage', 'message', 'detail', 'err'] as const) {
    const said: unknown = (value as Record<string, unknown>)[key]
    if (typeof said === 'string' && said.trim() !== '') return jsonWords(said) ?? said
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A traceback ends with what happened; the lines before it are for whoever wrote the function. */
function lastOfTraceback(text: string): string {
  if (!text.includes('Traceback (most recent call last)')) return text
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const last = lines.findLast((line) => /^\S/.test(line) && !line.startsWith('Traceback'))
  return last ?? lines.at(-1) ?? text
}

function clause(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()} …` : line
  return short.replace(/\.$/, '')
}
