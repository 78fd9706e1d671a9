/** Packages that are imported under another name than they are installed by. */
const INSTALLED_AS: Readonly<Record<string, string>> = {
  cv2: 'opencv-python-headless',
  PIL: 'pillow',
  yaml: 'pyyaml',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  google: 'protobuf',
  mmpose: 'openmim && mim install mmpose',
}

/**
 * How to get a package that a function imports and Python does not have.
 * @param requirements  a requirements.txt of the function; null where it has none
 */
export function howToInstall(
  missing: string,
  { python, requirements }: { readonly python: string; readonly requirements: string | null },
): string {
  const name = missing.split('.')[0] ?? missing
  const pip = `"${python}" -m pip install`
  const one = `\`${pip} ${INSTALLED_AS[name] ?? name}\``
  const all =
    requirements === null ? '' : `, or all it asks for with \`${pip} -r "${requirements}"\``
  return `Install it with ${one}${all}, or choose another Python with --python. If it is a file of the function itself, put it beside main.py.`
}
