/**
 * Names a format goes by elsewhere. CVAT imports both of its XML flavours as `CVAT 1.1`; here the flavour is seen in
 * the file.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'cvat 1.1': 'CVAT for images 1.1',
  'cvat xml 1.1': 'CVAT for images 1.1',
}

export function canonicalFormat(name: string): string {
  return OTHER_NAMES[name.trim().toLowerCase()] ?? name
}
