/** Why a path of a manifest or an archive must not be followed, a clause; null when it stays in its folder. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'is empty'
  if (/\p{Cc}/u.test(path)) return 'has a control character'
  if (path.includes('\\')) return 'has a backslash: folders are parted by /'
  if (path.startsWith('/')) return 'is an absolute path: name it from the manifest'
  if (/^[a-z]:/i.test(path)) return 'names a drive: name it from the manifest'
  const parts = path.split('/')
  if (parts.includes('..')) return 'leads out of the folder'
  if (parts.some((part) => part === '' || part === '.')) return 'has an empty part'
  if (parts.some((part) => part.length > 255)) return 'has a part that is too long'
  if (parts.some(isReserved)) return 'has a name that Windows keeps for itself'
  return null
}

/** A pack that is made on one system is to be usable on the others. */
const isReserved = (part: string) =>
  /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(part) ||
  /[<>:"|?*]/.test(part) ||
  /[. ]$/.test(part)
