import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'

/** A worker has no style sheet: without this its texts are in another font than those the page paints. */
export async function loadFont(): Promise<void> {
  const fonts = (globalThis as unknown as { fonts?: FontFaceSet }).fonts
  if (!fonts) return
  try {
    fonts.add(await new FontFace('Inter Variable', `url(${inter})`, { weight: '100 900' }).load())
  } catch {
    // Texts in the system's font are texts all the same.
  }
}
