/** Pictures as Label Studio names them: by where it gets them from, not by what they are called. */

/** Where the pictures of an export lie, below the folder that Label Studio is told to serve files from. */
export function localUrl(path: string): string {
  return `/data/local-files/?d=${path.split('/').map(encodeURIComponent).join('/')}`
}

/**
 * What a picture may be called here, the likeliest first.
 * @param url  an address, a path on some machine, or what its upload is called
 */
export function pictureNames(url: string): string[] {
  const path = pathOf(url)
  const base = path.slice(path.lastIndexOf('/') + 1)
  // Uploads get eight digits of a number before their name.
  const uploaded = base.replace(/^[0-9a-f]{8}-/, '')
  const names = [path, path.replace(/^images\//, ''), base, uploaded]
  return [...new Set(names.filter((name) => name !== ''))]
}

function pathOf(url: string): string {
  const local = /[?&]d=([^&#]*)/.exec(url)
  if (local) return withoutRoot(decoded(local[1] ?? ''))
  const web = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/([^?#]*)/i.exec(url)
  if (web) return withoutRoot(decoded(web[1] ?? ''))
  const upload = /^\/data\/upload\/(?:\d+\/)?([^?#]*)/.exec(url)
  return withoutRoot(upload ? decoded(upload[1] ?? '') : url.replaceAll('\\', '/'))
}

function withoutRoot(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:[a-z]:)?\/+/i, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
